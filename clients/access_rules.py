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
    Rule("clients:import_commit", "POST", IMPORTERS, door="clients.ImportRun:pk"),
    Rule("clients:import_discard", "POST", IMPORTERS, door="clients.ImportRun:pk"),
    Rule("clients:import_refused", "POST", IMPORTERS, door="clients.ImportRun:pk"),
]
