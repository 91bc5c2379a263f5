from django.apps import AppConfig


class InteractionsConfig(AppConfig):
    name = "interactions"

    def ready(self):
        from clients import acquaintance, facts, grade_changes, holds
        from interactions import (  # noqa: F401  (they register themselves)
            bulk_list,
            calendar,
            care_tab,
            digest,
            evidence,
            exports,
            importing,
            kept,
            merge_words,
            notices,
            panels,
            policy_effect,
            schedule,
        )
        from interactions.actions import past_contacts  # noqa: F401
        from interactions.actions.grade_changes import forget_talks, plan_talks
        from interactions.mail import kept as mail_kept  # noqa: F401
        from interactions.presenters.timeline import SOURCES
        from interactions.queries.acquaintance import meetings_of
        from interactions.queries.legal_holds import complaint_holds
        from interactions.queries.relationship_facts import contact_facts
        from interactions.sentences import SENTENCES
        from interactions.timeline import register as register_source
        from lawcrm.firm import sentences

        sentences.register(SENTENCES)
        facts.register(contact_facts)
        holds.register(complaint_holds)
        grade_changes.register("talk", grade_changes.Consequence(plan_talks, forget_talks))
        acquaintance.register(meetings_of)
        for source in SOURCES:
            register_source(source)
