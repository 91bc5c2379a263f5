"""The foundation's addresses."""

from lawcrm.firm.access_table import PUBLIC, SIGNED_IN, Rule, roles_with

EDIT_PEOPLE = roles_with("users.edit")
EXPORTERS = roles_with("clients.export")
EDIT_WALLS = roles_with("walls.edit")

RULES = [
    Rule("firm:healthz", "GET", PUBLIC),
    Rule("firm:readyz", "GET", PUBLIC),
    Rule("firm:job", "GET", SIGNED_IN, door="firm.Job:pk"),
    Rule("firm:job_cancel", "POST", SIGNED_IN, door="firm.Job:pk"),
    Rule("firm:exports", "GET", EXPORTERS),
    Rule("firm:export_new", "GET POST", EXPORTERS),
    Rule("firm:export", "GET", EXPORTERS, door="firm.Export:pk"),
    Rule("firm:export_file", "POST", EXPORTERS, door="firm.Export:pk"),
    Rule("firm:export_drop", "POST", EXPORTERS, door="firm.Export:pk"),
    Rule("firm:machinery", "GET", EDIT_PEOPLE),
    Rule("firm:message_again", "POST", EDIT_PEOPLE, door="firm.Outbox:pk"),
    Rule("firm:message_settled", "POST", EDIT_PEOPLE, door="firm.Outbox:pk"),
    Rule("firm:notices", "GET", SIGNED_IN),
    Rule("firm:notices_read", "POST", SIGNED_IN),
    Rule("firm:notice_open", "POST", SIGNED_IN, door="firm.Notice:pk"),
    Rule("firm:gallery", "GET", SIGNED_IN),
    Rule("firm:login", "GET POST", PUBLIC),
    Rule("firm:logout", "POST", PUBLIC),
    Rule("firm:language", "POST", PUBLIC),
    Rule("firm:accept_invitation", "GET POST", PUBLIC),
    Rule("firm:settings", "GET", SIGNED_IN),
    Rule("firm:preferences", "GET POST", SIGNED_IN),
    Rule("firm:password", "GET POST", SIGNED_IN),
    Rule("firm:sessions", "GET", SIGNED_IN),
    Rule("firm:sessions_end", "POST", SIGNED_IN),
    Rule("firm:session_end", "POST", SIGNED_IN, door="firm.UserSession:pk"),
    Rule("firm:policy", "GET POST", roles_with("policy.edit")),
    Rule("firm:retention", "GET POST", roles_with("policy.edit")),
    Rule("firm:working_days", "GET POST", roles_with("policy.edit")),
    Rule("firm:own_days_add", "GET POST", roles_with("policy.edit")),
    Rule("firm:own_day_remove", "POST", roles_with("policy.edit")),
    Rule("firm:users", "GET", EDIT_PEOPLE),
    Rule("firm:user_create", "GET POST", EDIT_PEOPLE),
    Rule("firm:user_edit", "GET POST", EDIT_PEOPLE),
    Rule("firm:user_invite", "POST", EDIT_PEOPLE),
    Rule("firm:user_sign_out", "POST", EDIT_PEOPLE),
    Rule("firm:audit", "GET", roles_with("audit.read")),
    Rule("firm:walls", "GET", EDIT_WALLS),
    Rule("firm:wall_client", "GET POST", EDIT_WALLS, door="clients.Client:pk"),
    Rule("firm:wall_matter", "GET POST", EDIT_WALLS, door="matters.Matter:pk"),
    Rule("firm:wall_lift", "POST", EDIT_WALLS, door="firm.Wall:pk"),
    Rule("firm:departments", "GET", EDIT_PEOPLE),
    Rule("firm:department_create", "GET POST", EDIT_PEOPLE),
    Rule("firm:department_edit", "GET POST", EDIT_PEOPLE),
]
