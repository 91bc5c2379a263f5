"""The floor: the same database and sessions behind the least of Django that still knows who is signed in."""

from lawcrm.settings import *  # noqa: F403

MIDDLEWARE = [
    "lawcrm.desk.bench.middleware.count_statements",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
ROOT_URLCONF = "lawcrm.desk.bench.minimal_urls"
