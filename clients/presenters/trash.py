"""The trash in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.actions.trash import KEPT
from clients.models import Client
from lawcrm.firm import clock
from lawcrm.firm.templatetags.look import day


@dataclass(frozen=True, slots=True)
class TrashLine:
    pk: str
    name: str
    responsible: str
    by: str
    when: str
    left: str
    stays: bool


def trash_lines(clients: list[Client], held: set) -> list[TrashLine]:
    return [_line(client, client.pk in held) for client in clients]


def _line(client: Client, stays: bool) -> TrashLine:
    days = max(0, (client.trashed_at + KEPT - clock.now()).days)
    if stays:
        left = _("stays: work is recorded on it")
    else:
        left = ngettext("%(n)s more day", "%(n)s more days", days) % {"n": days}
    return TrashLine(
        pk=str(client.pk),
        name=client.name,
        responsible=client.responsible.display_name,
        by=client.trashed_by.display_name,
        when=day(client.trashed_at),
        left=left,
        stays=stays,
    )
