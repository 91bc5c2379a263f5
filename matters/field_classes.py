"""The columns of matters (see lawcrm.firm.inventory)."""

FIELD_CLASSES = {
    "Matter": {
        "open": "kind service_type accepted_on stage next_date state closed_on",
        "personal": "title number next_date_note opposing_party party_names note outcome search",
    },
    "MatterFee": {"open": "on amount withdrawn_at", "personal": "note"},
    "MatterTeam": {"open": "role"},
    "Party": {"open": "role kind left_on", "personal": "name other_names note search"},
    "ConflictCheck": {
        "open": "run_at hit_count is_current decision decided_at",
        "personal": "purpose subjects reason",
    },
    "ConflictHit": {
        "open": "subject source known_role link_kind reasons strength adverse",
        "personal": "asked_name known_name",
    },
    "MatterProgress": {"open": "on audience contact_id", "personal": "text"},
}
