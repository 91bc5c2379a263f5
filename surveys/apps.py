from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "surveys"

    def ready(self):
        from clients import facts
        from interactions import call_card, timeline, triggers
        from interactions import satisfaction as contentment
        from interactions.enums import Trigger
        from lawcrm.firm.sentences import register
        from surveys import evidence, exports, kept, merge_words, notices, panels  # noqa: F401  (each registers what it holds)
        from surveys.call_card import satisfaction
        from surveys.queries.relationship_facts import survey_facts
        from surveys.queries.satisfaction import satisfaction as measured
        from surveys.queries.triggers import low_answers, surveys_due, unhappy_answers
        from surveys.sentences import SENTENCES
        from surveys.timeline import SOURCES

        register(SENTENCES)
        triggers.register(Trigger.SURVEY_DUE)(surveys_due)
        triggers.register(Trigger.DETRACTOR)(unhappy_answers)
        triggers.register_signs(low_answers)
        facts.register(survey_facts)
        call_card.register(satisfaction)
        contentment.register(measured)
        for source in SOURCES:
            timeline.register(source)
