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
    Rule("matters:receivables", "GET", VIEWERS),
    Rule("matters:stage", "POST", EDITORS, door="matters.Matter:pk"),
    Rule("matters:date_add", "GET POST", EDITORS, door="matters.Matter:pk"),
    Rule("matters:date_edit", "GET POST", EDITORS, door="matters.Matter:pk matters.KeyDate:date"),
    Rule("matters:date_done", "POST", EDITORS, door="matters.Matter:pk matters.KeyDate:date"),
    Rule("matters:date_call_off", "POST", EDITORS, door="matters.Matter:pk matters.KeyDate:date"),
    Rule("matters:milestone_add", "GET POST", EDITORS, door="matters.Matter:pk"),
    Rule("matters:milestone_edit", "GET POST", EDITORS, door="matters.Matter:pk matters.Milestone:milestone"),
    Rule("matters:milestone_reach", "POST", EDITORS, door="matters.Matter:pk matters.Milestone:milestone"),
    Rule("matters:renew", "GET POST", EDITORS, door="matters.Matter:pk"),
    Rule("matters:plan_add", "GET POST", EDITORS, door="matters.Matter:pk"),
    Rule("matters:plan_edit", "GET POST", EDITORS, door="matters.Matter:pk matters.ServicePlan:plan"),
    Rule("matters:invoice_add", "GET POST", EDITORS, door="matters.Matter:pk"),
    Rule(
        "matters:invoice_receive", "GET POST", EDITORS, door="matters.Matter:pk matters.Receivable:receivable"
    ),
    Rule("matters:invoice_edit", "GET POST", EDITORS, door="matters.Matter:pk matters.Receivable:receivable"),
    Rule("matters:invoice_void", "POST", EDITORS, door="matters.Matter:pk matters.Receivable:receivable"),
    Rule("matters:progress", "POST", EDITORS, door="matters.Matter:pk"),
    Rule("matters:fee", "POST", EDITORS, door="matters.Matter:pk"),
    Rule("matters:fee_withdraw", "POST", EDITORS, door="matters.Matter:pk matters.MatterFee:fee"),
    Rule("matters:close", "GET POST", EDITORS, door="matters.Matter:pk"),
]
