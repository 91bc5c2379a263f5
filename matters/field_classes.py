"""The columns of matters (see lawcrm.firm.inventory)."""

FIELD_CLASSES = {
    "KeyDate": {"open": "kind on at done_on called_off", "personal": "title place"},
    "Milestone": {"open": "due_on reached_on", "personal": "title"},
    "ServicePlan": {
        "open": "starts_on ends_on fee agreed_on",
        "personal": "title content agreed_by feedback improvement",
    },
    "Receivable": {
        "open": "amount issued_on due_on received received_on voided_at",
        "personal": "invoice_number title",
    },
    "Matter": {
        "open": "kind service_type accepted_on stage next_date state closed_on fee_basis agreed_fee ends_on",
        "personal": "closing_summary lessons title number next_date_note opposing_party party_names note outcome search",
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
