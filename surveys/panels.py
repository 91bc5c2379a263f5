"""Satisfaction, on the client page."""

from clients.panels import ClientPage, Panel, register
from surveys.access import invitations_of
from surveys.presenters.surveys import answer_card, invitation_line

SHOWN = 4


def surveys_panel(page: ClientPage) -> dict:
    """The newest invitations and the newest answer's scores."""
    invitations = invitations_of(page.client, page.user, SHOWN)
    answered = [invitation.answer for invitation in invitations if hasattr(invitation, "answer")]
    return {
        "rows": [invitation_line(invitation) for invitation in invitations],
        "latest": answer_card(answered[0]) if answered else None,
        "may_send": page.may("surveys.send"),
    }


register(
    Panel("surveys", place="side", order=40, template="surveys/client_panel.html", context=surveys_panel)
)
