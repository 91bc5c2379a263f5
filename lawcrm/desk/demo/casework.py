"""What stands in the matters of the demo firm: key dates, milestones, money, service plans, decided conflict checks.

A matter's file follows from its story alone, so that the firm that is lived through and the one that is copied into
the tables have the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from django.utils import translation

from clients.queries.needs import needs_of
from lawcrm.desk.demo.notes import EN, ZH
from lawcrm.desk.demo.plans import MatterStory
from lawcrm.firm import clock
from matters.actions.agenda import retell_dates
from matters.actions.conflicts import decide_check, run_check, subjects_of_names
from matters.actions.service import save_plan
from matters.models import ConflictCheck, KeyDate, Matter, Milestone, Receivable

MILESTONES = {
    "litigation": {
        ZH: ("立案受理", "证据交换完成", "一审判决", "执行到位"),
        EN: ("Claim accepted by the court", "Evidence exchanged", "First judgment", "Judgment enforced"),
    },
    "non_contentious": {
        ZH: ("尽职调查完成", "主要条款谈定", "文件签署", "交割"),
        EN: ("Due diligence done", "Terms agreed", "Documents signed", "Closing"),
    },
    "retainer": {
        ZH: ("合同范本交付", "年度法律体检", "员工培训", "年度总结"),
        EN: ("Contract templates delivered", "Yearly legal check-up", "Staff training", "Yearly review"),
    },
    "advice": {
        ZH: ("意见书初稿", "意见书定稿", "当面讲解"),
        EN: ("Draft opinion", "Final opinion", "Explained in person"),
    },
}
KIND_WORDS = {
    ZH: {"limitation": "时效", "hearing": "开庭", "evidence": "举证期限", "meeting": "会议", "other": "其他"},
    EN: {
        "limitation": "Limitation",
        "hearing": "Hearing",
        "evidence": "Evidence deadline",
        "meeting": "Meeting",
        "other": "Other",
    },
}
PLACES = {
    ZH: ("第三法庭", "仲裁委二号庭", "本所会议室"),
    EN: ("Court 3", "Arbitration room 2", "Our meeting room"),
}
FOR = {ZH: ("首期律师费", "中期律师费", "尾款"), EN: ("First instalment", "Second instalment", "Balance")}
SUMMARY = {
    ZH: "委托人的目标是尽快了结并控制费用。先行谈判，未果后提交全部证据；结果与签约时的预期相符。",
    EN: "The client wanted it settled soon and at a known cost. We negotiated first, then filed with all evidence; "
    "the outcome is what was expected when we were instructed.",
}
LESSONS = {
    ZH: "证据清单要在收案一周内列全；每两周主动汇报一次，客户电话明显减少。",
    EN: "List the evidence within a week of acceptance. A report every two weeks kept the client from having to call.",
}
PLAN = {
    ZH: (
        "服务方案",
        "一、两周内完成证据清单与风险评估；二、每两周书面汇报；三、谈判与程序并行；四、结案后复盘。",
        "汇报及时，费用清楚。",
        "汇报中增加下一步费用预估。",
    ),
    EN: (
        "Service plan",
        "Evidence list and risk assessment within two weeks; a written report every two weeks; negotiation alongside the "
        "proceedings; a review after the end.",
        "Reports come on time and fees are clear.",
        "Reports now estimate the cost of the next step.",
    ),
}
REASONS = {
    ZH: {"clear": "经核对，只是名称相近，并非同一主体。", "waived": "双方均已书面同意，并由不同团队办理。"},
    EN: {
        "clear": "Looked into: the names are alike, the people are not the same.",
        "waived": "Both sides agreed in writing, and different teams act.",
    },
}
PROSPECT = ("海岳置业有限公司", "拟委托：股权纠纷", "对方是我们的长期客户，不予接受。")
# how the newest invoice of an open matter stands: days it is overdue (the rungs of the ladder), to come, or paid
NEWEST = (None, -12, 3, None, 10, -25, 20, None, 45, -3)
FEES = {"litigation": "staged", "non_contentious": "fixed", "retainer": "retainer", "advice": "hourly"}
LIMITATION = (12, 26, 75, 180, 400)
STILL_WAITING = 2


@dataclass(slots=True)
class CaseFile:
    """Days as ordinals."""

    dates: list[tuple] = field(default_factory=list)  # kind, title, place, day, done on
    milestones: list[tuple] = field(default_factory=list)  # title, due, reached
    invoices: list[tuple] = field(
        default_factory=list
    )  # number, what for, amount, issued, due, received, received on
    fee_basis: str = ""
    agreed_fee: int = 0
    ends_on: int | None = None

    def next_date(self, language: str) -> tuple[int, str] | None:
        """Day and words of the first date that is not done."""
        kinds = KIND_WORDS[language]
        ahead = [(day, title or kinds[kind]) for kind, title, _place, day, done in self.dates if not done]
        return min(ahead, default=None)


def case_file(matter: MatterStory, language: str, turn: int, today: int) -> CaseFile:
    random = Random(f"file {matter.number} {matter.accepted} {turn}")
    found = CaseFile(fee_basis=FEES[matter.service_type], agreed_fee=random.randrange(20, 360) * 1_000)
    last = matter.closed or today
    if matter.service_type == "retainer":
        years = 1 + max(0, today - matter.accepted) // 365
        found.ends_on = matter.accepted + 365 * years
    found.dates = list(_dates(matter, language, turn, today))
    found.milestones = list(_milestones(matter, language, last, today))
    found.invoices = list(_invoices(matter, language, turn, last, today, found.agreed_fee))
    return found


def _dates(matter: MatterStory, language: str, turn: int, today: int):
    """The next date of the story first; what lies behind is done."""
    place = PLACES[language][turn % 3]
    if matter.next_day and not matter.closed:
        yield "other", matter.next_note, "", matter.next_day, None
    if matter.service_type == "litigation":
        evidence = matter.accepted + 30
        if evidence <= (matter.closed or today) - 5:
            yield "evidence", "", "", evidence, evidence - 2
        if not matter.closed:
            if turn % 2 == 0:
                yield "limitation", "", "", today + LIMITATION[turn // 2 % len(LIMITATION)], None
            yield "hearing", "", place, today + 9 + turn % 60, None
    elif matter.accepted + 7 <= (matter.closed or today):
        yield "meeting", "", PLACES[language][2], matter.accepted + 7, matter.accepted + 7


def _milestones(matter: MatterStory, language: str, last: int, today: int):
    titles = MILESTONES[matter.service_type][language]
    step = max(20, (last - matter.accepted) // len(titles) if matter.closed else 45)
    for place, title in enumerate(titles, start=1):
        due = matter.accepted + place * step
        if due <= last:
            yield title, due, due
        elif not matter.closed:
            yield title, max(due, today + 10 * place), None


def _invoices(matter: MatterStory, language: str, turn: int, last: int, today: int, fee: int):
    """Instalments each half-year; all paid but perhaps the newest of an open matter."""
    number, part = matter.number or f"M{matter.accepted}", round(fee / 3, -2)
    days = list(range(matter.accepted + 14, last - 45, 180))[:2]
    for place, issued in enumerate(days):
        paid = issued + 21
        yield f"{number}-{place + 1}", FOR[language][place], part, issued, issued + 30, part, paid
    newest = NEWEST[turn % len(NEWEST)]
    if matter.closed or newest is None or matter.accepted > today - 20:
        return
    due = today - newest
    issued = max(matter.accepted, min(today, due) - 30)
    received = part // 2 if turn % 4 == 2 else 0
    received_on = min(today, issued + 20) if received else None
    what = FOR[language][min(len(days), 2)]
    yield f"{number}-{len(days) + 1}", what, part, issued, due, received, received_on


def _day(ordinal: int | None) -> date | None:
    return date.fromordinal(ordinal) if ordinal else None


# -- the firm that is lived through -------------------------------------------------------------------------


def tell_casework(cast, lives) -> None:
    today, open_matters = clock.today().toordinal(), 0
    for life in lives:
        language = life.story.language
        for place, matter in life.matters.items():
            story, turn = life.story.matters[place], life.story.number + place
            _file(matter, story, case_file(story, language, turn, today), language)
            if not story.closed:
                open_matters += 1
                if open_matters % 3 == 0:
                    _plan(matter, language, answered=open_matters % 2 == 0)
    _decide(cast, {life.client.pk: life.story.language for life in lives})
    _refuse(cast, lives)


def _file(matter: Matter, story: MatterStory, found: CaseFile, language: str) -> None:
    by = matter.responsible
    has_next = matter.key_dates.exists()  # made when the matter was opened
    KeyDate.objects.bulk_create(
        KeyDate(matter=matter, kind=kind, title=title, place=place, on=_day(day), done_on=_day(done),
                done_by=by if done else None, owner=by)
        for kind, title, place, day, done in found.dates
        if not (has_next and title and title == story.next_note)
    )  # fmt: skip
    Milestone.objects.bulk_create(
        Milestone(matter=matter, title=title, due_on=_day(due), reached_on=_day(reached))
        for title, due, reached in found.milestones
    )
    Receivable.objects.bulk_create(
        Receivable(matter=matter, invoice_number=number, title=title, amount=amount, issued_on=_day(issued),
                   due_on=_day(due), received=received, received_on=_day(on), made_by=by)
        for number, title, amount, issued, due, received, on in found.invoices
    )  # fmt: skip
    told = {"closing_summary": SUMMARY[language], "lessons": LESSONS[language]} if story.closed else {}
    Matter.objects.filter(pk=matter.pk).update(
        fee_basis=found.fee_basis, agreed_fee=found.agreed_fee, ends_on=_day(found.ends_on), **told
    )
    if not story.closed:
        with translation.override(language):
            retell_dates(matter)


def _plan(matter: Matter, language: str, *, answered: bool) -> None:
    title, content, feedback, improvement = PLAN[language]
    begun = matter.accepted_on + timedelta(days=5)
    agreed = {"agreed_on": begun, "feedback": feedback, "improvement": improvement} if answered else {}
    save_plan(
        matter,
        by=matter.responsible,
        needs=[need for need in needs_of(matter.client) if need.status == "planned"][:2],
        people=[matter.responsible],
        title=title,
        content=content,
        starts_on=begun,
        ends_on=begun + timedelta(days=240),
        fee=matter.agreed_fee,
        **agreed,
    )


def _decide(cast, languages: dict) -> None:
    """Checks with hits are decided within days; the newest wait still."""
    waiting = ConflictCheck.objects.filter(decision="", is_current=True).order_by("-run_at")
    for number, check in enumerate(list(waiting)[STILL_WAITING:]):
        grave = number % 3 == 1 or check.hits.filter(adverse=True).exists()
        decision = "waived" if grave else "clear"
        reason = REASONS[languages.get(check.client_id, ZH)][decision]
        with clock.standing_at(min(clock.now(), check.run_at + timedelta(days=1))):
            decide_check(check, by=cast["partner"], decision=decision, reason=reason)


def _refuse(cast, lives) -> None:
    """A prospect who wanted to proceed against a client of many years."""
    known = next((life for life in lives if life.story.responsible > 1), None)
    if known is None:
        return
    name, purpose, reason = PROSPECT
    with clock.standing_at(clock.now() - timedelta(days=6)):
        subjects = subjects_of_names(None, {"": [name], "opposing": [known.client.name]})
        check = run_check(subjects, by=cast.lawyers[0], purpose=purpose)
        if not check.decision:
            decide_check(check, by=cast["partner"], decision="refused", reason=reason)
