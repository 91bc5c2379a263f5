"""Sessions kept in Postgres, under the firm's idle and absolute limits.

The cookie holds a random key, the table its hash. A session ends at the earlier of `started_at` plus the absolute limit
and `last_seen_at` plus the idle limit; being seen is written down once a minute at most.
"""

import hashlib
from datetime import timedelta

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.middleware import SessionMiddleware as DjangoSessionMiddleware
from django.utils import timezone

from lawcrm.firm.policy import current_policy

SEEN_EVERY = timedelta(minutes=1)


def stored_key(key: str) -> str:
    """How a session key stands in the table."""
    return hashlib.sha256(key.encode()).hexdigest()


def keeps_idle(view):
    """Marks a view that pages call by themselves (polling): calling it does not count as being there."""
    view.keeps_idle = True
    return view


class SessionStore(DatabaseStore):
    device = address = ""
    row = None

    @classmethod
    def get_model_class(cls):
        from lawcrm.firm.models import UserSession

        return UserSession

    def load(self):
        self.row = self._rows().filter(expire_date__gt=timezone.now()).first()
        if self.row is None:
            self._session_key = None
            return {}
        return self.decode(self.row.session_data)

    def exists(self, session_key):
        return self._rows(session_key).exists()

    def save(self, must_create=False):
        if self.session_key is None:
            return self.create()
        data = self._get_session(no_load=must_create)
        now = timezone.now()
        started_at = now if must_create or self.row is None else self.row.started_at
        values = {
            "session_data": self.encode(data),
            "user_id": data.get(SESSION_KEY),
            "expire_date": _expiry(started_at, now),
            "last_seen_at": now,
            "device": self.device,
            "address": self.address,
        }
        if must_create:
            self.row = self.model.objects.create(
                session_key=stored_key(self.session_key), started_at=started_at, **values
            )
        elif not self._rows().update(**values):
            raise UpdateError
        return None

    def delete(self, session_key=None):
        key = session_key or self.session_key
        if key is not None:
            self._rows(key).delete()

    def seen(self):
        """Writes down that the person is there, so that the idle clock starts anew."""
        now = timezone.now()
        if self.session_key and self.row and self.row.user_id and now - self.row.last_seen_at >= SEEN_EVERY:
            self._rows().update(
                last_seen_at=now,
                expire_date=_expiry(self.row.started_at, now),
                device=self.device,
                address=self.address,
            )

    def _rows(self, key=None):
        return self.model.objects.filter(session_key=stored_key(key or self.session_key or ""))


def _expiry(started_at, seen_at):
    policy = current_policy()
    return min(
        started_at + timedelta(hours=policy.session_hours),
        seen_at + timedelta(minutes=policy.session_idle_minutes),
    )


class SessionMiddleware(DjangoSessionMiddleware):
    """Django's, and what the list of sessions tells: device, address, last seen."""

    def process_request(self, request):
        super().process_request(request)
        request.session.device = request.META.get("HTTP_USER_AGENT", "")[:200]
        request.session.address = request.META.get("REMOTE_ADDR", "")[:60]
        request.counts_as_seen = True

    def process_view(self, request, view, args, kwargs):
        request.counts_as_seen = not getattr(view, "keeps_idle", False)

    def process_response(self, request, response):
        response = super().process_response(request, response)
        if getattr(request, "counts_as_seen", False) and response.status_code < 500:
            request.session.seen()
        return response
