"""The survey answers that show a relationship."""

from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from clients.evidence import EvidenceLink, register
from lawcrm.firm import clock
from lawcrm.firm.templatetags.look import day
from surveys.access import visible_answers


def survey_links(user, client_id: UUID, since: date) -> dict[UUID, EvidenceLink]:
    """The answers of the window, by day."""
    rows = visible_answers(user).filter(client_id=client_id, answered_at__gte=clock.start_of(since))
    return {
        pk: EvidenceLink(
            _("Survey, %(day)s") % {"day": day(clock.local(at, user))}, reverse("surveys:result", args=[pk])
        )
        for pk, at in rows.order_by().values_list("pk", "answered_at")
    }


register("surveys", survey_links)
