"""WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lawcrm.settings")
application = get_wsgi_application()

from django.db import connections  # noqa: E402 (settings are there only now)

from lawcrm.firm.keyring import refuse_wrong_key  # noqa: E402

refuse_wrong_key()
connections.close_all()
