"""The columns of the contact log (see lawcrm.firm.inventory)."""

FIELD_CLASSES = {
    "Contact": {
        "open": "at minutes channel initiator answered purposes mood confidentiality withdrawn_at",
        "personal": "note references withdrawn_reason",
        "sealed": "sealed_note",
    },
    "ContactRevision": {"sealed": "values"},
    "Promise": {"open": "by_firm due_on", "personal": "text"},
    "FollowUp": {
        "open": "due_at priority origin purpose state snoozed_until finished_at remind_at escalate_at",
        "personal": "title cancel_reason",
    },
}
