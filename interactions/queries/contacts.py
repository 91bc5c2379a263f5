"""Which contacts: through the client, past the walls of client and matter, within the note's confidentiality."""

from django.apps import apps
from django.db.models import Q

from clients.queries.clients import in_scope, works_for
from interactions.enums import Confidentiality
from lawcrm.firm.models.base import ScopedQuerySet


class ContactQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """Ordinary contacts of visible clients; closer ones for the people who work on the client."""
        open_to_user = _open_to(user) | works_for(user, "client__")
        return self.filter(in_scope(user, "client__"), open_to_user).outside_walls(user)

    def of_client(self, client, user):
        """The same for one client that came through the door: who works for it is known, not asked."""
        rows = self.filter(client=client).outside_walls(user)
        if user.pk == client.responsible_id or user.pk in client.team_ids:
            return rows
        return rows.filter(_open_to(user))

    def for_lists(self):
        """What a row shows, and no sealed note."""
        return self.select_related("client", "with_lawyer", "logged_by").only(
            "at",
            "channel",
            "initiator",
            "answered",
            "purposes",
            "note",
            "confidentiality",
            "withdrawn_at",
            "client__name",
            "with_lawyer__given_name",
            "with_lawyer__family_name",
            "with_lawyer__name_zh",
            "logged_by__given_name",
            "logged_by__family_name",
            "logged_by__name_zh",
        )

    def standing(self):
        """Contacts not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


def _open_to(user) -> Q:
    took_part = Q(logged_by=user) | Q(with_lawyer=user) | Q(colleague_ids__contains=[user.pk])
    return Q(confidentiality=Confidentiality.ORDINARY) | took_part


class OfContactQuerySet(ScopedQuerySet):
    """What belongs to a contact is seen by those who may see the contact."""

    def visible_to(self, user):
        contacts = apps.get_model("interactions", "Contact").objects.visible_to(user)
        return self.filter(contact_id__in=contacts.order_by().values("pk"))


class PromiseQuerySet(OfContactQuerySet):
    def open_of(self, client, user):
        """Not yet kept, of a client that came through the door: ours while their follow-up waits, the client's until
        somebody settles them."""
        contacts = apps.get_model("interactions", "Contact").objects.of_client(client, user).standing()
        ours = Q(by_firm=True, follow_up__state__in=("open", "snoozed"))
        rows = self.filter(ours | Q(by_firm=False), settled_at__isnull=True)
        return rows.filter(contact__in=contacts.order_by().values("pk"))


def contacts_of_act(act) -> list:
    """All contacts of one visit or event, whoever asks: for taking back what one person logged in one go."""
    return list(apps.get_model("interactions", "Contact").objects.filter(act=act).select_related("client"))


def together_with(contact, user) -> list:
    """The contacts of the same visit or event with other clients, as far as the reader may see them."""
    if contact.act is None:
        return []
    rows = type(contact).objects.visible_to(user).standing().filter(act=contact.act).exclude(pk=contact.pk)
    return list(rows.select_related("client").defer("sealed_note").order_by("client__sort_key"))
