"""Small values carried in an address without being readable there.

A page's address stands in browser histories and access logs. What it must carry of client data (where a list was
left, what was searched for) goes in as ciphertext under a key of the installation; it opens here only.
"""

import base64
import hashlib
import json
import secrets
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_NONCE = 12


def hide(value: Any, purpose: str) -> str:
    """`value` (JSON-able) as an address may carry it; `purpose` is needed again to open it."""
    nonce = secrets.token_bytes(_NONCE)
    plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    sealed = nonce + _cipher(settings.SECRET_KEY).encrypt(nonce, plain, purpose.encode())
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def show(text: str, purpose: str) -> Any | None:
    """What `hide` hid; None for anything it did not make for this purpose."""
    try:
        sealed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        return json.loads(
            _cipher(settings.SECRET_KEY).decrypt(sealed[:_NONCE], sealed[_NONCE:], purpose.encode())
        )
    except (ValueError, InvalidTag):
        return None


@lru_cache(maxsize=2)
def _cipher(secret: str) -> AESGCM:
    return AESGCM(hashlib.sha256(b"lawcrm opaque addresses\0" + secret.encode()).digest())
