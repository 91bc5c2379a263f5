"""The columns of clients (see lawcrm.firm.inventory)."""

FIELD_CLASSES = {
    "Client": {
        "open": (
            "kind language business_fields service_types source grade client_since verified_on relationship_type "
            "last_contact_at quiet_from responsible_rank team_ids tag_ids trashed_at company_size credit_standing preferred_channel "
            "consent_basis consent_on consent_form consent_until consent_withdrawn_on consent_disclosure time_zone"
        ),
        "personal": (
            "name latin_name former_names sex birth_date phone email wechat address industry temperament note "
            "referred_by sort_key search website preferred_hours employer position education interests group_name "
            "listing purpose_of_processing consent_note"
        ),
        "sealed": "identity_number identity_index registration_number registration_index background family_notes",
    },
    "ClientTeam": {},
    "DuplicatePair": {"open": "verdict weight state decided_at found_in", "personal": "reasons"},
    "PersonPair": {"open": "verdict weight state decided_at found_in", "personal": "reasons"},
    "PersonMerge": {"open": "moved made undone_at left", "personal": "note", "sealed": "values"},
    "MergeRecord": {"open": "moved made undone_at left", "personal": "note", "sealed": "values"},
    "Person": {
        "open": "language preferred_channel",
        "personal": (
            "name latin_name sex phone email wechat birth_date note do_not_greet sort_key search preferred_hours "
            "preferences"
        ),
    },
    "ClientPerson": {"open": "roles since ended_on", "personal": "position search"},
    "ClientFact": {"open": "kind since until", "personal": "label value"},
    "PersonFact": {"open": "kind since until", "personal": "label value"},
    "OtherCounsel": {"open": "since until", "personal": "firm_name lawyer serves_for note"},
    "Disclosure": {"open": "on", "personal": "recipient what purpose consent"},
    "Link": {"open": "kind outside_kind since until", "personal": "from_name to_name note search"},
    "RelationshipAssessment": {
        "open": "type previous_type insufficient next_step fingerprint assessed_on current",
        "personal": "criteria",
    },
    "RelationshipOverride": {"open": "type starts_on ends_on withdrawn_at", "personal": "reason"},
    "ClientGrading": {"open": "points grade figures scored_on realisation standing entered_on"},
    "GradeDecision": {"open": "grade replaced starts_on ends_on ended_at", "personal": "reason"},
    "GradeChange": {"open": "on old new origin points", "personal": "reason"},
    "GrowthPlan": {"open": "starts_on ends_on closed_on", "personal": "aim result"},
    "GrowthGoal": {"open": "due_on state", "personal": "text result"},
    "GrowthAction": {"open": "due_on done_on", "personal": "text result"},
    "Need": {
        "open": "layer field urgency found_by found_on due_on feasibility risk cost status ended_on service_plan_id",
        "personal": "title note assessment drop_reason",
    },
    "NeedStep": {"open": "origin target", "personal": "note"},
    "FirmSnapshot": {"open": "month grade type clients"},
    "ImportRun": {
        "open": "kind sheet file_hash stored_as state heading_row mapping made_tags counts committed_at undone_at encoding",
        "personal": "file_name headings warnings problem",
    },
    "ImportRow": {
        "open": "number keys verdict decision candidates client_id object_id applied_at outcome",
        "personal": "problems notes reasons changes why",
        "sealed": "cells values before",
    },
    "Tag": {"open": "name key"},
    "ClientTag": {},
    "SavedView": {"open": "audience", "personal": "name state"},
    "RecentView": {"personal": "seen_at"},
    "BulkEdit": {"open": "action params state done_at undone_at", "personal": "selection"},
    "BulkChange": {"open": "state before after"},
    "LegalHold": {"open": "subject_kind subject_id review_on lifted_at", "personal": "reason"},
    "ErasureRequest": {
        "open": "subject_kind subject_id state holds counts checked_at done_at",
        "personal": "label basis",
    },
    "Suppression": {"open": "kind erased_at list_mark"},
    "ImportMapping": {"open": "name signature columns"},
}
# Rows of an import are sealed before they have a key of their own: under run and number.
SEALED_UNDER = {"ImportRow": ("run_id", "number")}
