"""What the contact log and the rooms below it add to a client's timeline.

The client has come through the door already; what is left to ask is each record's own walls and confidentiality.
"""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject, Left

from clients.models import RelationshipAssessment
from interactions.enums import FollowUpState
from interactions.models import Contact, FollowUp
from interactions.timeline import midnight_of
from matters.enums import Audience, MatterState
from matters.models import Matter, MatterProgress

SHOWN_NOTE = 600  # characters; the contact's own page has the rest


def contacts(user, client):
    people = Contact.people.through.objects.filter(contact=OuterRef("pk")).order_by("person__name")
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
            ),
        )
    )


def follow_ups_done(user, client):
    rows = FollowUp.objects.filter(client=client, state=FollowUpState.DONE)
    return rows.outside_walls(user).annotate(
        told_at=F("finished_at"), data=JSONObject(title="title", origin="origin", purpose="purpose")
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


def relationship_changes(user, client):
    """Judgements that changed the type, and the first one."""
    rows = RelationshipAssessment.objects.filter(client=client, type__isnull=False)
    return rows.exclude(type=F("previous_type"), previous_type__isnull=False).annotate(
        told_at=midnight_of("assessed_on", user), data=JSONObject(type="type", previous="previous_type")
    )
