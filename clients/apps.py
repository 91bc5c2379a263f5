from django.apps import AppConfig


class ClientsConfig(AppConfig):
    name = "clients"

    def ready(self):
        from clients import jobs, notices, policy_effect, profile_panels, relationship_panel, schedule  # noqa: F401
        from clients.queries import trash  # noqa: F401  (what lies in it is closed to all)
        from clients.sentences import SENTENCES
        from lawcrm.firm import sentences

        sentences.register(SENTENCES)
