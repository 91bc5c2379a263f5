"""Ending sessions. Every end by hand stands in the audit trail."""

from django.db import transaction

from lawcrm.firm.actions.audit import record
from lawcrm.firm.models import User, UserSession
from lawcrm.firm.sessions import stored_key


@transaction.atomic
def end_session(session: UserSession, *, by: User) -> None:
    session.delete()
    record(by=by, verb="session.ended", obj=by)


@transaction.atomic
def end_sessions(person: User, *, by: User, but_key: str | None = None) -> int:
    """Signs a person out everywhere, save where the cookie holds `but_key`. Returns how many sessions ended."""
    sessions = UserSession.objects.filter(user=person)
    if but_key:
        sessions = sessions.exclude(session_key=stored_key(but_key))
    ended = sessions.delete()[0]
    if ended:
        record(by=by, verb="session.all_ended", obj=person, detail={"count": ended})
    return ended
