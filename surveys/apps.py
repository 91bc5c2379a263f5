from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "surveys"

    def ready(self):
        from clients import facts
        from lawcrm.firm.sentences import register
        from surveys import evidence, kept, notices, panels  # noqa: F401  (each registers what it holds)
        from surveys.queries.relationship_facts import survey_facts
        from surveys.sentences import SENTENCES

        register(SENTENCES)
        facts.register(survey_facts)
