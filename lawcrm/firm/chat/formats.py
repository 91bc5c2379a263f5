"""A message to a team chat in the form each chat reads, signed the way each chat asks.

Sources: the chats' own pages on group robots (WeCom 群机器人, DingTalk 自定义机器人, Feishu 自定义机器人, Slack incoming
webhooks). Generic JSON is ours: docs/notices.md. The text never names a client: what kind of thing, for whom of the
firm, and a link that opens for those who may see it.
"""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """`key` is the delivery's own: a receiver that knows it already has the message already."""

    key: str
    event: str
    text: str
    link: str
    person: str


@dataclass(frozen=True, slots=True)
class Post:
    """What goes over the wire."""

    address: str
    body: bytes
    headers: dict = field(default_factory=dict)


def post_of(kind: str, message: ChatMessage, *, address: str, secret: str, now: float) -> Post:
    """The request that tells `message`; `now` in seconds since 1970 stands in signatures."""
    return _POSTS[kind](message, address, secret, now)


def accepted(kind: str, body: bytes) -> bool:
    """Whether an answer of status 200 means yes: some chats say no in the body."""
    field_name = {"wecom": "errcode", "dingtalk": "errcode", "feishu": "code"}.get(kind)
    if field_name is None:
        return True
    try:
        answer = json.loads(body)
    except ValueError:
        return False
    if not isinstance(answer, dict):
        return False
    return answer.get(field_name, answer.get("StatusCode")) == 0


def _generic(message: ChatMessage, address: str, secret: str, now: float) -> Post:
    body = _json(
        {
            "id": message.key,
            "event": message.event,
            "text": message.text,
            "url": message.link,
            "person": message.person,
        }
    )
    stamp = str(int(now))
    headers = {"X-LawCRM-Delivery": message.key, "X-LawCRM-Timestamp": stamp}
    if secret:
        signed = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
        headers["X-LawCRM-Signature"] = f"sha256={signed}"
    return Post(address, body, headers)


def _wecom(message: ChatMessage, address: str, secret: str, now: float) -> Post:
    return Post(address, _json({"msgtype": "text", "text": {"content": _lines(message)}}))


def _dingtalk(message: ChatMessage, address: str, secret: str, now: float) -> Post:
    if secret:
        stamp = str(int(now * 1000))
        signed = _base64_hmac(secret.encode(), f"{stamp}\n{secret}".encode())
        address = _with_query(address, {"timestamp": stamp, "sign": signed})
    return Post(address, _json({"msgtype": "text", "text": {"content": _lines(message)}}))


def _feishu(message: ChatMessage, address: str, secret: str, now: float) -> Post:
    values = {"msg_type": "text", "content": {"text": _lines(message)}}
    if secret:
        stamp = str(int(now))
        # Feishu signs nothing with the time and the secret as the key.
        values |= {"timestamp": stamp, "sign": _base64_hmac(f"{stamp}\n{secret}".encode(), b"")}
    return Post(address, _json(values))


def _slack(message: ChatMessage, address: str, secret: str, now: float) -> Post:
    text = _lines(message).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return Post(address, _json({"text": text}))


_POSTS = {
    "generic": _generic,
    "wecom": _wecom,
    "dingtalk": _dingtalk,
    "feishu": _feishu,
    "slack": _slack,
}


def _lines(message: ChatMessage) -> str:
    return "\n".join(part for part in (message.text, message.link) if part)


def _json(values: dict) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()


def _base64_hmac(key: bytes, text: bytes) -> str:
    return base64.b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode()


def _with_query(address: str, more: dict) -> str:
    parts = urlsplit(address)
    return urlunsplit(parts._replace(query=urlencode([*parse_qsl(parts.query), *more.items()])))
