"""The addresses of matters: who may call them."""

from lawcrm.firm.access_table import Rule, roles_with

VIEWERS = roles_with("clients.view")
EDITORS = roles_with("matters.edit")

RULES = [
    Rule("matters:list", "GET", VIEWERS),
    Rule("matters:create", "GET POST", EDITORS),
    Rule("matters:detail", "GET", VIEWERS, door="matters.Matter:pk"),
    Rule("matters:edit", "GET POST", EDITORS, door="matters.Matter:pk"),
    Rule("matters:party_add", "GET POST", EDITORS, door="matters.Matter:pk"),
    Rule("matters:party_edit", "GET POST", EDITORS, door="matters.Matter:pk matters.Party:party"),
    Rule("matters:team", "POST", EDITORS, door="matters.Matter:pk"),
    Rule("matters:conflicts", "GET", VIEWERS),
    Rule("matters:conflict_new", "GET POST", VIEWERS),
    Rule("matters:conflict", "GET", VIEWERS, door="matters.ConflictCheck:pk"),
    Rule("matters:conflict_decide", "POST", VIEWERS, door="matters.ConflictCheck:pk"),
    Rule("matters:conflict_again", "POST", VIEWERS, door="matters.ConflictCheck:pk"),
    Rule("matters:conflict_certificate", "GET", VIEWERS, door="matters.ConflictCheck:pk"),
    Rule("matters:progress", "POST", EDITORS, door="matters.Matter:pk"),
    Rule("matters:fee", "POST", EDITORS, door="matters.Matter:pk"),
    Rule("matters:fee_withdraw", "POST", EDITORS, door="matters.Matter:pk matters.MatterFee:fee"),
    Rule("matters:close", "GET POST", EDITORS, door="matters.Matter:pk"),
]
