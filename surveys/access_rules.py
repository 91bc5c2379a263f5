"""The addresses of surveys: who may call them."""

from lawcrm.firm.access_table import PUBLIC, Rule, roles_with

VIEWERS = roles_with("clients.view")
SENDERS = roles_with("surveys.send")

RULES = [
    Rule("surveys:list", "GET", VIEWERS),
    Rule("surveys:send", "GET POST", SENDERS, door="clients.Client:client_pk"),
    Rule("surveys:invitation", "GET", SENDERS, door="surveys.SurveyInvitation:pk"),
    Rule("surveys:revoke", "POST", SENDERS, door="surveys.SurveyInvitation:pk"),
    Rule("surveys:result", "GET", VIEWERS, door="surveys.SurveyAnswer:pk"),
    Rule("surveys:answer", "GET POST", PUBLIC),
    Rule("surveys:thanks", "GET", PUBLIC),
]
