from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "matters"

    def ready(self):
        from clients import facts, holds, score_facts, search_refreshers, service_plans
        from lawcrm.firm.sentences import register
        from matters import (  # noqa: F401  (each registers what it holds)
            calendar,
            evidence,
            exports,
            merge_words,
            notices,
            panels,
        )
        from matters.actions.importing import invoices, matters  # noqa: F401  (kinds of lists, and who writes them)
        from matters.queries.fees import fee_facts
        from matters.queries.legal_holds import matter_holds
        from matters.queries.relationship_facts import matter_facts
        from matters.queries.service import plans_named
        from matters.sentences import SENTENCES

        register(SENTENCES)
        search_refreshers.register("matters.Matter", "title", "number", "opposing_party")
        facts.register(matter_facts)
        holds.register(matter_holds)
        score_facts.register(fee_facts)
        service_plans.register(plans_named)
