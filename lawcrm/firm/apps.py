from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate


class FirmConfig(AppConfig):
    name = "lawcrm.firm"
    label = "firm"

    def ready(self):
        from lawcrm.firm import (  # noqa: F401
            channel_notices,
            export_notices,
            inventory,
            lookups,
            periodic,
            sentences,
            signing_in,
            trail_export,
            wall_notices,
        )

        sentences.register(sentences.SENTENCES)
        post_migrate.connect(_ensure_data_keys, sender=self)


def _ensure_data_keys(**kwargs):
    from lawcrm.firm.keyring import ensure_data_keys

    ensure_data_keys(make_kek=not settings.PRODUCTION)
