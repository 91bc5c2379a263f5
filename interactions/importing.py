"""Rows that are contacts logged elsewhere, with their true author and time: a kind of list that imports read."""

import re
from collections.abc import Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from clients.importing.columns import Column, ListResource
from clients.importing.finding import Found
from clients.importing.kinds import Kind, RowKind, register
from clients.importing.plan import UPDATE_ONLY
from clients.importing.whose import Whose
from clients.importing.widgets import Colleague, OneOf, Reference, RuleWidget, SomeOf
from clients.importing.words import folded
from clients.models import ImportRow
from clients.rules import identity, normalise
from clients.rules.cells import as_text, plain
from clients.rules.names import normal_form
from clients.rules.normalise import Choices
from clients.rules.reading import Change, Reading, refused
from interactions.enums import Channel, Confidentiality, Initiator, Mood, Purpose
from interactions.queries.past_contacts import contacts_at, contacts_referred, people_named
from lawcrm.firm import clock
from lawcrm.firm.sealed import blind_index

Verdict = ImportRow.Verdict
NOON = time(12)
_TIME = re.compile(r"(\d{1,2})[:：时點点](\d{2})?")
_AFTER_THE_DAY = re.compile(
    r"\s*(?:上午|下午|晚上|中午|早上|凌晨)?\s*\d{1,2}(?:[:时時點点]\d{0,2}分?)(?::\d{2})?(?:\s*[ap]m)?$",
    re.IGNORECASE,
)
_WORDS = {
    "client": "Client; Client name; Customer; Company; 客户; 客户名称; 所属客户; 单位; 公司",
    "client_number": "Client number; Client registration number; Client identity number; 客户证件号码; 客户统一社会信用代码; 客户编号",
    "at": "Date; When; Date and time; Contact date; Day; 日期; 时间; 联系时间; 联系日期; 沟通时间; 沟通日期; 日期时间",
    "at_time": "Time; Hour; At; 钟点; 时刻; 具体时间",
    "channel": "Channel; Means; Via; Type of contact; 渠道; 沟通方式; 方式; 联系渠道",
    "purposes": "Purpose; Purposes; Subject; Reason; 目的; 沟通目的; 联系目的; 事由",
    "initiator": "Who started it; Started by; Initiator; Direction; 发起方; 发起; 谁发起; 主动方",
    "answered": "Answered; Reached; 是否接通; 已接通; 接通",
    "person": "Person; Contact person; Spoke with; With; With whom; 联系人; 沟通对象; 对方人员",
    "minutes": "Minutes; Duration; 时长; 分钟; 时长（分钟）",
    "note": "Note; Notes; Summary; Content; What was said; 内容; 记录; 沟通内容; 备注; 纪要; 联系内容",
    "mood": "Mood; Client's mood; 情绪; 客户情绪",
    "references": "References; Documents; 参考; 附件; 文件",
    "confidentiality": "Confidentiality; 保密级别; 密级",
    "author": "Logged by; Author; Lawyer; Who of us; By; Responsible lawyer; Colleague; 记录人; 律师; 经办人; 经办律师; 负责律师; 承办律师",
}  # fmt: skip

CHANNELS = Choices.of({
    "face_to_face": ("Face to face", "Meeting", "In person", "Visit", "面谈", "会面", "拜访", "当面", "会议"),
    "phone": ("Phone", "Call", "Phone call", "Telephone", "电话", "通话"),
    "video": ("Video", "Video call", "视频", "视频会议", "线上会议"),
    "email": ("Email", "E-mail", "Mail", "邮件", "电子邮件"),
    "letter": ("Letter", "Post", "信函", "函件", "书信"),
    "instant_message": ("Instant message", "WeChat", "Chat", "Message", "即时消息", "微信", "微信等", "短信", "即时通讯"),
    "event": ("Event", "活动"),
})  # fmt: skip
PURPOSES = Choices.of({
    "first_consultation": ("First consultation", "Consultation", "首次咨询", "咨询"),
    "progress_report": ("Progress report", "Progress", "进展汇报", "案件进展", "进展"),
    "expectation_check": ("Expectation check", "期望回访", "回访"),
    "feedback_sought": ("Feedback sought", "Feedback", "征求意见", "意见"),
    "legal_update": ("Legal update or new service", "Legal update", "法律资讯/新服务", "法律资讯", "新服务", "资讯"),
    "needs_review": ("Needs review", "需求征询", "需求"),
    "risk_prevention": ("Risk prevention", "Risk", "风险防范", "风险"),
    "cost_planning": ("Cost planning", "费用规划"),
    "billing": ("Billing", "Bill", "Invoice", "Fees", "费用", "账单", "催款"),
    "complaint": ("Complaint", "投诉"),
    "greeting": ("Greeting or care", "Greeting", "Care", "问候关怀", "问候", "关怀", "节日问候"),
    "event": ("Event", "活动"),
    "other": ("Other", "其他", "其它"),
})  # fmt: skip
INITIATORS = Choices.of({
    "firm": ("We started it", "Firm", "Us", "We", "Outgoing", "Outbound", "Out", "我方", "律所", "我们", "去电", "呼出", "我方发起",
             "我方主动"),
    "client": ("The client started it", "Client", "Them", "Incoming", "Inbound", "In", "客户", "对方", "来电", "呼入", "客户发起",
               "客户主动"),
})  # fmt: skip
YES_OR_NO = Choices.of({
    "yes": ("Y", "True", "1", "Answered", "是", "已接通", "接通"),
    "no": ("N", "False", "0", "Not answered", "No answer", "否", "未接通", "无人接听", "未接"),
})  # fmt: skip
MOODS = Choices.of({
    "pleased": ("Pleased", "Happy", "满意", "高兴", "愉快"),
    "neutral": ("Neutral", "Normal", "平静", "一般", "正常"),
    "worried": ("Worried", "担忧", "焦虑", "担心"),
    "angry": ("Angry", "Upset", "气愤", "生气", "愤怒", "不满"),
})  # fmt: skip
CONFIDENTIALITY = Choices.of({
    "ordinary": ("Ordinary", "Normal", "普通", "一般"),
    "team": ("Team only", "Team", "仅限团队", "仅团队", "团队"),
    "confidential": ("Confidential", "机密", "保密"),
})  # fmt: skip


class Moment(RuleWidget):
    """A day, with the time of day where the cell holds one; "YYYY-MM-DD" or "YYYY-MM-DDTHH:MM"."""

    says = _("A day up to today, with the hour where it is known: 2026-03-05 14:30.")

    def __init__(self):
        super().__init__(self._read_moment)

    def _read_moment(self, raw, latest=None) -> Reading:
        day = normalise.read_date(raw, latest=latest)
        if day.problem and isinstance(raw, str):  # the hour in words: 2022年3月6日下午3点20分
            day = normalise.read_date(_AFTER_THE_DAY.sub("", plain(raw)), latest=latest)
        if day.problem or not day.value:
            return day
        said = raw.time() if isinstance(raw, datetime) else _time_in(plain(as_text(raw)))
        changes = tuple(change for change in day.changes if change.code != "time_left_out")
        return Reading(
            datetime.combine(day.value, said or NOON), changes if said else (*changes, Change("noon"))
        )

    def render(self, value, obj=None, **kwargs):
        return (
            f"{value:%Y-%m-%d %H:%M}"
            if isinstance(value, datetime)
            else str(value or "").replace("T", " ")[:16]
        )


class TimeOfDay(RuleWidget):
    says = _("The hour, where it stands apart from the day: 14:30.")

    def __init__(self):
        super().__init__(self._read_time)

    def _read_time(self, raw) -> Reading:
        text = plain(as_text(raw))
        if not text:
            return Reading("")
        said = _time_in(text)
        return Reading(said.isoformat("minutes")) if said else refused("not_a_time")


class Count(RuleWidget):
    says = _("A whole number.")

    def __init__(self):
        super().__init__(self._read_count)

    def _read_count(self, raw) -> Reading:
        text = re.sub(r"\s*(min(utes?)?|分钟|分)\.?$", "", plain(as_text(raw)).casefold()).removesuffix(".0")
        if not text:
            return Reading("")
        return Reading(int(text)) if re.fullmatch(r"\d{1,4}", text) else refused("not_a_count")


def _time_in(text: str) -> time | None:
    found = _TIME.search(text)
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if re.search(r"pm\b|下午|晚上", text, re.IGNORECASE) and hour < 12:
        hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else None


class ContactResource(ListResource):
    """Contacts logged elsewhere."""

    needed = ("client", "at", "channel", "author")
    until_today = ("at",)

    client = Column(_("Client"), RuleWidget(normalise.read_name), required=True)
    client_number = Column(_("Client's number"), RuleWidget(identity.read_registration_number), secret=True)
    at = Column(_("When"), Moment(), required=True)
    at_time = Column(_("Time of day"), TimeOfDay())
    channel = Column(_("Channel"), OneOf(CHANNELS, Channel), required=True)
    purposes = Column(_("Purpose"), SomeOf(PURPOSES, Purpose))
    initiator = Column(_("Who started it"), OneOf(INITIATORS, Initiator))
    answered = Column(_("Answered"), RuleWidget(normalise.read_choice, choices=YES_OR_NO))
    person = Column(_("Contact person"), RuleWidget(normalise.read_text, longest=200))
    minutes = Column(_("Minutes"), Count())
    note = Column(_("Note"), RuleWidget(normalise.read_note))
    mood = Column(_("Client's mood"), OneOf(MOODS, Mood))
    references = Column(_("References"), RuleWidget(normalise.read_text, longest=300))
    confidentiality = Column(_("Confidentiality"), OneOf(CONFIDENTIALITY, Confidentiality))
    author = Column(_("Logged by"), Colleague(), required=True)
    # which contact the row is, where the list came from here; never written
    reference = Column(_("LawCRM reference"), Reference(), attribute="pk")

    def check_together(self, row):
        """The hour that stands in a column of its own is no guess."""
        if "at_time" in row.values:
            row.notes = [note for note in row.notes if note["code"] != "noon"]
        super().check_together(row)


class ContactFinder:
    """A contact is new unless it is named by reference, or the log of the client holds one of the same minute, channel
    and note."""

    def __init__(self, *, by, plan, run):
        self.by, self.plan, self.zone, self.whose = by, plan, clock.zone_of(by), Whose(by=by, run=run)

    def find(self, rows: Sequence[dict]) -> list[Found]:
        clients = self.whose.find([(values["client"], values.get("client_number", "")) for values in rows])
        moments = [moment_of(values, self.zone) for values in rows]
        known = contacts_at({pk for pk, _problem in clients if pk}, moments)
        named = people_named({pk for pk, _problem in clients if pk})
        logged = contacts_referred([values["reference"] for values in rows if "reference" in values], self.by)
        return [
            _same(logged[values["reference"]])
            if values.get("reference") in logged
            else self._found(values, pk, problem, moment, known, named)
            for values, (pk, problem), moment in zip(rows, clients, moments, strict=True)
        ]

    def _found(self, values, client, problem, moment, known, named) -> Found:
        found = Found(client_id=client)
        if problem:
            found.refuse(problem, field="client")
        elif moment > clock.now():
            found.refuse("contact_to_come", field="at")
        elif unknown := strangers(values, client, named):
            found.reasons = [{"code": "person_not_named", "params": {"names": ", ".join(unknown)[:200]}}]
        said = (client, moment, values["channel"], values.get("note", ""))
        if found.verdict == Verdict.CREATE and said in known:
            found.verdict, found.reasons = Verdict.SAME, [{"code": "logged_already", "params": {}}]
        if found.verdict == Verdict.CREATE and self.plan.mode == UPDATE_ONLY:
            found.refuse("only_updates")
        return found


def _same(client_id) -> Found:
    """What is in the log already stays as it is: contacts are edited one by one, with their revisions."""
    found = Found(client_id=client_id)
    found.verdict, found.reasons = Verdict.SAME, [{"code": "logged_already", "params": {}}]
    return found


def moment_of(values: dict, zone: ZoneInfo) -> datetime:
    """When it was: local time of whoever imports."""
    at = values["at"]
    if said := values.get("at_time"):
        at = datetime.combine(at.date(), time.fromisoformat(said))
    return at.replace(tzinfo=zone)


def names_in(values: dict) -> list[str]:
    return [name for name in re.split(r"[,;、，；/]\s*", values.get("person", "")) if name]


def strangers(values: dict, client, named: dict) -> list[str]:
    """Who took part and is not on record at the client."""
    return [name for name in names_in(values) if (client, normal_form(name)) not in named]


def note_of(values: dict, unknown: list[str]) -> str:
    """The note as the log keeps it: who took part and is not on record stays readable in it."""
    return f"{values.get('note', '')} [{', '.join(unknown)}]".strip() if unknown else values.get("note", "")


def prints_of(values: dict) -> list[str]:
    if reference := values.get("reference"):
        return [blind_index("clients.importrow", "contact", f"reference {reference}").hex()[:32]]
    parts = (
        normal_form(values.get("client_number") or values["client"]), values["at"].isoformat(), values.get("at_time", ""),
        values["channel"], values.get("note", ""), values.get("person", ""),
    )  # fmt: skip
    return [blind_index("clients.importrow", "contact", "\0".join(parts)).hex()[:32]]


def told_as(values: dict) -> tuple[str, str]:
    at, channel = values.get("at"), values.get("channel")
    parts = (
        f"{at:%Y-%m-%d} {values.get('at_time') or f'{at:%H:%M}'}" if at else "",
        str(Channel(channel).label) if channel else "",
        values.get("person", ""),
    )
    return values.get("client", ""), " · ".join(part for part in parts if part)


register(
    RowKind(
        code=Kind.CONTACTS,
        columns=ContactResource.fields,
        headings=folded(_WORDS),
        resource=ContactResource,
        finder=ContactFinder,
        prints=prints_of,
        told_as=told_as,
        signs=frozenset({"client", "at"}),
        or_signs=frozenset({"channel", "purposes"}),
        also_theirs=("responsible",),
        second={"at": "at_time"},
        defaulted=("author", "channel", "initiator", "purposes"),
    )
)
