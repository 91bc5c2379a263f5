"""The foundation's addresses."""

from lawcrm.firm.access_table import PUBLIC, SIGNED_IN, Rule

RULES = [
    Rule("firm:healthz", "GET", PUBLIC),
    Rule("firm:readyz", "GET", PUBLIC),
    Rule("firm:gallery", "GET", SIGNED_IN),
]
