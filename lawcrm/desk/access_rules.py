"""The addresses of the desk: who may call them."""

from lawcrm.firm.access_table import Rule, roles_with

RULES = [
    Rule("desk:insights", "GET", roles_with("insights.view")),
]
