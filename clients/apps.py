from django.apps import AppConfig


class ClientsConfig(AppConfig):
    name = "clients"

    def ready(self):
        from clients import (  # noqa: F401
            bulk_list,
            exports,
            grade_effect,
            jobs,
            kept,
            merge_words,
            needs_and_grade_tabs,
            notices,
            policy_effect,
            privacy_tab,
            profile_panels,
            relationship_panel,
            schedule,
            well,
            work_exports,
        )
        from clients.queries import merged  # noqa: F401  (merged clients and the trash are closed to all)
        from clients.sentences import SENTENCES
        from lawcrm.firm import sentences

        sentences.register(SENTENCES)
