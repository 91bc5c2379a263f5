"""What every client-side record shares: its key, its times, and the door through which it is read."""

from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.models import Q

from lawcrm.firm.ids import new_id
from lawcrm.firm.sealed import SealedGuard, with_indexes


class ScopedQuerySet(SealedGuard, models.QuerySet):
    """Rows a person may see. Concrete querysets say how scope applies; walls apply to all alike."""

    def visible_to(self, user):
        raise ImproperlyConfigured(f"{type(self).__name__} does not say who sees its rows")

    @property
    def has_a_door(self) -> bool:
        """Whether these rows are read by themselves; others are read through the row they belong to."""
        return type(self).visible_to is not ScopedQuerySet.visible_to

    def unscoped(self):
        """All rows, for work that is the firm's own and nobody's: assessments, uniqueness, reminders."""
        return self.all()

    def outside_walls(self, user):
        """Without the rows that a wall closes to the user, along the model's declared `wall_paths`."""
        from lawcrm.firm.models.wall import closed_ids

        rows = self
        for kind, path in self.model.wall_paths.items():
            closed = closed_ids(user, kind)
            if closed != []:
                rows = rows.filter(Q(**{f"{path}__isnull": True}) | ~Q(**{f"{path}__in": closed}))
        return rows


class FirmModel(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    # {"client": lookup path to the client id, "matter": path to the matter id}; stated by every concrete model.
    wall_paths: dict[str, str] = {}
    # {relation field: "move" | "unite" | "keep"}: what a merge of two clients does with the rows.
    on_client_merge: dict[str, str] = {}
    # the same for two people
    on_person_merge: dict[str, str] = {}

    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, update_fields=None, **kwargs):
        super().save(*args, update_fields=with_indexes(type(self), update_fields), **kwargs)
