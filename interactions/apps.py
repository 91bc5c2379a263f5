from django.apps import AppConfig


class InteractionsConfig(AppConfig):
    name = "interactions"

    def ready(self):
        from interactions.sentences import SENTENCES
        from lawcrm.firm import sentences

        sentences.register(SENTENCES)
