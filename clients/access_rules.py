"""The addresses of clients: who may call them."""

from lawcrm.firm.access_table import Rule, roles_with

VIEWERS = roles_with("clients.view")
EDITORS = roles_with("clients.edit")
OVERRIDERS = roles_with("assessment.override")
IMPORTERS = roles_with("clients.import")
REVEALERS = roles_with("sealed.reveal")

RULES = [
    Rule("clients:list", "GET POST", VIEWERS),
    Rule("clients:filter", "GET POST", VIEWERS),
    Rule("clients:columns", "GET", VIEWERS),
    Rule("clients:create", "GET POST", EDITORS),
    Rule("clients:similar", "POST", EDITORS),
    Rule("clients:read_date", "POST", EDITORS),
    Rule("clients:detail", "GET", VIEWERS, door="clients.Client:pk"),
    Rule("clients:panel", "GET", VIEWERS, door="clients.Client:pk"),
    Rule("clients:relationship", "GET", VIEWERS, door="clients.Client:pk"),
    Rule("clients:override", "GET POST", OVERRIDERS, door="clients.Client:pk"),
    Rule("clients:override_withdraw", "POST", OVERRIDERS, door="clients.Client:pk"),
    Rule("clients:grade", "GET", VIEWERS, door="clients.Client:pk"),
    Rule("clients:grade_decide", "GET POST", OVERRIDERS, door="clients.Client:pk"),
    Rule("clients:grade_withdraw", "POST", OVERRIDERS, door="clients.Client:pk"),
    Rule("clients:grade_take_over", "POST", OVERRIDERS, door="clients.Client:pk"),
    Rule("clients:grade_figures", "GET POST", OVERRIDERS, door="clients.Client:pk"),
    Rule("clients:grades", "GET", OVERRIDERS),
    Rule("clients:growth_plan", "GET POST", EDITORS, door="clients.Client:pk"),
    Rule("clients:growth_edit", "GET POST", EDITORS, door="clients.Client:pk clients.GrowthPlan:plan"),
    Rule("clients:growth_close", "GET POST", EDITORS, door="clients.Client:pk clients.GrowthPlan:plan"),
    Rule("clients:growth_goal", "GET POST", EDITORS, door="clients.Client:pk clients.GrowthPlan:plan"),
    Rule("clients:growth_goal_end", "GET POST", EDITORS, door="clients.Client:pk clients.GrowthGoal:goal"),
    Rule("clients:growth_action", "GET POST", EDITORS, door="clients.Client:pk clients.GrowthGoal:goal"),
    Rule(
        "clients:growth_action_done",
        "GET POST",
        EDITORS,
        door="clients.Client:pk clients.GrowthAction:action",
    ),
    Rule("clients:need_list", "GET", VIEWERS),
    Rule("clients:needs", "GET", VIEWERS, door="clients.Client:pk"),
    Rule("clients:need_create", "GET POST", EDITORS, door="clients.Client:pk"),
    Rule("clients:need_edit", "GET POST", EDITORS, door="clients.Client:pk clients.Need:need"),
    Rule("clients:need_move", "GET POST", EDITORS, door="clients.Client:pk clients.Need:need"),
    Rule("clients:edit", "GET POST", EDITORS, door="clients.Client:pk"),
    Rule("clients:team", "GET POST", EDITORS, door="clients.Client:pk"),
    Rule("clients:reveal", "POST", REVEALERS, door="clients.Client:pk"),
    Rule("clients:person_create", "GET POST", EDITORS, door="clients.Client:pk"),
    Rule("clients:person_edit", "GET POST", EDITORS, door="clients.Client:pk clients.ClientPerson:place"),
    Rule("clients:import_upload", "GET POST", IMPORTERS),
    Rule("clients:import_preview", "GET", IMPORTERS, door="clients.ImportRun:pk"),
    Rule("clients:import_columns", "GET POST", IMPORTERS, door="clients.ImportRun:pk"),
    Rule("clients:import_encoding", "POST", IMPORTERS, door="clients.ImportRun:pk"),
    Rule("clients:import_decide", "POST", IMPORTERS, door="clients.ImportRun:pk"),
    Rule("clients:import_row", "GET POST", IMPORTERS, door="clients.ImportRun:pk"),
    Rule("clients:import_words", "POST", IMPORTERS, door="clients.ImportRun:pk"),
    Rule("clients:import_decide_all", "POST", IMPORTERS, door="clients.ImportRun:pk"),
    Rule("clients:import_halt", "POST", IMPORTERS, door="clients.ImportRun:pk"),
    Rule("clients:import_undo", "POST", IMPORTERS, door="clients.ImportRun:pk"),
    Rule("clients:import_annotated", "POST", IMPORTERS, door="clients.ImportRun:pk"),
    Rule("clients:import_commit", "POST", IMPORTERS, door="clients.ImportRun:pk"),
    Rule("clients:import_discard", "POST", IMPORTERS, door="clients.ImportRun:pk"),
    Rule("clients:import_refused", "POST", IMPORTERS, door="clients.ImportRun:pk"),
]
