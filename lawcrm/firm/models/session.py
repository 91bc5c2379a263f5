"""Where people are signed in: one row per session, ended by the server at will."""

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from lawcrm.firm.ids import new_id


class UserSessionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own sessions that still live."""
        from lawcrm.firm import clock

        return self.filter(user=user, expire_date__gt=clock.now())


class UserSession(AbstractBaseSession):
    """A session. `session_key` is a hash of what the cookie holds: who reads the table cannot use it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    session_key = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey("firm.User", models.CASCADE, null=True, related_name="sessions")
    device = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=60, blank=True)
    started_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()

    objects = UserSessionQuerySet.as_manager()

    class Meta:
        ordering = ["-last_seen_at"]

    def __str__(self):
        return f"{self.user_id} {self.started_at:%Y-%m-%d %H:%M}"

    @classmethod
    def get_session_store_class(cls):
        from lawcrm.firm.sessions import SessionStore

        return SessionStore
