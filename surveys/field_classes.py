"""The columns of surveys (see lawcrm.firm.inventory)."""

FIELD_CLASSES = {
    "SurveyInvitation": {
        "open": "occasion questionnaire language token_hash expires_at revoked_at",
        "personal": "sent_to",
    },
    "SurveyAnswer": {"open": "answered_at marks dimension_scores score nps", "personal": "text"},
}
