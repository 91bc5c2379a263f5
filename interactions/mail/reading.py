"""A mail as it comes over the wire, read into plain values, whatever is broken about it.

Nothing is followed, opened or rendered. Attachments are named and left where they are. Limits come first: a mail beyond them
is refused as a whole.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header
from email.utils import getaddresses, parsedate_to_datetime
from html.parser import HTMLParser

MOST_BYTES = 25 * 1024 * 1024
MOST_TEXT_BYTES = 1024 * 1024
MOST_PARTS = 100
MOST_DEEP = 10
MOST_HEADER = 64 * 1024
MOST_ADDRESSES = 200
MOST_NAMES = 50

_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
}
_ID = re.compile(r"<([^<>\s]{1,900})>")
_FORWARD_MARK = re.compile(
    r"^\s*(?:-{2,}\s*(?:forwarded message|original message|原始邮件|转发邮件信息|转发的邮件|邮件原件)\s*-{2,}"
    r"|begin forwarded message:|________________________________)\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_HEAD_LINE = re.compile(
    r"^[>\s*]*(from|发件人|寄件者|to|收件人|cc|抄送|subject|主题|主旨)\s*\*?\s*[:：]\s*\*?\s*(.+)$",
    re.IGNORECASE,
)
_KINDS = {
    "发件人": "from",
    "寄件者": "from",
    "收件人": "to",
    "抄送": "cc",
    "主题": "subject",
    "主旨": "subject",
}
_ADDRESS = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")


class Refused(Exception):
    """A mail beyond the limits; says which in a word."""


@dataclass(frozen=True, slots=True)
class Mail:
    """Addresses in lower case. `thread` holds the ids of earlier mails, the first of the thread first."""

    message_id: str
    at: datetime | None
    sender: str
    to: tuple[str, ...]
    delivered_to: tuple[str, ...]
    subject: str
    text: str
    attachments: tuple[str, ...] = ()
    thread: tuple[str, ...] = ()
    forwarded: "Forwarded | None" = field(default=None)


@dataclass(frozen=True, slots=True)
class Forwarded:
    """The head of a mail that was passed on, as far as it is told."""

    sender: str
    to: tuple[str, ...]
    subject: str = ""
    at: datetime | None = None


def read_mail(data: bytes) -> Mail:
    """Raises Refused."""
    if len(data) > MOST_BYTES:
        raise Refused("size")
    try:
        message = message_from_bytes(data)
        parts = _parts(message)
    except RecursionError:
        raise Refused("depth") from None
    text = _text(parts)
    inner = next((p for p in parts if p.get_content_type() == "message/rfc822"), None)
    return Mail(
        message_id=_message_id(message),
        at=_date(message),
        sender=_sender(message),
        to=_addresses(message, "To", "Cc"),
        delivered_to=_addresses(
            message,
            "Delivered-To",
            "X-Original-To",
            "Envelope-To",
            "X-Forwarded-To",
            "Resent-To",
            "To",
            "Cc",
            "Bcc",
        ),
        subject=_header(message, "Subject"),
        text=text,
        attachments=_names(parts),
        thread=_thread(message),
        forwarded=_passed_on(inner) if inner is not None else _passed_on_inline(text),
    )


# -- parts ------------------------------------------------------------------------------------------------------


def _parts(message) -> list:
    """Every part, attached mails unopened; refuses what is nested or cut too finely."""
    found, waiting = [], [(message, 0)]
    while waiting:
        part, depth = waiting.pop(0)
        found.append(part)
        if len(found) > MOST_PARTS:
            raise Refused("parts")
        if depth > MOST_DEEP:
            raise Refused("depth")
        if part.is_multipart() and part.get_content_type() != "message/rfc822":
            waiting += [(inner, depth + 1) for inner in part.get_payload()]
    return found


def _text(parts) -> str:
    plain = [p for p in parts if p.get_content_type() == "text/plain" and not _is_attached(p)]
    marked_up = [p for p in parts if p.get_content_type() == "text/html" and not _is_attached(p)]
    text = "\n".join(_decoded(part) for part in plain).strip()
    return text or "\n".join(_without_marks(_decoded(part)) for part in marked_up).strip()


def _is_attached(part) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _decoded(part) -> str:
    try:
        raw = part.get_payload(decode=True) or b""
    except (ValueError, LookupError, AssertionError):
        raw = b""
    if len(raw) > MOST_TEXT_BYTES:
        raise Refused("text")
    charset = str(part.get_content_charset() or "utf-8").lower()
    return _clean(_bytes_as_text(raw, charset))


def _bytes_as_text(raw: bytes, charset: str) -> str:
    """By the charset told, else as UTF-8, else as Chinese; what is left unread shows as such."""
    for code in dict.fromkeys((_WIDER.get(charset, charset), "utf-8", "gb18030")):
        try:
            return raw.decode(code)
        except (LookupError, UnicodeDecodeError):
            continue
    return raw.decode("utf-8", "replace")


def _names(parts) -> tuple[str, ...]:
    """What is attached, by name only."""
    names = []
    for part in parts:
        if part.get_content_type() == "message/rfc822":
            names.append(
                _header(part.get_payload(0), "Subject") + ".eml" if part.is_multipart() else "mail.eml"
            )
        elif not part.is_multipart() and _is_attached(part):
            names.append(_words(part.get_filename() or "") or part.get_content_type())
    return tuple(name[:120] for name in names[:MOST_NAMES])


class _Bare(HTMLParser):
    HIDDEN = {"script", "style", "head", "title", "template"}
    BREAKS = {"p", "br", "div", "tr", "li", "h1", "h2", "h3", "h4", "blockquote"}

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.told, self.hidden = [], 0

    def handle_starttag(self, tag, attrs):
        self.hidden += tag in self.HIDDEN
        if tag in self.BREAKS:
            self.told.append("\n")

    def handle_endtag(self, tag):
        self.hidden -= tag in self.HIDDEN and self.hidden > 0
        if tag in self.BREAKS - {"br"}:
            self.told.append("\n")

    def handle_data(self, data):
        if not self.hidden:
            self.told.append(re.sub(r"\s+", " ", data))


def _without_marks(text: str) -> str:
    bare = _Bare()
    bare.feed(text)
    bare.close()
    lines = [line.strip() for line in "".join(bare.told).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


# -- headers ----------------------------------------------------------------------------------------------------


def _raw(message, name: str) -> list[str]:
    """The values of a header; bytes nobody encoded are read as what they most likely are."""
    values = []
    for value in (message.get_all(name) or [])[:20]:
        raw = str(value)[:MOST_HEADER].encode("utf-8", "surrogateescape")
        values.append(_bytes_as_text(raw, "utf-8"))
    return values


def _raw_header(message, name: str) -> str:
    return next(iter(_raw(message, name)), "")


def _header(message, name: str) -> str:
    for own, value in getattr(message, "_headers", ()):  # as it came: a Header object would hide the bytes
        if own.lower() == name.lower():
            return _words(str(value).encode("utf-8", "surrogateescape"))[:998]
    return ""


def _words(value: str | bytes) -> str:
    """An encoded header in words; damaged encodings are left as they stand."""
    text = _bytes_as_text(value, "utf-8") if isinstance(value, bytes) else value
    try:
        pieces = decode_header(re.sub(r"\r?\n\s*", " ", text)[:MOST_HEADER])
        told = _joined(pieces)
    except (ValueError, LookupError):
        told = text
    return re.sub(r"\s+", " ", _clean(told)).strip()


def _joined(pieces) -> str:
    """Pieces of one charset joined before they are read: some programs cut in the middle of a character."""
    runs: list[list] = []
    for part, charset in pieces:
        raw = part if isinstance(part, bytes) else part.encode()
        charset = (charset or "utf-8").lower()
        if runs and runs[-1][1] == charset:
            runs[-1][0] += raw
        else:
            runs.append([raw, charset])
    return "".join(_bytes_as_text(raw, charset) for raw, charset in runs)


def _addresses(message, *names: str) -> tuple[str, ...]:
    values = [value for name in names for value in _raw(message, name)]
    try:
        pairs = getaddresses(values[:MOST_ADDRESSES])
    except (ValueError, TypeError, IndexError):
        pairs = []
    found = [one.lower() for _name, address in pairs for one in _ADDRESS.findall(address)]
    found = found or [one.lower() for value in values for one in _ADDRESS.findall(value)]
    return tuple(dict.fromkeys(found))[:MOST_ADDRESSES]


def _sender(message) -> str:
    return next(iter(_addresses(message, "From") or _addresses(message, "Sender", "Reply-To")), "")


def _message_id(message) -> str:
    found = _ID.search(_raw_header(message, "Message-ID"))
    return found.group(1) if found else ""


def _thread(message) -> tuple[str, ...]:
    told = " ".join(_raw(message, "References") + _raw(message, "In-Reply-To"))
    return tuple(dict.fromkeys(_ID.findall(told)))[:50]


def _date(message) -> datetime | None:
    try:
        at = parsedate_to_datetime(_raw_header(message, "Date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    try:
        at = at.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    return at if 1990 <= at.year <= 2100 else None


# -- passed on --------------------------------------------------------------------------------------------------


def _passed_on(part) -> Forwarded | None:
    inner = part.get_payload(0) if part.is_multipart() else None
    if inner is None or not (sender := _sender(inner)):
        return None
    return Forwarded(sender, _addresses(inner, "To", "Cc"), _header(inner, "Subject"), _date(inner))


def _passed_on_inline(text: str) -> Forwarded | None:
    """The head that mail programs write above what they pass on."""
    mark = _FORWARD_MARK.search(text)
    if mark is None:
        return None
    told: dict[str, str] = {}
    for line in text[mark.end() :].strip().split("\n")[:15]:
        found = _HEAD_LINE.match(line)
        if found:
            kind = found.group(1).lower()
            told.setdefault(_KINDS.get(kind, kind), found.group(2).strip())
    sender = _ADDRESS.search(told.get("from", ""))
    if sender is None:
        return None
    others = _ADDRESS.findall(f"{told.get('to', '')} {told.get('cc', '')}")
    to = tuple(dict.fromkeys(one.lower() for one in others))
    return Forwarded(sender.group().lower(), to, told.get("subject", "")[:998])


def _clean(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in text if one in "\n\t" or one.isprintable() or one == "\u3000")
