"""A person's calendar address."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from lawcrm.firm.ids import new_id


class CalendarFeed(models.Model):
    """One address of one person; of the address only a fingerprint is kept. A new one takes the place of the old."""

    class Titles(models.TextChoices):
        BARE = "bare", _("Only that something is due")
        FULL = "full", _("What is due, with the client's name")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.OneToOneField("firm.User", models.CASCADE, related_name="calendar_feed")
    token_hash = models.BinaryField(max_length=32, unique=True)
    titles = models.CharField(max_length=4, choices=Titles, default=Titles.BARE)
    kinds = ArrayField(models.CharField(max_length=20))
    made_at = models.DateTimeField(auto_now_add=True)
    fetched_at = models.DateTimeField(null=True)
    counted_since = models.DateTimeField(null=True)  # fetches are counted from here on
    fetches = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"calendar of {self.person_id}"
