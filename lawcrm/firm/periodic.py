"""The foundation's own periodic work."""

from lawcrm.firm.actions import idempotency
from lawcrm.firm.schedule import daily

daily("firm.forget_answers", at="03:30")(idempotency.purge)
