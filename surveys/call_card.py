"""Satisfaction, on the call-preparation card."""

from django.utils import timezone
from django.utils.translation import gettext as _

from interactions.call_card import CardPart
from lawcrm.firm.templatetags.look import ago
from surveys.access import invitations_of
from surveys.presenters.surveys import answer_card

LOOKED_AT = 4


def satisfaction(page) -> CardPart | None:
    """The newest answer: its score, whether they recommend us, and their own words."""
    invitations = invitations_of(page.client, page.user, LOOKED_AT)
    answered = [invitation.answer for invitation in invitations if hasattr(invitation, "answer")]
    if not answered:
        waiting = _("Asked, not answered yet") if invitations else _("Never asked")
        return CardPart(_("Satisfaction"), (waiting,))
    card = answer_card(answered[0])
    score = _("%s of 5") % card["score"]
    nps = _("recommends %s of 10") % card["nps"] if card["group"] else ""
    when = ago(timezone.localtime(card["when"]))
    lines = [" · ".join(filter(None, [score, nps, card["group"], when]))]
    if card["text"]:
        lines.append(card["text"])
    unhappy = answered[0].nps is not None and answered[0].nps <= 6
    return CardPart(_("Satisfaction"), tuple(lines), card["url"], late=unhappy)
