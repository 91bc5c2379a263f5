from django.apps import AppConfig


class ClientsConfig(AppConfig):
    name = "clients"

    def ready(self):
        from clients.sentences import SENTENCES
        from lawcrm.firm import sentences

        sentences.register(SENTENCES)
