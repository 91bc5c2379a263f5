"""The columns of the contact log (see lawcrm.firm.inventory)."""

FIELD_CLASSES = {
    "Contact": {
        "open": "at minutes channel initiator answered purposes mood confidentiality withdrawn_at colleague_ids act",
        "personal": "note references withdrawn_reason",
        "sealed": "sealed_note",
    },
    "ContactRevision": {"sealed": "values"},
    "Promise": {"open": "by_firm due_on settled_at dropped", "personal": "text"},
    "Attachment": {
        "open": "media_type size digest removed_at",
        "personal": "name address",
        "sealed": "body",
    },
    "ContactDraft": {"open": "call_started_at", "sealed": "fields"},
    "MailAddress": {"open": "token_hash made_at", "sealed": "token"},
    "InboundMail": {"open": "state message_hash thread_hash at initiator problem", "sealed": "told"},
    "MustKnow": {"personal": "text"},
    "FollowUp": {
        "open": "recurrence recurs_from watcher_ids due_at priority origin trigger cause cause_facts purpose state snoozed_until finished_at remind_at escalate_at",
        "personal": "title cancel_reason outcome",
    },
    # the firm's own words, about nobody in particular
    "MessageTemplate": {"open": "name occasion channel language subject body retired_at"},
    "CarePlan": {"open": "grade"},
    "CareStep": {
        "open": "kind festivals first_month every_months month_day lead_days channel cost",
    },
    "CareTask": {
        "open": "kind occasion on channel state tries done_at cost",
        "personal": "subject body sent_to skip_reason",
    },
    "Event": {"open": "title kind starts_at place seats budget cost cancelled_at"},
    "EventInvitation": {
        "open": "token_hash door_hash sent_at answer answered_at waiting_since attended_at",
        "personal": "sent_to",
    },
}
