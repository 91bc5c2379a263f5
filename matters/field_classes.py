"""The columns of matters (see lawcrm.firm.inventory)."""

FIELD_CLASSES = {
    "Matter": {
        "open": "kind service_type accepted_on stage next_date state closed_on",
        "personal": "title number next_date_note opposing_party note outcome search",
    },
    "MatterFee": {"open": "on amount withdrawn_at", "personal": "note"},
    "MatterTeam": {},
    "MatterProgress": {"open": "on audience contact_id", "personal": "text"},
}
