"""The foundation's own periodic work."""

from lawcrm.firm.actions import idempotency
from lawcrm.firm.actions.exports import forget_expired
from lawcrm.firm.actions.retention import forget_next
from lawcrm.firm.actions.seals import seal_trail
from lawcrm.firm.actions.telling import queue_digests
from lawcrm.firm.actions.walls import remind_of_walls
from lawcrm.firm.queries import kept  # noqa: F401  (registers the classes of data)
from lawcrm.firm.schedule import daily, every_minute
from lawcrm.firm.sessions import SessionStore

daily("firm.forget_answers", at="03:30")(idempotency.purge)
daily("firm.clear_sessions", at="03:40")(SessionStore.clear_expired)
daily("firm.walls", at="08:00")(remind_of_walls)
daily("firm.retention", at="03:50", in_parts=True)(forget_next)
every_minute("firm.seal_trail")(seal_trail)
every_minute("firm.forget_files")(forget_expired)
every_minute("firm.queue_digests")(queue_digests)
