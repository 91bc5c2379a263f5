"""The addresses of interactions: who may call them."""

from lawcrm.firm.access_table import PUBLIC, Rule, roles_with

VIEWERS = roles_with("clients.view")
LOGGERS = roles_with("contacts.log")
DECIDERS = roles_with("policy.edit")
REVEALERS = roles_with("sealed.reveal")
PLANNERS = roles_with("care.plan")

RULES = [
    Rule("interactions:list", "GET", VIEWERS),
    Rule("interactions:log", "GET POST", LOGGERS),
    Rule("interactions:log_clients", "POST", LOGGERS),
    Rule("interactions:log_more", "GET", LOGGERS, door="clients.Client:pk"),
    Rule("interactions:client_timeline", "GET POST", VIEWERS, door="clients.Client:pk"),
    Rule("interactions:brief", "GET", VIEWERS, door="clients.Client:pk"),
    Rule("interactions:call_card", "GET", VIEWERS, door="clients.Client:pk"),
    Rule("interactions:must_know", "POST", LOGGERS, door="clients.Client:pk"),
    Rule("interactions:take_down", "POST", LOGGERS, door="interactions.MustKnow:pk"),
    Rule("interactions:settle_promise", "POST", LOGGERS, door="interactions.Promise:pk"),
    Rule("interactions:draft_save", "POST", LOGGERS),
    Rule("interactions:draft_drop", "POST", LOGGERS, door="interactions.ContactDraft:pk"),
    Rule("interactions:log_several", "GET POST", LOGGERS),
    Rule("interactions:undo", "POST", LOGGERS, door="interactions.Contact:pk"),
    Rule("interactions:attachment_add", "POST", LOGGERS, door="interactions.Contact:pk"),
    Rule("interactions:attachment", "POST", VIEWERS, door="interactions.Attachment:pk"),
    Rule("interactions:attachment_remove", "POST", LOGGERS, door="interactions.Attachment:pk"),
    Rule("interactions:pin", "POST", LOGGERS, door="interactions.Contact:pk"),
    Rule("interactions:next_step", "POST", LOGGERS, door="clients.Client:pk"),
    Rule("interactions:tell_progress", "GET POST", LOGGERS, door="matters.Matter:pk"),
    Rule("interactions:detail", "GET", VIEWERS, door="interactions.Contact:pk"),
    Rule("interactions:edit", "GET POST", LOGGERS, door="interactions.Contact:pk"),
    Rule("interactions:withdraw", "GET POST", LOGGERS, door="interactions.Contact:pk"),
    Rule("interactions:reveal", "POST", REVEALERS, door="interactions.Contact:pk"),
    Rule("interactions:triggers", "GET POST", DECIDERS),
    Rule("interactions:follow_ups", "GET", VIEWERS),
    Rule("interactions:follow_up_create", "GET POST", LOGGERS),
    Rule("interactions:follow_up", "GET POST", VIEWERS, door="interactions.FollowUp:pk"),
    Rule("interactions:follow_up_done", "GET", LOGGERS, door="interactions.FollowUp:pk"),
    Rule("interactions:follow_up_snooze", "POST", LOGGERS, door="interactions.FollowUp:pk"),
    Rule("interactions:follow_up_cancel", "GET POST", LOGGERS, door="interactions.FollowUp:pk"),
    Rule("care:greetings", "GET", LOGGERS),
    Rule("care:task", "GET POST", LOGGERS, door="interactions.CareTask:pk"),
    Rule("care:plans", "GET", LOGGERS),
    Rule("care:plan_new", "GET POST", PLANNERS),
    Rule("care:plan", "GET POST", PLANNERS, door="interactions.CarePlan:pk"),
    Rule("care:plan_drop", "POST", PLANNERS, door="interactions.CarePlan:pk"),
    Rule("care:effect", "GET", LOGGERS),
    Rule("care:events", "GET", LOGGERS),
    Rule("care:event_new", "GET POST", PLANNERS),
    Rule("care:event", "GET", LOGGERS, door="interactions.Event:pk"),
    Rule("care:event_edit", "GET POST", PLANNERS, door="interactions.Event:pk"),
    Rule("care:event_act", "POST", PLANNERS, door="interactions.Event:pk"),
    Rule("care:guest", "GET POST", LOGGERS, door="interactions.EventInvitation:pk"),
    Rule("care:door", "GET POST", LOGGERS),
    Rule("care:answer", "GET POST", PUBLIC),
    Rule("care:templates", "GET", LOGGERS),
    Rule("care:text", "GET", LOGGERS),
    Rule("care:template_new", "GET POST", PLANNERS),
    Rule("care:template", "GET POST", PLANNERS, door="interactions.MessageTemplate:pk"),
    Rule("care:template_retire", "POST", PLANNERS, door="interactions.MessageTemplate:pk"),
]
