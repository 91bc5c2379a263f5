from django.apps import AppConfig


class ClientsConfig(AppConfig):
    name = "clients"

    def ready(self):
        import clients.profile_panels  # noqa: F401
        from clients.sentences import SENTENCES
        from lawcrm.firm import sentences

        sentences.register(SENTENCES)
