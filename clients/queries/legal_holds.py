"""Legal holds on a client, on a person, or on a client a person belongs to."""

from datetime import date

from clients.holds import LEGAL, READING, Hold
from clients.models import Client, ClientPerson, ImportRun, LegalHold, Person
from clients.queries.merged import with_merged
from clients.subjects import Subject


def clients_of(subject: Subject) -> list:
    """The subject itself, or the clients a person belongs to now."""
    if subject.kind == "client":
        return with_merged(Client, [subject.pk])
    places = ClientPerson.objects.filter(person_id=subject.pk, ended_on__isnull=True)
    return list(places.values_list("client_id", flat=True))


def legal_holds(subject: Subject, *, today: date) -> list[Hold]:
    standing = LegalHold.objects.unscoped().standing()
    people = with_merged(Person, [subject.pk]) if subject.kind == "person" else [subject.pk]
    found = standing.filter(subject_id__in=[*people, *clients_of(subject)]).exists()
    reading = ImportRun.objects.filter(state=ImportRun.State.READING).exclude(stored_as="").exists()
    return [Hold(LEGAL)] * found + [Hold(READING)] * reading
