"""The periodic work of clients."""

import clients.actions.assess_all  # noqa: F401  (registers its kind of job)
from clients.actions.assess_all import assess_next
from lawcrm.firm.schedule import daily

daily("clients.assess", at="02:30", in_parts=True)(assess_next)
