"""The door to clients and the people at them."""

from uuid import UUID

from django.http import Http404

from clients.models import (
    BulkChange,
    BulkEdit,
    Client,
    ClientFact,
    ClientGrading,
    ClientPerson,
    ClientTag,
    DuplicatePair,
    ErasureRequest,
    GradeChange,
    GrowthAction,
    GrowthGoal,
    GrowthPlan,
    ImportRun,
    LegalHold,
    Link,
    MergeRecord,
    Need,
    OtherCounsel,
    Person,
    PersonFact,
    PersonMerge,
    PersonPair,
    RecentView,
    RelationshipAssessment,
    SavedView,
    Tag,
)
from clients.queries.merged import kept_instead
from clients.queries.trash import trashed_in_scope
from lawcrm.firm.access import get_or_404


def visible_clients(user):
    return Client.objects.visible_to(user)


def get_client(user, pk) -> Client:
    """The client, or Http404 where it is not the user's to see."""
    return get_or_404(Client.objects.select_related("responsible", "department"), user, pk)


def visible_assessments(user):
    """Judgements of visible clients, with the client's name and without the criteria."""
    rows = RelationshipAssessment.objects.visible_to(user).select_related("client")
    return rows.defer("criteria", "client__search", "client__note")


def visible_grade_changes(user):
    return (
        GradeChange.objects.visible_to(user).select_related("client").defer("client__search", "client__note")
    )


def visible_gradings(user):
    """Scores of visible clients, for lists."""
    rows = ClientGrading.objects.visible_to(user).select_related("client__responsible")
    return rows.defer("figures", "client__search", "client__note")


def visible_needs(user):
    return Need.objects.visible_to(user)


def get_need(client, pk) -> Need:
    """A need of a client that already came through the door."""
    return _of(Need.objects.filter(client=client).select_related("owner", "person"), pk)


def people_at(client):
    """The people at a client that already came through the door."""
    return Person.objects.filter(places__client=client, places__ended_on__isnull=True)


def visible_requests(user):
    return ErasureRequest.objects.visible_to(user)


def visible_holds(user):
    return LegalHold.objects.visible_to(user)


def get_request_about(user, subject, pk) -> ErasureRequest:
    return _of(visible_requests(user).about(subject).select_related("made_by"), pk)


def get_hold_on(user, subject, pk) -> LegalHold:
    return _of(visible_holds(user).about(subject), pk)


def get_growth_plan(client, pk) -> GrowthPlan:
    """A growth plan of a client that already came through the door."""
    return _of(GrowthPlan.objects.filter(client=client).select_related("owner"), pk)


def get_growth_goal(client, pk) -> GrowthGoal:
    return _of(GrowthGoal.objects.filter(plan__client=client).select_related("plan"), pk)


def get_growth_action(client, pk) -> GrowthAction:
    return _of(GrowthAction.objects.filter(goal__plan__client=client).select_related("goal__plan"), pk)


def _of(rows, pk):
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def visible_people(user):
    return Person.objects.visible_to(user)


def get_person(user, pk) -> Person:
    return get_or_404(Person.objects.all(), user, pk)


def visible_person_facts(user):
    return PersonFact.objects.visible_to(user)


def visible_places(user):
    """The places of people at visible clients."""
    return ClientPerson.objects.visible_to(user)


def get_place(user, pk) -> ClientPerson:
    return get_or_404(ClientPerson.objects.select_related("person", "client"), user, pk)


def get_place_of(client, pk) -> ClientPerson:
    """A person's place at a client that already came through the door."""
    place = ClientPerson.objects.filter(client=client, pk=pk).select_related("person", "client").first()
    if place is None:
        raise Http404
    return place


def visible_import_runs(user):
    return ImportRun.objects.visible_to(user)


def get_import_run(user, pk) -> ImportRun:
    return get_or_404(ImportRun.objects.all(), user, pk)


def visible_tags(user):
    return Tag.objects.visible_to(user)


def tag_counts(user) -> dict:
    """{tag id: how many of the person's clients carry it}"""
    return ClientTag.objects.visible_to(user).counted()


def get_tag(user, pk) -> Tag:
    return get_or_404(Tag.objects.all(), user, pk)


def visible_views(user):
    return SavedView.objects.visible_to(user).select_related("owner")


def get_view(user, pk) -> SavedView:
    return get_or_404(SavedView.objects.select_related("owner"), user, pk)


def get_bulk_edit(user, pk) -> BulkEdit:
    return get_or_404(BulkEdit.objects.all(), user, pk)


def find_view(user, pk: str) -> SavedView | None:
    """The view an address says it came from, where there still is one."""
    try:
        return visible_views(user).filter(pk=UUID(pk)).first() if pk else None
    except ValueError:
        return None


def kept_changes(edit, user):
    """The clients that an undo left alone, as far as the person sees them."""
    kept = BulkChange.objects.visible_to(user).filter(edit=edit, state=BulkChange.State.KEPT)
    return kept.select_related("client").only("client__name").order_by("client__sort_key")[:500]


def recent_looks(user):
    """The clients the person looked at, as far as they may still see them."""
    return RecentView.objects.visible_to(user)


def trashed_clients(user):
    """Those in the trash that the person would see otherwise."""
    return trashed_in_scope(user)


def find_trashed(user, pk) -> Client | None:
    """A client in the trash that the person would see otherwise."""
    return trashed_in_scope(user).filter(pk=pk).first()


def kept_for(user, pk, of=Client):
    """The key of the client or person that a merged one lives on in, if the user may see it."""
    kept = kept_instead(of, pk)
    return kept if kept and of.objects.visible_to(user).filter(pk=kept).exists() else None


def visible_pairs(user, of=DuplicatePair):
    """Pairs that may be one client (or, `of=PersonPair`, one person), both of them visible."""
    return of.objects.visible_to(user)


def get_pair(user, pk, of=DuplicatePair) -> DuplicatePair | PersonPair:
    return get_or_404(of.objects.select_related("one", "other"), user, pk)


def visible_merges(user, of=MergeRecord):
    return of.objects.visible_to(user)


def get_merge(user, pk, of=MergeRecord) -> MergeRecord | PersonMerge:
    return get_or_404(of.objects.select_related("kept", "absorbed", "made_by", "undone_by"), user, pk)


def get_fact_of(client, pk) -> ClientFact:
    """A fact of a client that already came through the door."""
    return _of(ClientFact.objects.filter(client=client), pk)


def get_person_fact_of(person, pk) -> PersonFact:
    return _of(PersonFact.objects.filter(person=person), pk)


def get_counsel_of(client, pk) -> OtherCounsel:
    return _of(OtherCounsel.objects.filter(client=client), pk)


def visible_links(user):
    """Links of the network whose ends this person may both see."""
    return Link.objects.visible_to(user)


def get_link(user, pk) -> Link:
    return get_or_404(Link.objects.for_reading(), user, pk)
