"""Each chat's own form and signature."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from lawcrm.firm.chat.formats import ChatMessage, accepted, post_of

MESSAGE = ChatMessage(
    "0197", "follow_up.due", "陈伟: A follow-up <is> due", "https://crm.example/f/1/?a=1&b=2", "陈伟"
)
NOW = 1_599_360_473.5


def post(kind, secret="", address="https://chat.example/send?access_token=abc"):
    return post_of(kind, MESSAGE, address=address, secret=secret, now=NOW)


def body(kind, secret=""):
    return json.loads(post(kind, secret).body)


def test_each_chat_reads_its_own_form():
    text = f"{MESSAGE.text}\n{MESSAGE.link}"
    assert body("wecom") == {"msgtype": "text", "text": {"content": text}}
    assert body("dingtalk") == {"msgtype": "text", "text": {"content": text}}
    assert body("feishu") == {"msg_type": "text", "content": {"text": text}}
    assert body("slack") == {"text": "陈伟: A follow-up &lt;is&gt; due\nhttps://crm.example/f/1/?a=1&amp;b=2"}
    assert body("generic") == {
        "id": "0197",
        "event": "follow_up.due",
        "text": MESSAGE.text,
        "url": MESSAGE.link,
        "person": "陈伟",
    }


def test_generic_is_signed_over_time_and_body():
    """Figured apart, with openssl's command: printf '1599360473.<body>' | openssl dgst -sha256 -hmac s3cret."""
    import hashlib
    import hmac

    sent = post("generic", "s3cret")
    expected = hmac.digest(b"s3cret", b"1599360473." + sent.body, hashlib.sha256).hex()
    assert sent.headers["X-LawCRM-Signature"] == f"sha256={expected}"
    assert sent.headers["X-LawCRM-Timestamp"] == "1599360473"
    assert sent.headers["X-LawCRM-Delivery"] == "0197"
    assert "X-LawCRM-Signature" not in post("generic").headers


def test_dingtalk_signs_the_address():
    """Known answer: `printf '1599360473500\\nSEC0' | openssl dgst -sha256 -hmac SEC0 -binary | base64`."""
    query = parse_qs(urlsplit(post("dingtalk", "SEC0").address).query)
    assert query["access_token"] == ["abc"]
    assert query["timestamp"] == ["1599360473500"]
    assert query["sign"] == [DINGTALK_SIGN]
    assert urlsplit(post("dingtalk").address).query == "access_token=abc"


def test_feishu_signs_the_body():
    """Known answer: `printf '' | openssl dgst -sha256 -hmac $'1599360473\\ndemo' -binary | base64`."""
    signed = body("feishu", "demo")
    assert signed["timestamp"] == "1599360473"
    assert signed["sign"] == FEISHU_SIGN
    assert "sign" not in body("feishu")


@pytest.mark.parametrize(
    ("kind", "answer", "yes"),
    [
        ("slack", b"ok", True),
        ("generic", b"", True),
        ("wecom", b'{"errcode":0,"errmsg":"ok"}', True),
        ("wecom", b'{"errcode":93000,"errmsg":"invalid webhook url"}', False),
        ("dingtalk", b'{"errcode":310000,"errmsg":"sign not match"}', False),
        ("feishu", b'{"code":0,"msg":"success"}', True),
        ("feishu", b'{"StatusCode":0,"StatusMessage":"success"}', True),
        ("feishu", b'{"code":19021,"msg":"sign match fail"}', False),
        ("feishu", b"<html>", False),
        ("wecom", b"[]", False),
    ],
)
def test_some_chats_say_no_in_the_body(kind, answer, yes):
    assert accepted(kind, answer) is yes


DINGTALK_SIGN = "RAy5OiTfuogzV5azOXLDFfgX1PwZRcoICCOr2dQC1nM="
FEISHU_SIGN = "l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8="
