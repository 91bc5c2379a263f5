"""Mail into the log: taken in once, matched to a client through its reader's door, or left waiting for the reader."""

import hashlib
import json
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction

from interactions.access import visible_contacts
from interactions.actions.contacts import log_contact
from interactions.enums import Channel, Confidentiality, Purpose
from interactions.mail.reading import Mail, Refused, read_mail
from interactions.models import InboundMail, MailAddress
from interactions.queries.addresses import known_behind, of_the_firm
from interactions.queries.mail import owner_of
from interactions.rules.mail import Sides, sides_of, token_in
from lawcrm.firm import clock
from lawcrm.firm.actions import audit
from lawcrm.firm.actions.notify import notify
from lawcrm.firm.policy import current_policy
from lawcrm.firm.roles import may

State = InboundMail.State
LONGEST_NOTE = 20_000
MOST_WAITING = 500  # of one person: more is a flood, not mail


class NobodysAddress(Exception):
    """None of the recipients is a private address of somebody with the firm."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a mail for one reader; `again`: it had been taken in before."""

    mail: InboundMail
    again: bool = False


def fingerprint(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).digest()


@transaction.atomic
def make_mail_address(person) -> str:
    """A new private address; mail to the old one reaches nobody from now on."""
    token = secrets.token_hex(10)
    MailAddress.objects.filter(person=person).delete()
    MailAddress(person=person, token=token, token_hash=fingerprint(token)).save(force_insert=True)
    audit.record(by=person, verb="mail.address_made", obj=person)
    return token


def full_address(token: str) -> str:
    """crm@firm.example and a token make crm+token@firm.example; "" where the firm takes no mail in."""
    local, at, domain = settings.MAIL_IN_ADDRESS.partition("@")
    return f"{local}+{token}@{domain}" if at else ""


def receive(data: bytes, *, recipients=()) -> list[Taken]:
    """Takes one mail in for everybody whose private address it was sent to.

    Raises NobodysAddress. A mail beyond the limits is noted as refused for `recipients` given by the mail server.
    """
    try:
        mail, problem = read_mail(data), ""
    except Refused as refused:
        mail, problem = None, str(refused)
    told = [*(one.lower() for one in recipients), *(mail.delivered_to if mail else _recipients_in(data))]
    owners = _owners(told)
    if not owners:
        raise NobodysAddress
    if mail is None:
        return [_refuse(owner, data, problem) for owner in owners]
    return [_take(owner, mail, data) for owner in owners]


def _owners(addresses) -> list:
    tokens = dict.fromkeys(token_in(address, settings.MAIL_IN_ADDRESS) for address in addresses)
    owners = {owner.pk: owner for token in tokens if token and (owner := owner_of(fingerprint(token)))}
    return list(owners.values())


def _recipients_in(data: bytes) -> list[str]:
    """The recipients of a mail that is not read: from the head of it alone."""
    head = data[:64_000].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    return list(read_mail(head + b"\n\n").delivered_to)


@transaction.atomic
def _refuse(owner, data: bytes, problem: str) -> Taken:
    values = {"state": State.REFUSED, "problem": problem, "at": clock.now(), "thread_hash": b""}
    row, made = InboundMail.objects.get_or_create(
        owner=owner, message_hash=hashlib.sha256(data).digest(), defaults=values
    )
    return Taken(row, not made)


@transaction.atomic
def _take(owner, mail: Mail, data: bytes) -> Taken:
    key = fingerprint(mail.message_id) if mail.message_id else hashlib.sha256(data).digest()
    _one_at_a_time(key)
    held = InboundMail.objects.unscoped().filter(owner=owner, message_hash=key).first()
    if held:
        return Taken(held, again=True)
    sides = _sides(mail)
    row = InboundMail(
        owner=owner,
        message_hash=key,
        thread_hash=fingerprint((mail.thread or (mail.message_id,))[0])
        if mail.thread or mail.message_id
        else key,
        at=_when(mail),
        initiator=sides.initiator,
        told=json.dumps(_told(mail, sides), ensure_ascii=False),
    )
    row.save(force_insert=True)
    _log_or_wait(row)
    return Taken(row)


def _one_at_a_time(key: bytes) -> None:
    """The same mail delivered twice at once, to one reader or to several, is looked at one after the other."""
    number = int.from_bytes(key[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def _sides(mail: Mail) -> Sides:
    """The two sides; of a mail passed on by one of us, those of the mail inside."""
    everybody = [mail.sender, *mail.to]
    inner = mail.forwarded
    if inner:
        everybody += [inner.sender, *inner.to]
    firm = of_the_firm(everybody)
    if inner and mail.sender in firm:
        return sides_of(inner.sender, inner.to, firm=firm, own=_is_ours)
    return sides_of(mail.sender, mail.to, firm=firm, own=_is_ours)


def _is_ours(address: str) -> bool:
    base = settings.MAIL_IN_ADDRESS.lower()
    return address == base or bool(token_in(address, base))


def _when(mail: Mail):
    at = (mail.forwarded and mail.forwarded.at) or mail.at or clock.now()
    return min(at, clock.now())


def _told(mail: Mail, sides: Sides) -> dict:
    subject = (mail.forwarded and mail.forwarded.subject) or mail.subject
    return {
        "sender": sides.others[0] if sides.initiator == "client" else mail.sender,
        "others": list(sides.others),
        "subject": subject,
        "text": mail.text[:LONGEST_NOTE],
        "attachments": list(mail.attachments),
    }


def _log_or_wait(row: InboundMail) -> None:
    known = known_behind(row.owner, told_of(row)["others"]) if may(row.owner, "contacts.log") else []
    if len(known) == 1:
        _log(row, known[0].client, known[0].people)
    elif (earlier := _earlier_in_thread(row)) is not None and not known:
        _log(row, earlier.client, [])
    else:
        _make_room(row.owner)
        notify(to=row.owner, event="mail.waiting", key=f"mail:{row.pk}", obj=row, channels=("app",))


def _make_room(owner) -> None:
    waiting = InboundMail.objects.unscoped().filter(owner=owner, state=State.WAITING).order_by("-created_at")
    for row in waiting[MOST_WAITING:]:
        _forget(row, State.DISCARDED)


def _earlier_in_thread(row: InboundMail) -> InboundMail | None:
    rows = InboundMail.objects.visible_to(row.owner).filter(thread_hash=row.thread_hash, state=State.LOGGED)
    return rows.exclude(pk=row.pk).exclude(client=None).select_related("client", "contact").first()


def told_of(row: InboundMail) -> dict:
    empty = {"sender": "", "others": [], "subject": "", "text": "", "attachments": []}
    return empty | (json.loads(row.told) if row.told else {})


def _log(row: InboundMail, client, people) -> None:
    """One contact per Message-ID and client, whoever else had it delivered."""
    contact = _contact_of_another(row, client) or log_contact(
        by=row.owner,
        client=client,
        at=row.at,
        channel=Channel.EMAIL,
        purposes=[Purpose.OTHER],
        initiator=row.initiator or "firm",
        people=people,
        matter=_matter_of_thread(row, client),
        **_as_policy_says(told_of(row)),
    )
    row.client, row.contact = client, contact
    _forget(row, State.LOGGED)


def _contact_of_another(row: InboundMail, client):
    rows = InboundMail.objects.unscoped().filter(
        message_hash=row.message_hash, client=client, state=State.LOGGED
    )
    held = (
        rows.filter(contact__withdrawn_at__isnull=True)
        .exclude(contact=None)
        .select_related("contact")
        .first()
    )
    return held.contact if held else None


def _matter_of_thread(row: InboundMail, client):
    earlier = _earlier_in_thread(row)
    if earlier is None or earlier.client_id != client.pk or earlier.contact_id is None:
        return None
    seen = visible_contacts(row.owner).filter(pk=earlier.contact_id).select_related("matter").first()
    return seen.matter if seen else None


def _as_policy_says(told: dict) -> dict:
    """What of a mail stands in the log: its subject alone, its text too, or both sealed. Attachments are named."""
    keeps = current_policy().mail_in_keeps
    parts = [told["subject"]]
    if keeps != "subject":
        parts.append(told["text"])
    if told["attachments"]:
        parts.append("\N{PAPERCLIP} " + ", ".join(told["attachments"]))
    note = "\n\n".join(part for part in parts if part)[:LONGEST_NOTE]
    closeness = Confidentiality.CONFIDENTIAL if keeps == "sealed" else Confidentiality.ORDINARY
    return {"note": note, "confidentiality": closeness}


def _forget(row: InboundMail, state: str) -> None:
    """The end of waiting: what it said is not kept here any longer, only that it was this mail."""
    row.state, row.told = state, ""
    row.save(update_fields=["state", "told", "client", "contact", "updated_at"])


@transaction.atomic
def log_waiting(row: InboundMail, client, *, by):
    """Its reader says whose it is. None where it waits no longer."""
    held = _held(row, by)
    if held is None:
        return None
    known = {one.client.pk: one.people for one in known_behind(by, told_of(held)["others"])}
    _log(held, client, known.get(client.pk, []))
    return held.contact


@transaction.atomic
def discard(row: InboundMail, *, by) -> None:
    held = _held(row, by)
    if held is not None:
        _forget(held, State.DISCARDED)
        audit.record(by=by, verb="mail.discarded", obj=by)


def _held(row: InboundMail, by) -> InboundMail | None:
    rows = InboundMail.objects.visible_to(by).filter(pk=row.pk, state=State.WAITING)
    return rows.select_for_update(of=["self"]).first()
