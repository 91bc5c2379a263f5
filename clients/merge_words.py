"""How a merge speaks of what stands around clients and people (clients/merging.py)."""

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients.merging import leave_untold, tell


def _until(what, row) -> str:
    return f"{what} – {date_format(row.ends_on, 'DATE_FORMAT')}"


def _grade(row) -> str:
    return _until(row.get_grade_display(), row)


def _type(row) -> str:
    return _until(row.get_type_display(), row)


def _place(row) -> str:
    return " · ".join(filter(None, (row.person.name, row.position)))


def _client(row) -> str:
    return " · ".join(filter(None, (row.client.name, row.position)))


_ENDS = ("from_client", "from_person", "to_client", "to_person")

tell(
    "clients.ClientPerson.client", pgettext_lazy("at the client", "People"),
    place=40, words=_place, beside=("person",),
)  # fmt: skip
tell(
    "clients.ClientTeam.client",
    _("Team"),
    place=50,
    words=lambda row: row.user.display_name,
    beside=("user",),
)
tell("clients.Need.client", _("Needs"), place=80)
tell("clients.GrowthPlan.client", _("Growth plans"), place=90)
tell("clients.Link.from_client", _("Links to others"), place=100, beside=_ENDS)
tell("clients.Link.to_client", _("Links from others"), place=110, beside=_ENDS)
tell("clients.Client.referrer_client", _("Clients they referred"), place=120)
tell("clients.OtherCounsel.client", _("Other counsel"), place=130)
tell("clients.ClientFact.client", _("Earlier addresses, phones and employers"), place=140)
tell("clients.Disclosure.client", _("Disclosures"), place=150)
tell("clients.ClientTag.client", _("Tags"), place=160, words=lambda row: row.tag.name, beside=("tag",))
tell("clients.GradeDecision.client", _("Grades decided"), place=170, words=_grade)
tell("clients.RelationshipOverride.client", _("Relationship types set by hand"), place=180, words=_type)
leave_untold(
    "clients.BulkChange.client", "clients.RecentView.client", "clients.ClientGrading.client",
    "clients.GradeChange.client",
)  # fmt: skip

tell("clients.ClientPerson.person", _("Places at clients"), place=10, words=_client, beside=("client",))
tell("clients.PersonFact.person", _("Addresses, phones and the like, present and past"), place=40)
tell("clients.Need.person", _("Needs"), place=50)
tell("clients.Client.referrer_person", _("Clients they referred"), place=60)
tell("clients.Link.from_person", _("Links to others"), place=70, beside=_ENDS)
tell("clients.Link.to_person", _("Links from others"), place=80, beside=_ENDS)
