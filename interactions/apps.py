from django.apps import AppConfig


class InteractionsConfig(AppConfig):
    name = "interactions"

    def ready(self):
        from clients import facts
        from interactions.queries.relationship_facts import contact_facts
        from interactions.sentences import SENTENCES
        from lawcrm.firm import sentences

        facts.register(contact_facts)
        sentences.register(SENTENCES)
