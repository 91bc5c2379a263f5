from django.apps import AppConfig


class InteractionsConfig(AppConfig):
    name = "interactions"

    def ready(self):
        from interactions import timeline
        from interactions.presenters.timeline import SOURCES
        from interactions.sentences import SENTENCES
        from lawcrm.firm import sentences

        sentences.register(SENTENCES)
        for source in SOURCES:
            timeline.register(source)
