"""What leaves a production installation: cookies that only this host gets over https, headers, redirects."""

import json
import os
import subprocess
import sys

import pytest

SCRIPT = """
import json, django
django.setup()
from django.conf import settings
from django.test import Client
settings.ALLOWED_HOSTS = ["crm.example"]
ask = Client(SERVER_NAME="crm.example")
page = ask.get("/accounts/login/", secure=True)
said = ask.post("/accounts/language/", {"language": "zh-hans"}, secure=True)
print(json.dumps({
    "plain": ask.get("/accounts/login/").headers.get("Location"),
    "headers": dict(page.headers),
    "cookies": [m.OutputString() for answer in (page, said) for m in answer.cookies.values()],
    "session": [settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY],
    "wrong host": Client(SERVER_NAME="evil.example").get("/accounts/login/", secure=True).status_code,
    "gallery": ask.get("/ui/", secure=True).status_code,
    "hashers": settings.PASSWORD_HASHERS[0],
    "debug": settings.DEBUG,
}))
"""


@pytest.fixture(scope="module")
def production():
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "lawcrm.settings",
        "LAWCRM_PRODUCTION": "1",
        "LAWCRM_HASHED_STATIC": "0",
        "DEBUG": "1",
        "SECRET_KEY": "k" * 20 + "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGH",
        "ALLOWED_HOSTS": "crm.example",
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_cookies_belong_to_this_host_alone(production):
    assert len(production["cookies"]) == 2
    for cookie in production["cookies"]:
        assert cookie.startswith("__Host-"), cookie
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= {
            part.strip() for part in cookie.split(";")
        }, cookie
        assert "Domain" not in cookie
    assert production["session"] == ["__Host-session", True, True]


def test_headers_of_a_page(production):
    headers = production["headers"]
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert headers["Cache-Control"].count("no-store") == 1
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy.split("; ")  # its parts come in any order
    assert "unsafe" not in policy
    assert {"X-Content-Type-Options", "Permissions-Policy", "Cross-Origin-Opener-Policy"} <= headers.keys()


def test_http_leads_to_https_and_strange_hosts_nowhere(production):
    assert production["plain"] == "https://crm.example/accounts/login/"
    assert production["wrong host"] == 400


def test_debug_stays_off_and_the_gallery_shut(production):
    assert production["debug"] is False
    assert production["gallery"] in {302, 404}


def test_passwords_are_kept_by_argon2(production):
    assert production["hashers"].endswith("Argon2PasswordHasher")
