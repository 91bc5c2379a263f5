"""Mail that came in: each is its reader's alone."""

from django.apps import apps
from django.db.models import Q

from lawcrm.firm.models.base import ScopedQuerySet


class InboundMailQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        clients = apps.get_model("clients", "Client").objects.visible_to(user)
        mine = Q(client__isnull=True) | Q(client__in=clients.order_by().values("pk"))
        return self.filter(mine, owner=user).outside_walls(user)

    def waiting(self):
        return self.filter(state="waiting")


def address_of(person):
    return apps.get_model("interactions", "MailAddress").objects.filter(person=person).first()


def owner_of(token_hash: bytes):
    """Whose private address it is; None where it is nobody's who is with the firm."""
    rows = apps.get_model("interactions", "MailAddress").objects.select_related("person")
    row = rows.filter(token_hash=token_hash, person__is_active=True).first()
    return row.person if row else None


def old_mail(before):
    """What has waited, or been kept for recognising it, since earlier."""
    return apps.get_model("interactions", "InboundMail").objects.filter(created_at__lt=before)


def to_look_at(mails):
    """What its reader has still to decide about: waiting, or refused."""
    return mails.filter(state__in=["waiting", "refused"])
