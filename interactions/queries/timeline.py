"""What the contact log and the rooms below it add to a client's timeline.

The client has come through the door already; what is left to ask is each record's own walls and confidentiality.
"""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q
from django.db.models.functions import JSONObject, Left

from clients.models import GradeChange, RelationshipAssessment
from interactions.enums import Channel, FollowUpState, Purpose
from interactions.models import Attachment, Contact, EventInvitation, FollowUp, Promise
from interactions.timeline import midnight_of
from lawcrm.firm.models import User
from lawcrm.firm.words import codes_called
from matters.enums import Audience, MatterState
from matters.models import ConflictCheck, KeyDate, Matter, MatterProgress, Receivable

SHOWN_NOTE = 600  # characters; the contact's own page has the rest


def contacts(user, client):
    people = Contact.people.through.objects.filter(contact=OuterRef("pk")).order_by("person__name")
    ours = User.objects.filter(_one_of("pk", OuterRef("colleague_ids"))).order_by("family_name", "given_name")
    promises = Promise.objects.filter(contact=OuterRef("pk")).order_by("created_at", "pk")
    papers = Attachment.objects.filter(contact=OuterRef("pk")).order_by("created_at", "pk")
    return (
        Contact.objects.of_client(client, user)
        .standing()
        .annotate(
            told_at=F("at"),
            data=JSONObject(
                channel="channel",
                initiator="initiator",
                answered="answered",
                purposes="purposes",
                note=Left("note", SHOWN_NOTE),
                closeness="confidentiality",
                minutes="minutes",
                mood="mood",
                matter="matter__title",
                people=ArraySubquery(people.values("person__name")),
                family="with_lawyer__family_name",
                given="with_lawyer__given_name",
                name_zh="with_lawyer__name_zh",
                held="with_lawyer_id",
                by="logged_by_id",
                by_family="logged_by__family_name",
                by_given="logged_by__given_name",
                by_name_zh="logged_by__name_zh",
                act="act",
                ours=ArraySubquery(
                    ours.values(name=JSONObject(family="family_name", given="given_name", name_zh="name_zh"))
                ),
                promises=ArraySubquery(
                    promises.values(said=JSONObject(text="text", by_firm="by_firm", due_on="due_on"))
                ),
                papers=ArraySubquery(papers.values("name")),
            ),
        )
    )


def _one_of(key: str, array) -> Func:
    """Whether a key is among those of an array of another row."""
    return Func(key, array, template="%(expressions)s)", arg_joiner=" = ANY(", output_field=BooleanField())


def contacts_meant(word: str) -> Q:
    """Contacts found by the name of their channel or purpose, or by who took part, or by what was promised."""
    people = Contact.people.through.objects.filter(contact=OuterRef("pk"), person__name__icontains=word)
    promises = Promise.objects.filter(contact=OuterRef("pk"), text__icontains=word)
    papers = Attachment.objects.filter(contact=OuterRef("pk"), name__icontains=word)
    return (
        Q(channel__in=codes_called(word, Channel.choices))
        | Q(purposes__overlap=codes_called(word, Purpose.choices))
        | Exists(people)
        | Exists(promises)
        | Exists(papers)
    )


def follow_ups_done(user, client):
    rows = FollowUp.objects.filter(client=client, state=FollowUpState.DONE)
    return rows.outside_walls(user).annotate(
        told_at=F("finished_at"), data=JSONObject(title="title", origin="origin", outcome="outcome")
    )


def matters_opened(user, client):
    rows = Matter.objects.filter(client=client).outside_walls(user)
    return rows.annotate(
        told_at=midnight_of("accepted_on", user), data=JSONObject(title="title", service="service_type")
    )


def matters_closed(user, client):
    rows = Matter.objects.filter(client=client, state=MatterState.CLOSED).outside_walls(user)
    return rows.annotate(
        told_at=midnight_of("closed_on", user), data=JSONObject(title="title", outcome="outcome")
    )


def progress(user, client):
    """Progress kept inside the house. What the client was told stands in the log as a contact."""
    rows = MatterProgress.objects.filter(matter__client=client, audience=Audience.INTERNAL)
    return rows.outside_walls(user).annotate(
        told_at=midnight_of("on", user),
        data=JSONObject(title="matter__title", matter="matter_id", text=Left("text", SHOWN_NOTE)),
    )


def conflicts_decided(user, client):
    """Decisions on checks of matters that found somebody; those taken over from an earlier check tell nothing new."""
    rows = ConflictCheck.objects.filter(client=client, matter__isnull=False, hit_count__gt=0)
    rows = rows.exclude(decision="").filter(follows__isnull=True).outside_walls(user)
    return rows.annotate(
        told_at=F("decided_at"),
        data=JSONObject(decision="decision", title="matter__title", matter="matter_id"),
    )


def key_dates_done(user, client):
    rows = KeyDate.objects.filter(matter__client=client, done_on__isnull=False, called_off=False)
    return rows.outside_walls(user).annotate(
        told_at=midnight_of("done_on", user),
        data=JSONObject(kind="kind", words="title", title="matter__title", matter="matter_id"),
    )


def invoices(user, client):
    rows = Receivable.objects.filter(matter__client=client, voided_at__isnull=True).outside_walls(user)
    return rows.annotate(
        told_at=midnight_of("issued_on", user),
        data=JSONObject(
            amount="amount",
            number="invoice_number",
            words="title",
            title="matter__title",
            matter="matter_id",
        ),
    )


def relationship_changes(user, client):
    """Judgements that changed the type, and the first one."""
    rows = RelationshipAssessment.objects.filter(client=client, type__isnull=False)
    return rows.exclude(type=F("previous_type"), previous_type__isnull=False).annotate(
        told_at=midnight_of("assessed_on", user), data=JSONObject(type="type", previous="previous_type")
    )


def grade_changes(user, client):
    """Where no grade stood before and none after, nothing changed for anybody."""
    rows = GradeChange.objects.filter(client=client).exclude(old=F("new"))
    return rows.annotate(
        told_at=midnight_of("on", user),
        data=JSONObject(old="old", new="new", origin="origin", reason="reason"),
    )


def event_answers(user, client):
    """What guests of a client answered; that they were invited, and came, are contacts of the log."""
    answered = EventInvitation.objects.filter(client=client, answered_at__isnull=False).outside_walls(user)
    return answered.annotate(
        told_at=F("answered_at"),
        data=JSONObject(
            event="event__title",
            answer="answer",
            waiting=Q(waiting_since__isnull=False),
            person="person__name",
        ),
    )
