"""The foundation's addresses."""

from lawcrm.firm.access_table import PUBLIC, Rule

RULES = [
    Rule("firm:healthz", "GET", PUBLIC),
]
