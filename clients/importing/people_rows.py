"""Rows that are people at clients, as a kind of list."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients.enums import PersonRole, Sex
from clients.importing.columns import Column, ListResource
from clients.importing.finding import Found, plain
from clients.importing.further import (
    KIND_OF,
    held_by,
    missing_from,
    several_addresses,
    several_emails,
    several_phones,
)
from clients.importing.kinds import Kind, RowKind, register
from clients.importing.plan import CREATE_ONLY, UPDATE_ONLY
from clients.importing.whose import Whose
from clients.importing.widgets import BirthDate, Day, OneOf, Reference, RuleWidget, SomeOf
from clients.importing.words import FURTHER, folded
from clients.models import ImportRow
from clients.queries.import_people import places_referred, present_places, share_further
from clients.rules import identity, labels, normalise
from clients.rules.names import normal_form
from lawcrm.firm.sealed import blind_index

Verdict = ImportRow.Verdict
OF_PLACE = ("roles", "position", "since")
NOT_THEIRS = ("client", "client_number", "reference")  # whose they are
_WORDS = {
    "client": "Client; Client name; Customer; Company; Company name; Organisation; Organization; Employer; 客户; 客户名称; "
    "所属客户; 公司; 公司名称; 单位; 单位名称; 所在单位; 委托人",
    "client_number": "Client number; Client registration number; Client identity number; 客户证件号码; 客户统一社会信用代码; "
    "客户编号",
    "name": "Name; Person; Full name; Contact; Contact name; Contact person; 姓名; 联系人; 联系人姓名; 人员",
    "latin_name": "Latin name; English name; 英文名; 拼音",
    "roles": "Role; Roles; Part; 角色; 联系人角色",
    "position": "Position; Job title; Title; Job; 职务; 职位; 岗位",
    "since": "There since; Since; 任职起始; 任职日期",
    "sex": "Sex; Gender; 性别",
    "phone": "Phone; Mobile; Telephone; Tel; Cell; Mobile phone; 电话; 手机; 手机号; 联系电话; 手机号码",
    "email": "Email; E-mail; Mail; 邮箱; 电子邮箱; 电子邮件",
    "wechat": "WeChat; WeChat ID; 微信; 微信号",
    "other_phones": FURTHER["other_phones"],
    "other_emails": FURTHER["other_emails"],
    "other_addresses": FURTHER["other_addresses"],
    "birth_date": "Birth date; Birthday; Date of birth; 出生日期; 生日",
    "preferences": "Preferences; 个人偏好; 偏好",
    "note": "Note; Notes; Remark; Remarks; 备注; 说明",
}  # fmt: skip


class PeopleResource(ListResource):
    """People at clients."""

    needed = ("client", "name")
    until_today = ("birth_date", "since")

    client = Column(_("Client"), RuleWidget(normalise.read_name), required=True)
    client_number = Column(_("Client's number"), RuleWidget(identity.read_registration_number), secret=True)
    name = Column(
        pgettext_lazy("person", "Name"), RuleWidget(normalise.read_name, longest=120), required=True
    )
    latin_name = Column(_("Latin name"), RuleWidget(normalise.read_text, longest=120))
    roles = Column(_("Role"), SomeOf(labels.PERSON_ROLES, PersonRole, in_order=True))
    position = Column(_("Position"), RuleWidget(normalise.read_text, longest=120))
    since = Column(_("There since"), Day(month_will_do=True))
    sex = Column(_("Sex"), OneOf(labels.SEXES, Sex))
    phone = Column(_("Phone"), RuleWidget(normalise.read_phone))
    email = Column(_("Email"), RuleWidget(normalise.read_email))
    wechat = Column(_("WeChat"), RuleWidget(normalise.read_text, longest=60))
    other_phones = Column(_("Further phones"), several_phones())
    other_emails = Column(_("Further mail addresses"), several_emails())
    other_addresses = Column(_("Further addresses"), several_addresses())
    birth_date = Column(_("Birth date"), BirthDate())
    preferences = Column(_("Preferences"), RuleWidget(normalise.read_text, longest=300))
    note = Column(_("Note"), RuleWidget(normalise.read_note))
    # which place the row is, where the list came from here; never written
    reference = Column(_("LawCRM reference"), Reference(), attribute="pk")


class PeopleFinder:
    """Whom rows mean: the place they name by reference, else somebody at the client with the same phone, mail address or
    name; else somebody new there."""

    def __init__(self, *, by, plan, run):
        self.by, self.plan, self.whose = by, plan, Whose(by=by, run=run)

    def find(self, rows: Sequence[dict]) -> list[Found]:
        clients = self.whose.find([(values["client"], values.get("client_number", "")) for values in rows])
        places: dict = {}
        referred = self._referred(rows)
        there = present_places({pk for pk, _problem in clients if pk})
        if any(name in values for values in rows for name in KIND_OF):
            share_further([*there, *referred.values()])
        for place in there:
            places.setdefault(place.client_id, []).append(place)
        return [
            self._found(values, place.client_id, "", (place,))
            if (place := referred.get(values.get("reference", "")))
            else self._found(values, pk, problem, places.get(pk, ()))
            for values, (pk, problem) in zip(rows, clients, strict=True)
        ]

    def _referred(self, rows: Sequence[dict]) -> dict:
        """The places that rows name by reference. One that is not there, or is another client's, is forgotten."""
        named = [values for values in rows if "reference" in values]
        found = places_referred([values["reference"] for values in named], self.by) if named else {}
        for values in named:
            place = found.get(values["reference"])
            if place is None or normal_form(place.client.name) != normal_form(values["client"]):
                del values["reference"]
        return found

    def _found(self, values: dict, client, problem: str, places) -> Found:
        found = Found(client_id=client)
        if problem:
            found.refuse(problem, field="client")
            return found
        place, why = _place_of(values, places)
        if place is not None:
            found.object_id, found.reasons = place.pk, [{"code": why, "params": {}}]
            found.changes = changes_of(values, place, self.plan.blanks)
            found.verdict = Verdict.UPDATE if found.changes else Verdict.SAME
        if found.verdict == Verdict.UPDATE and self.plan.mode == CREATE_ONLY:
            found.verdict, found.changes = Verdict.SAME, {}
            found.reasons.append({"code": "only_adds", "params": {}})
        if found.verdict == Verdict.CREATE and self.plan.mode == UPDATE_ONLY:
            found.refuse("only_updates")
        return found


def _place_of(values: dict, places):
    """The place at the client of the person meant, and why it is thought so."""
    if "reference" in values:
        return places[0], "reference"
    for name in ("phone", "email"):
        said = values.get(name)
        for place in places:
            if said and getattr(place.person, name) == said:
                return place, name
    for place in places:
        if normal_form(place.person.name) == normal_form(values["name"]):
            return place, "name"
    return None, ""


def value_at(place, name: str):
    if name in KIND_OF:
        return held_by(place.person, name)
    return getattr(place if name in OF_PLACE else place.person, name)


def changes_of(values: dict, place, blanks=()) -> dict:
    """What the row would change: {field: [old, new]}."""
    changes = {}
    for name, new in values.items():
        if name in NOT_THEIRS:
            continue
        old = value_at(place, name)
        if name in KIND_OF:
            main = values.get(KIND_OF[name]) or getattr(place.person, KIND_OF[name], "")
            missing = missing_from(place.person, name, new, main)
            new = [*old, *missing] if missing else old
        if new != old and not (old and name in blanks):
            changes[name] = [plain(old), plain(new)]
    return changes


def prints_of(values: dict) -> list[str]:
    if reference := values.get("reference"):
        return [blind_index("clients.importrow", "person", f"reference {reference}").hex()[:32]]
    said = "\0".join(
        (
            normal_form(values.get("client_number") or values["client"]),
            normal_form(values["name"]),
            values.get("phone") or values.get("email") or "",
        )
    )
    return [blind_index("clients.importrow", "person", said).hex()[:32]]


def told_as(values: dict) -> tuple[str, str]:
    parts = (values.get("client"), values.get("position"), values.get("phone"), values.get("email"))
    return values.get("name", ""), " · ".join(part for part in parts if part)


register(
    RowKind(
        code=Kind.PEOPLE,
        columns=PeopleResource.fields,
        headings=folded(_WORDS),
        resource=PeopleResource,
        finder=PeopleFinder,
        prints=prints_of,
        told_as=told_as,
        signs=frozenset({"client", "name"}),
        or_signs=frozenset({"roles", "position", "since"}),
        defaulted=("roles",),
    )
)
