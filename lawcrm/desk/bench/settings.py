"""The settings as they are, and a header on each answer that counts its statements. For measuring only."""

from lawcrm.settings import *  # noqa: F403
from lawcrm.settings import MIDDLEWARE as _MIDDLEWARE

MIDDLEWARE = ["lawcrm.desk.bench.middleware.count_statements", *_MIDDLEWARE]
