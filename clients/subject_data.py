"""Whose data stands in the tables of clients and of the foundation (see clients/subjects.py)."""

from clients.subjects import DELETE, DETACH, KEEP, OTHERS, PRIVILEGED, By, Held, nothing, of_client

_THOUGHT = {"reason": PRIVILEGED}

HELD = {
    "clients.Client": Held(
        client={"pk": DELETE, "merged_into_id": DELETE, "referrer_client_id": DETACH},
        person={"referrer_person_id": DETACH},
        review_fields={
            "note": PRIVILEGED,
            "background": PRIVILEGED,
            "family_notes": OTHERS,
            "temperament": PRIVILEGED,
        },
    ),
    "clients.ClientTeam": of_client(),
    "clients.Person": Held(
        person={"pk": DELETE, "merged_into_id": DELETE}, review_fields={"note": PRIVILEGED}
    ),
    "clients.PersonPair": Held(person={"one_id": DELETE, "other_id": DELETE}, review=OTHERS),
    "clients.PersonMerge": Held(person={"kept_id": DELETE, "absorbed_id": DELETE}, review=PRIVILEGED),
    "clients.ClientPerson": Held(client={"client_id": DELETE}, person={"person_id": DELETE}, review=OTHERS),
    "clients.ClientFact": of_client(),
    "clients.PersonFact": Held(person={"person_id": DELETE}),
    "clients.OtherCounsel": of_client(review_fields={"note": PRIVILEGED}),
    "clients.Disclosure": of_client(),
    "clients.Link": Held(
        client={"from_client_id": DELETE, "to_client_id": DELETE},
        person={"from_person_id": DELETE, "to_person_id": DELETE},
        review=OTHERS,
    ),
    "clients.RelationshipAssessment": of_client(wordless=True),  # what of a criterion is a figure or a key
    "clients.RelationshipOverride": of_client(review_fields=_THOUGHT),
    "clients.ClientGrading": of_client(),
    "clients.GradeDecision": of_client(review_fields=_THOUGHT),
    "clients.GradeChange": of_client(review_fields=_THOUGHT),
    "clients.GrowthPlan": of_client(review=PRIVILEGED),
    "clients.GrowthGoal": of_client("plan__client_id", review=PRIVILEGED),
    "clients.GrowthAction": of_client("goal__plan__client_id", review=PRIVILEGED),
    "clients.Need": Held(
        client={"client_id": DELETE}, person={"person_id": DETACH}, review_fields={"assessment": PRIVILEGED}
    ),
    "clients.NeedStep": of_client("need__client_id", review_fields={"note": PRIVILEGED}),
    "clients.FirmSnapshot": nothing(),
    "clients.ImportRun": Held(by=By.TEXT),
    "clients.ImportRow": of_client(),
    "clients.ImportMapping": nothing(),
    "clients.Tag": nothing(),
    "clients.ClientTag": of_client(),
    "clients.SavedView": Held(by=By.TEXT),
    "clients.RecentView": of_client(),
    "clients.BulkEdit": Held(by=By.TEXT),
    "clients.BulkChange": of_client(),
    "clients.LegalHold": Held(
        client={"subject_id": DELETE}, person={"subject_id": DELETE}, review=PRIVILEGED
    ),
    "clients.ErasureRequest": Held(
        client={"subject_id": KEEP}, person={"subject_id": KEEP}, review=PRIVILEGED
    ),
    "clients.Suppression": nothing(),
    "clients.DuplicatePair": Held(client={"one_id": DELETE, "other_id": DELETE}, review=OTHERS),
    "clients.MergeRecord": Held(client={"kept_id": DELETE, "absorbed_id": DELETE}, review=PRIVILEGED),
    # The foundation
    "firm.Wall": Held(by=By.OBJECT, object_column="target_id"),
    "firm.WallPerson": Held(by=By.OBJECT, object_column="wall__target_id"),
    "firm.AccessPast": Held(by=By.OBJECT, object_column="row_id", wordless=True),
    "firm.AuditEntry": Held(by=By.OBJECT, object_column="object_id"),
    "firm.AuditRedaction": nothing(),
    "firm.AuditSeal": nothing(),
    "firm.Notice": Held(by=By.OBJECT, object_column="object_id"),
    "firm.Outbox": Held(by=By.OBJECT, object_column="object_id"),
    "firm.NoticeChoices": nothing(),
    "firm.CalendarFeed": nothing(),
    "firm.ChatHook": Held(by=By.TEXT),  # addresses of the firm's own chats
    "firm.Job": Held(by=By.TEXT),
    "firm.IdempotencyKey": Held(by=By.TEXT),
    "firm.Export": Held(by=By.TEXT),
    "firm.ExportPart": Held(by=By.TEXT),  # pieces of files: an erasure drops all that wait to be fetched
    "firm.PolicyVersion": nothing(),
    "firm.DataKey": nothing(),
    "firm.ScheduledRun": nothing(),
    "firm.Heartbeat": nothing(),
    "firm.User": nothing(),
    "firm.Department": nothing(),
    "firm.UserSession": nothing(),
    "firm.Invitation": nothing(),
}
