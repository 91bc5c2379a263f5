"""Adding and changing clients. Every write to a profile passes here or through the import."""

from django.db import IntegrityError, transaction

from clients.actions.facts import keep_former_values
from clients.actions.grading import grade_typed
from clients.actions.relationship import assess_clients
from clients.models import Client, ClientTeam
from clients.rules.names import after_renaming
from clients.search import refresh_search
from lawcrm.firm.actions import audit
from lawcrm.firm.actions.changes import apply_changes, told
from lawcrm.firm.actions.looks import record_look
from lawcrm.firm.conflicts import StaleVersion
from lawcrm.firm.sealed import MASK

# What a person may type into a profile; everything else is derived.
EDITABLE = (
    "name",
    "latin_name",
    "former_names",
    "kind",
    "sex",
    "birth_date",
    "identity_number",
    "registration_number",
    "phone",
    "email",
    "wechat",
    "address",
    "language",
    "industry",
    "temperament",
    "background",
    "website",
    "time_zone",
    "preferred_channel",
    "preferred_hours",
    "employer",
    "position",
    "education",
    "interests",
    "family_notes",
    "company_size",
    "group_name",
    "listing",
    "credit_standing",
    "note",
    "business_fields",
    "service_types",
    "source",
    "referred_by",
    "referrer_client",
    "referrer_person",
    "referrer_user",
    "grade",
    "client_since",
    "responsible",
    "department",
    "verified_on",
    "purpose_of_processing",
    "consent_basis",
    "consent_on",
    "consent_form",
    "consent_until",
    "consent_withdrawn_on",
    "consent_disclosure",
    "consent_note",
)
_OTHERS = {"referrer_client", "referrer_person"}
_JUDGED_BY = {"grade", "client_since"}  # a change of these may change the relationship type or the cadence


class NumberTaken(Exception):
    """Another client already carries this identity or registration number."""

    def __init__(self, field: str):
        super().__init__(f"{field} belongs to another client")
        self.field = field


@transaction.atomic
def create_client(*, by, name, kind, responsible, team=(), **fields) -> Client:
    """A new client. Its department is its responsible lawyer's unless given. Raises NumberTaken."""
    fields.setdefault("department", responsible.department)
    client = Client(name=name, kind=kind, responsible=responsible, **_known(fields))
    refresh_search(client)
    _save(client, force_insert=True)
    members = _put_team(client, team)
    changes = without_names(told(client, EDITABLE))
    if members:
        changes["team"] = ["", sorted(str(person) for person in members)]
    audit.record(by=by, verb="client.created", obj=client, changes=changes)
    assess_clients([client.pk], by=by)
    return client


@transaction.atomic
def update_client(
    client, *, by, version: int, changes: dict, grade_reason: str = "", was_mistyped: bool = False
) -> Client:
    """Changes a profile that still stands at `version`. `grade_reason` goes with a new grade.

    With a new name the old one becomes a former name, unless it `was_mistyped`.

    Raises StaleVersion where somebody saved it meanwhile, and NumberTaken. A save that changes nothing leaves
    no trace.
    """
    client = (
        Client.objects.select_for_update(of=("self",))
        .select_related("responsible", "department")
        .get(pk=client.pk)
    )
    if client.version != version:
        raise StaleVersion(client)
    grade_before = client.grade
    if "name" in changes and not was_mistyped:
        former = after_renaming(
            changes.get("former_names", client.former_names), client.name, changes["name"]
        )
        changes = changes | ({"former_names": former} if former is not None else {})
    changed = apply_changes(client, _known(changes))
    if not changed:
        return client
    client.version += 1
    keep_former_values([(client, changed)], by=by)
    refresh_search(client)
    _save(client)
    audit.record(by=by, verb="client.changed", obj=client, changes=without_names(changed))
    if "grade" in changed:
        grade_typed(client, grade_before, by=by, reason=grade_reason)  # judges it anew, too
    elif _JUDGED_BY & changed.keys():
        assess_clients([client.pk], by=by)
    return client


@transaction.atomic
def set_team(client, *, by, people) -> Client:
    """Who works for the client beside the responsible lawyer: exactly `people`."""
    client = Client.objects.select_for_update(of=("self",)).get(pk=client.pk)
    before = {place.user for place in ClientTeam.objects.filter(client=client).select_related("user")}
    after = _team_without_responsible(client, people)
    if before == after:
        return client
    ClientTeam.objects.filter(client=client, user__in=before - after).delete()
    _put_team(client, after - before)
    names = [sorted(str(person) for person in group) for group in (before, after)]
    audit.record(by=by, verb="client.team_changed", obj=client, changes={"team": names})
    return client


def without_names(changes: dict) -> dict:
    """Who referred a client may be one whom not everybody here sees: told that it changed, not to whom."""
    hidden = {name: [MASK if one else "" for one in changes[name]] for name in _OTHERS & changes.keys()}
    return changes | hidden


def _known(fields: dict) -> dict:
    if unknown := fields.keys() - set(EDITABLE):
        raise TypeError(f"a client has no field {', '.join(sorted(unknown))} to write")
    return fields


def _save(client, **how) -> None:
    try:
        with transaction.atomic():  # so that the caller's transaction outlives a refused number
            client.save(**how)
    except IntegrityError as problem:
        for field in ("identity", "registration"):
            if f"client_{field}_once" in str(problem):
                raise NumberTaken(f"{field}_number") from None
        raise


def _team_without_responsible(client, people) -> set:
    return {person for person in people if person.pk != client.responsible_id}


def _put_team(client, people) -> set:
    members = _team_without_responsible(client, people)
    ClientTeam.objects.bulk_create([ClientTeam(client=client, user=person) for person in members])
    return members


@transaction.atomic
def reveal(client, field: str, *, by) -> str:
    """The clear text of a sealed field; the look is recorded before anybody sees it. Raises TooManyLooks."""
    record_look(by=by, verb=f"client.{field}_revealed", obj=client)
    return getattr(client, field)
