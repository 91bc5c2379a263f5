from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "matters"

    def ready(self):
        from clients import facts
        from lawcrm.firm.sentences import register
        from matters import evidence, panels  # noqa: F401  (each registers what it holds)
        from matters.queries.relationship_facts import matter_facts
        from matters.sentences import SENTENCES

        register(SENTENCES)
        facts.register(matter_facts)
