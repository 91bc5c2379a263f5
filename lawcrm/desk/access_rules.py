"""The addresses of the desk: who may call them."""

from lawcrm.firm.access_table import SIGNED_IN, Rule, roles_with

RULES = [
    Rule("desk:today", "GET", SIGNED_IN),
    Rule("desk:search", "GET POST", roles_with("clients.view")),
    Rule("desk:insights", "GET", roles_with("insights.view")),
]
