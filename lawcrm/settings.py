"""Every setting of LawCRM, read once from the environment (see docs/administrators.md)."""

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from lawcrm.embedded.addresses import embedded_addresses, local_secret

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.FileAwareEnv()  # NAME_FILE names a file that holds the value of NAME: secrets of a container

PRODUCTION = env.bool("LAWCRM_PRODUCTION", False)
DEBUG = env.bool("DEBUG", False) and not PRODUCTION
DATA_DIR = Path(env.str("LAWCRM_DATA_DIR", str(BASE_DIR / ".local")))

if not PRODUCTION:
    for name, value in embedded_addresses(DATA_DIR).items():
        os.environ.setdefault(name, value)

# -- identity ---------------------------------------------------------------------------------------
SECRET_KEY = env.str("SECRET_KEY", "") or local_secret(DATA_DIR / "secret_key", create=not PRODUCTION)
LAWCRM_KEY_FILE = Path(env.str("LAWCRM_KEY_FILE", str(DATA_DIR / "keys" / "kek")))
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else ["*"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
ROOT_URLCONF = "lawcrm.urls"
WSGI_APPLICATION = "lawcrm.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "axes",
    "csp",
    "django_htmx",
    "import_export",
    "template_partials",
    "lawcrm.firm",
    "clients",
    "matters",
    "interactions",
    "surveys",
    "lawcrm.desk",
]

MIDDLEWARE = [
    "lawcrm.firm.middleware.OriginMiddleware",
    "lawcrm.firm.middleware.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "lawcrm.firm.middleware.KnownMethodsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lawcrm.firm.sessions.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "lawcrm.firm.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "lawcrm.firm.middleware.PersonalSettingsMiddleware",
    "lawcrm.firm.middleware.AccessTableMiddleware",
    "clients.middleware.MergedClientMiddleware",
    "lawcrm.firm.idempotency.IdempotencyMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lawcrm.firm.context_processors.shell",
            ],
        },
    }
]

# -- database and Redis -----------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default="postgres:///lawcrm")}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"].setdefault("OPTIONS", {})
if socket_folder := DATABASES["default"]["OPTIONS"].pop("host", ""):  # postgres://user@/name?host=/folder
    DATABASES["default"]["HOST"] = socket_folder
if database_password := env.str("DATABASE_PASSWORD", ""):
    DATABASES["default"]["PASSWORD"] = database_password
if env.bool("LAWCRM_DB_POOL", False):  # the web only: Celery closes a pool after every task (celery 10554)
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": env.int("LAWCRM_DB_POOL_SIZE", 8)}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
RESTART_DEAF_WORKER = env.bool("LAWCRM_RESTART_DEAF_WORKER", False)  # only where something restarts it
REDIS_URL = env.str("REDIS_URL", "redis://localhost:6379/0")
if redis_password := env.str("REDIS_PASSWORD", ""):
    REDIS_URL = REDIS_URL.replace("://", f"://:{quote(redis_password, safe='')}@", 1)

# -- people and sessions ----------------------------------------------------------------------------
AUTH_USER_MODEL = "firm.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "firm:login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "firm:login"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "lawcrm.firm.passwords.NotACommonWordInDisguise"},
]
INVITATION_HOURS = 72
SESSION_ENGINE = "lawcrm.firm.sessions"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True  # the server's own limits (FirmPolicy) come sooner
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no client data in cookies
AXES_HANDLER = "lawcrm.firm.throttle.Handler"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "ip_address"]
AXES_USERNAME_CALLABLE = "lawcrm.firm.throttle.plain_username"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # signing in and out stand in the audit trail
AXES_LOCKOUT_CALLABLE = "lawcrm.firm.throttle.locked_out"
AXES_ENABLE_ADMIN = False

# -- language and time ------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "lawcrm.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
FIRM_NAME = env.str("FIRM_NAME", "")  # as it stands under messages to clients
FIRM_TIME_ZONE = env.str("FIRM_TIME_ZONE", "Asia/Shanghai")

# -- static files -----------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env.str("LAWCRM_STATIC_ROOT", str(DATA_DIR / "staticfiles")))
HASHED_STATIC = env.bool("LAWCRM_HASHED_STATIC", PRODUCTION)  # compressed, kept by browsers for ever
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if HASHED_STATIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not HASHED_STATIC
WHITENOISE_AUTOREFRESH = DEBUG

# -- security ---------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 31_536_000
BEHIND_PROXY = env.bool("LAWCRM_BEHIND_PROXY", False)
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked from inside, where no TLS is spoken
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    LANGUAGE_COOKIE_NAME = "__Host-language"
    if BEHIND_PROXY:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# -- mail -------------------------------------------------------------------------------------------
vars().update(env.email("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = 20
PUBLIC_URL = env.str("LAWCRM_URL", f"http://localhost:{env.str('PORT', '8000')}")  # for links in mails
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "lawcrm@localhost")

# Mail into the log: private addresses are made from this one (crm@firm.example), and read from this mailbox
# (imaps://user@host/INBOX; the password apart).
MAIL_IN_ADDRESS = env.str("LAWCRM_MAIL_IN_ADDRESS", "")
MAIL_IN_IMAP_URL = env.str("LAWCRM_MAIL_IN_IMAP_URL", "")
MAIL_IN_IMAP_PASSWORD = env.str("LAWCRM_MAIL_IN_IMAP_PASSWORD", "")

# Hosts inside the firm's own network that team-chat webhooks may call; every other private address is refused.
CHAT_PRIVATE_HOSTS = {host.lower() for host in env.list("LAWCRM_CHAT_PRIVATE_HOSTS", default=[])}

# Uploads (client lists, 25 MB at most) stay in memory until they are sealed: never in clear in a temporary file.
FILE_UPLOAD_MAX_MEMORY_SIZE = 26 * 1024 * 1024

TESTING = env.bool("LAWCRM_TESTING", False)
