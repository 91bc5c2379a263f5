"""The door to contacts and follow-ups."""

from interactions.models import (
    Attachment,
    CarePlan,
    CareTask,
    Contact,
    ContactDraft,
    Event,
    EventInvitation,
    FollowUp,
    InboundMail,
    MessageTemplate,
    MustKnow,
    Promise,
)
from lawcrm.firm.access import get_or_404
from lawcrm.firm.queries.written import Written


def visible_contacts(user):
    return Contact.objects.visible_to(user)


def get_contact(user, pk) -> Contact:
    """The contact, or Http404 where it is not the user's to see."""
    return get_or_404(
        Contact.objects.select_related("client", "matter", "with_lawyer", "logged_by"), user, pk
    )


def visible_follow_ups(user):
    return FollowUp.objects.visible_to(user)


_OPEN_OF_CLIENT = Written(
    "id", "client_id", "title", "origin", "trigger", "cause_facts", "due_at", "state", "snoozed_until", "priority", "purpose", "finished_at",
    "cancel_reason", "made_by_id", "owner_id", "owner__given_name", "owner__family_name", "owner__name_zh",
)  # fmt: skip


def open_follow_ups_of(client, user, limit: int) -> list[FollowUp]:
    """The unfinished follow-ups of a client that came through the door, the earliest first."""

    def rows():
        return FollowUp.objects.of_client(client, user).unfinished().order_by("due_at", "id")[:limit]

    found = _OPEN_OF_CLIENT.instances(FollowUp, user, limit, {"client": client.pk}, rows)
    for follow_up in found:
        follow_up.client = client
    return found


def get_follow_up(user, pk) -> FollowUp:
    return get_or_404(FollowUp.objects.select_related("client", "owner", "matter", "delegated_by"), user, pk)


def get_promise(user, pk) -> Promise:
    return get_or_404(Promise.objects.select_related("contact__client"), user, pk)


def get_must_know(user, pk) -> MustKnow:
    return get_or_404(MustKnow.objects.select_related("client"), user, pk)


def get_attachment(user, pk) -> Attachment:
    """With its bytes: to be fetched, or removed."""
    return get_or_404(Attachment.objects.select_related("contact__client"), user, pk)


def get_draft(user, pk) -> ContactDraft:
    return get_or_404(ContactDraft.objects.select_related("client"), user, pk)


def drafts_of(user):
    return ContactDraft.objects.visible_to(user)


def visible_templates(user):
    return MessageTemplate.objects.visible_to(user)


def get_template(user, pk) -> MessageTemplate:
    return get_or_404(MessageTemplate.objects.in_use(), user, pk)


def visible_care(user):
    return CareTask.objects.visible_to(user)


def get_care(user, pk) -> CareTask:
    return get_or_404(CareTask.objects.with_message(), user, pk)


def visible_plans(user):
    return CarePlan.objects.visible_to(user)


def get_plan(user, pk) -> CarePlan:
    return get_or_404(CarePlan.objects.select_related("client"), user, pk)


def visible_events(user):
    return Event.objects.visible_to(user)


def get_event(user, pk) -> Event:
    return get_or_404(Event.objects.select_related("organiser"), user, pk)


def visible_guests(user):
    return EventInvitation.objects.visible_to(user)


def get_guest(user, pk) -> EventInvitation:
    return get_or_404(EventInvitation.objects.for_lists(), user, pk)


def guest_at_the_door(user, door_hash: bytes) -> EventInvitation | None:
    """The guest a QR code names, where the person may see the client."""
    return visible_guests(user).for_lists().filter(door_hash=door_hash).first()


def visible_inbound_mail(user):
    return InboundMail.objects.visible_to(user)


def get_inbound_mail(user, pk) -> InboundMail:
    """One's own mail, while it waits or was refused; Http404 for everybody else's."""
    return get_or_404(InboundMail.objects.all(), user, pk)
