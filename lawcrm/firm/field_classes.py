"""The foundation's columns (see lawcrm.firm.inventory)."""

FIELD_CLASSES = {
    "User": {
        "open": "role scope language time_zone is_active",
        "personal": "username email given_name family_name name_zh password last_login shortcuts",
    },
    "Department": {"open": "name name_zh path"},
    "UserSession": {
        "personal": "device address started_at last_seen_at session_key session_data expire_date"
    },
    "Invitation": {"open": "token_hash made_at expires_at used_at"},
    "Wall": {
        "open": "kind target_id mode raised_at lifted_at review_on lift_asked_at",
        "personal": "reason notice lift_reason",
    },
    "WallPerson": {"open": "acknowledged_at"},
    "AccessPast": {"open": "kind row_id values until"},
    "AuditEntry": {
        "open": "at actor_id verb object_type object_id client_id matter_id",
        "personal": "actor_name on_behalf_of object_label changes detail origin",
    },
    "AuditRedaction": {"open": "erasure_id key_number digest made_at"},
    "AuditSeal": {"open": "last_id count key_number digest sealed_at"},
    "Notice": {"open": "event object_type object_id read_at", "personal": "context"},
    "NoticeChoices": {
        "open": "choices quiet_from quiet_until quiet_weekends morning_mail monday_mail mail_at",
    },
    "CalendarFeed": {"open": "token_hash titles kinds made_at fetched_at counted_since fetches"},
    "ChatHook": {
        "open": "name format host is_active last_sent_at last_problem",
        "sealed": "address secret",
    },
    "PolicyVersion": {"open": "number values note made_at"},
    "DataKey": {"open": "number purpose wrapped kek_fingerprint made_at retired_at"},
    "Job": {
        "open": "kind state cursor total done attempts lease_until started_at finished_at",
        "personal": "params result problem",
    },
    "Outbox": {
        "open": "event key channel object_type object_id state due_at attempts problem claimed_at sent_at",
        "personal": "context",
    },
    "Export": {
        "open": "listing format columns language state cursor rights rows size file_hash finished_at expires_at",
        "personal": "query told",
    },
    "ExportPart": {"open": "number", "sealed": "body"},
    "ScheduledRun": {"open": "job local_date started_at finished_at attempts cursor problem"},
    "Heartbeat": {"open": "seen_at"},
    "IdempotencyKey": {"open": "route key body_hash status headers", "sealed": "body"},
}
# A piece of a file is sealed before it has a key of its own: under file and number.
SEALED_UNDER = {"ExportPart": ("export_id", "number")}
