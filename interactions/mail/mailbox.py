"""Reading the firm's mailbox (IMAP). A mail is marked as seen once it was taken in, never deleted.

Whoever is stopped in between finds the mail unseen again, and it is recognised by its Message-ID.
"""

import imaplib
import logging
import re
from contextlib import suppress
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import connection

from interactions.actions.mail import NobodysAddress, receive
from interactions.mail.reading import MOST_BYTES

logger = logging.getLogger(__name__)
AT_ONCE = 50
SECONDS = 20
_LOCK = 7_203_118_422_001  # one reader at a time, whoever woke
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
HEAD = 64_000


class MailboxUnset(Exception):
    """No mailbox is named in the settings."""


def poll(limit: int = AT_ONCE) -> int:
    """Takes in what is new; returns how many mails were looked at. Nothing where another is reading just now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        try:
            return _read_mailbox(limit)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def _read_mailbox(limit: int) -> int:
    mailbox, folder = _open()
    try:
        _ok(mailbox.select(folder))
        numbers = _ok(mailbox.uid("SEARCH", None, "UNSEEN"))[0].split()[:limit]
        for number in numbers:
            _take_in(mailbox, number.decode())
        return len(numbers)
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            mailbox.logout()


def _open():
    parts = urlsplit(settings.MAIL_IN_IMAP_URL)
    if parts.scheme not in {"imap", "imaps"} or not parts.hostname:
        raise MailboxUnset
    if parts.scheme == "imap" and settings.PRODUCTION and parts.hostname not in {"localhost", "127.0.0.1"}:
        raise MailboxUnset  # a password in clear across a network
    kind = imaplib.IMAP4_SSL if parts.scheme == "imaps" else imaplib.IMAP4
    mailbox = kind(parts.hostname, parts.port or (993 if parts.scheme == "imaps" else 143), timeout=SECONDS)
    try:
        mailbox.login(
            unquote(parts.username or ""), settings.MAIL_IN_IMAP_PASSWORD or unquote(parts.password or "")
        )
    except Exception:
        mailbox.shutdown()
        raise
    return mailbox, unquote(parts.path.strip("/")) or "INBOX"


def _take_in(mailbox, number: str) -> None:
    """One mail. What is too large is not fetched: its head alone tells whose it is. A failure leaves it unseen."""
    size = _SIZE.search(_answer(_ok(mailbox.uid("FETCH", number, "(RFC822.SIZE)"))))
    what = "(BODY.PEEK[])" if size and int(size.group(1)) <= MOST_BYTES else f"(BODY.PEEK[]<0.{HEAD}>)"
    data = _literal(_ok(mailbox.uid("FETCH", number, what)))
    try:
        receive(data)
    except NobodysAddress:
        logger.info("mailbox: a mail for nobody we know")
    except Exception:
        logger.exception("mailbox: mail %s was not taken in", number)
        return
    _ok(mailbox.uid("STORE", number, "+FLAGS.SILENT", "(\\Seen)"))


def _ok(answer):
    status, data = answer
    if status != "OK":
        raise imaplib.IMAP4.error("the mailbox said no")
    return data


def _answer(data) -> bytes:
    return b" ".join(part if isinstance(part, bytes) else b" ".join(part) for part in data if part)


def _literal(data) -> bytes:
    return next((part[1] for part in data if isinstance(part, tuple)), b"")
