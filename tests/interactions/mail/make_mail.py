"""Writes the sample mails beside this file, byte by byte as programs of the field send them.

python -m tests.interactions.mail.make_mail
"""

import base64
import quopri
from pathlib import Path

FOLDER = Path(__file__).parent / "samples"
OWN = "crm+feedfacefeedfaceface@firm.example"
HEAD = "From: {sender}\r\nTo: {to}\r\nDate: Wed, 04 Mar 2026 10:20:30 +0800\r\nMessage-ID: <{key}@mail.example>\r\n"


def word(text: str, charset: str, kind: str = "B") -> str:
    raw = text.encode(charset)
    if kind == "B":
        return f"=?{charset}?B?{base64.b64encode(raw).decode()}?="
    return f"=?{charset}?Q?{quopri.encodestring(raw, header=True).decode().replace('=' + chr(10), '')}?="


def mail(key: str, *, sender: str, to: str, subject: str, more: str = "", body: bytes = b"") -> bytes:
    head = HEAD.format(sender=sender, to=to, key=key) + f"Subject: {subject}\r\n{more}MIME-Version: 1.0\r\n"
    return head.encode("latin-1") + body


LAWYER, ZHANG = "Wei Chen <lawyer@firm.example>", "zhang@huaxia.example"


def samples() -> dict[str, bytes]:
    gb = "您好，合同已收到，请查收附件。\r\n张总".encode("gb2312")
    quoted = quopri.encodestring("Grüße, the draft is fine – 请签字。".encode()).replace(b"\n", b"\r\n")
    delivered = f"Delivered-To: {OWN}\r\n"
    return {
        # Written by us, a copy to the private address; the subject cut in the middle of a character.
        "gb2312_bcc": mail(
            "gb2312",
            sender=LAWYER,
            to=f"{word('张总', 'gb2312')} <{ZHANG}>",
            subject=_cut_subject("关于采购合同的修改意见", "gb2312"),
            more=delivered,
            body=b"Content-Type: text/plain; charset=gb2312\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + base64.encodebytes(gb).replace(b"\n", b"\r\n"),
        ),
        "quoted_printable": mail(
            "qp",
            sender=f"Zhang <{ZHANG}>",
            to="lawyer@firm.example",
            subject=word("Entwurf – 草稿", "utf-8", "Q"),
            more=delivered + "In-Reply-To: <gb2312@mail.example>\r\nReferences: <gb2312@mail.example>\r\n",
            body=b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
            + quoted,
        ),
        "alternative": mail(
            "alt",
            sender=f"Zhang <{ZHANG}>",
            to="lawyer@firm.example",
            subject="Two forms of one text",
            more=delivered,
            body=_alternative(),
        ),
        "html_only": mail(
            "html",
            sender=f"Zhang <{ZHANG}>",
            to="lawyer@firm.example",
            subject="Only marks",
            more=delivered,
            body=b"Content-Type: text/html; charset=utf-8\r\n\r\n<html><head><title>no</title><style>p{color:red}</style>"
            b"</head><body><p>First&nbsp;line</p><script>alert(1)</script><p>Second &lt;b&gt; line</p></body></html>",
        ),
        "forwarded_attached": mail(
            "fwd-rfc822", sender=LAWYER, to=OWN, subject="Fwd: a question", body=_forward_as_attachment()
        ),
        "forwarded_inline": mail(
            "fwd-inline",
            sender=LAWYER,
            to=OWN,
            subject="Fw: question",
            body="Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n请记录。\r\n\r\n".encode()
            + "-----原始邮件-----\r\n发件人: 张总 <zhang@huaxia.example>\r\n发送时间: 2026年3月3日 18:00\r\n".encode()
            + "收件人: lawyer@firm.example\r\n主题: 关于违约金的问题\r\n\r\n违约金怎么算？\r\n".encode(),
        ),
        "broken_headers": (
            b'From: "Zhang, broken <zhang@huaxia.example>\r\nTo: lawyer@firm.example, <<>>,,@\r\nDate: yesterday, maybe\r\n'
            b"Subject: "
            + "未编码的主题".encode("gbk")
            + b"\r\nMessage-ID: no angle brackets\r\nContent-Type: text/plain;"
            b' charset="no-such-charset"\r\nContent-Transfer-Encoding: base64\r\nDelivered-To: '
            + OWN.encode()
            + b"\r\n\r\n"
            b"not base64 at all !!!\r\n"
        ),
        "unmatched": mail(
            "nobody",
            sender="Stranger <stranger@elsewhere.example>",
            to="lawyer@firm.example",
            subject="Who is this?",
            more=delivered,
            body=b"Content-Type: text/plain\r\n\r\nHello\r\n",
        ),
    }


def _cut_subject(text: str, charset: str) -> str:
    """Two encoded words, the cut in the middle of a character, as old programs do."""
    raw = text.encode(charset)
    first, second = raw[:9], raw[9:]
    return "\r\n ".join(f"=?{charset}?B?{base64.b64encode(part).decode()}?=" for part in (first, second))


def _alternative() -> bytes:
    return (
        b'Content-Type: multipart/mixed; boundary="out"\r\n\r\n--out\r\n'
        b'Content-Type: multipart/alternative; boundary="in"\r\n\r\n--in\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n'
        b"The plain text.\r\n--in\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>The <b>marked</b> text.</p>\r\n--in--\r\n"
        b"--out\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment;\r\n"
        + f' filename="{word("合同终稿.pdf", "gb2312")}"\r\n\r\n'.encode()
        + base64.b64encode(b"%PDF-1.4 SECRET-OF-THE-ATTACHMENT")
        + b"\r\n--out--\r\n"
    )


def _forward_as_attachment() -> bytes:
    inner = mail(
        "inner", sender=f"Zhang <{ZHANG}>", to="lawyer@firm.example", subject="A question of law",
        body=b"Content-Type: text/plain\r\n\r\nMay we end the contract?\r\n",
    ).replace(b"04 Mar", b"03 Mar")  # fmt: skip
    return (
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nPlease log.\r\n--b\r\n'
        b"Content-Type: message/rfc822\r\n\r\n" + inner + b"\r\n--b--\r\n"
    )


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, data in samples().items():
        (FOLDER / f"{name}.eml").write_bytes(data)
