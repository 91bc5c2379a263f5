"""The people of the demo firm: the cast everybody signs in as, and the lawyers around them."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from clients.rules.names import romanised
from lawcrm.desk.demo.names import GIVEN_FEMALE, GIVEN_MALE, SURNAMES
from lawcrm.firm.roles import Role, Scope

PASSWORD = "lawcrm-demo-firm"  # noqa: S105  it is printed beside the address
MAIL_DOMAIN = "heng-tai.example"
LAWYERS = 40
CLIENTS_PER_LAWYER = 250  # of a large firm

# name, Chinese name, parent; the order is from the root down
DEPARTMENTS = (
    ("Hengtai Law Firm", "衡泰律师事务所", ""),
    ("Corporate and Commercial", "公司与商事部", "Hengtai Law Firm"),
    ("Mergers and Financing", "并购与融资组", "Corporate and Commercial"),
    ("Foreign Investment", "外商投资组", "Corporate and Commercial"),
    ("Intellectual Property", "知识产权组", "Corporate and Commercial"),
    ("Dispute Resolution", "争议解决部", "Hengtai Law Firm"),
    ("Commercial Litigation", "商事诉讼组", "Dispute Resolution"),
    ("Arbitration", "仲裁组", "Dispute Resolution"),
    ("Criminal Defence", "刑事辩护组", "Dispute Resolution"),
    ("Private Clients", "私人客户部", "Hengtai Law Firm"),
    ("Family and Succession", "家事与传承组", "Private Clients"),
    ("Labour", "劳动人事组", "Private Clients"),
    ("Public Law", "行政与公共部", "Hengtai Law Firm"),
    ("Client Service", "客户服务部", "Hengtai Law Firm"),
)
# where lawyers work, and which kinds of client go there first
TEAMS = (
    ("Commercial Litigation", "Dispute Resolution", {"private", "state_owned", "sole_trader"}),
    ("Foreign Investment", "Corporate and Commercial", {"foreign_invested"}),
    ("Mergers and Financing", "Corporate and Commercial", {"private", "state_owned"}),
    ("Intellectual Property", "Corporate and Commercial", {"private", "foreign_invested"}),
    ("Arbitration", "Dispute Resolution", {"foreign_invested", "private"}),
    ("Criminal Defence", "Dispute Resolution", {"person"}),
    ("Family and Succession", "Private Clients", {"person", "sole_trader"}),
    ("Labour", "Private Clients", {"person", "private"}),
    ("Public Law", "Public Law", {"department", "public_institution", "social_organisation"}),
)


@dataclass(frozen=True, slots=True)
class PersonPlan:
    """Somebody of the firm about to be added; `supervisor` is a user name."""

    username: str
    given_name: str
    family_name: str
    name_zh: str
    role: str
    department: str
    supervisor: str = ""
    scope: str = ""
    language: str = ""

    @property
    def email(self) -> str:
        return f"{self.username}@{MAIL_DOMAIN}"


CAST = (
    PersonPlan("admin", "Grace", "Lin", "林悦", Role.ADMINISTRATOR, "Hengtai Law Firm"),
    PersonPlan("partner", "Jianguo", "Zhao", "赵建国", Role.PARTNER, "Hengtai Law Firm"),
    PersonPlan("manager", "Min", "Sun", "孙敏", Role.MANAGER, "Client Service", "partner"),
    PersonPlan("specialist", "Yu", "He", "何雨", Role.SPECIALIST, "Client Service", "manager"),
    PersonPlan("auditor", "Qiang", "Wu", "吴强", Role.AUDITOR, "Hengtai Law Firm"),
)
HEADS = (
    PersonPlan(
        "zhou.wenbo",
        "Wenbo",
        "Zhou",
        "周文博",
        Role.PARTNER,
        "Corporate and Commercial",
        "partner",
        Scope.DEPARTMENT,
    ),
    PersonPlan(
        "xu.huimin", "Huimin", "Xu", "徐慧敏", Role.PARTNER, "Dispute Resolution", "partner", Scope.DEPARTMENT
    ),
    PersonPlan(
        "guo.ruian", "Rui'an", "Guo", "郭瑞安", Role.PARTNER, "Private Clients", "partner", Scope.DEPARTMENT
    ),
    PersonPlan("he.lixin", "Lixin", "He", "贺立新", Role.PARTNER, "Public Law", "partner", Scope.DEPARTMENT),
)
KNOWN_LAWYERS = (
    PersonPlan("lawyer", "Wei", "Chen", "陈伟", Role.LAWYER, "Commercial Litigation", "xu.huimin"),
    PersonPlan("lawyer2", "Na", "Li", "李娜", Role.LAWYER, "Foreign Investment", "zhou.wenbo"),
)


def lawyers_for(clients: int) -> int:
    """Forty in a firm of any common size; a very large one has as many as its clients need."""
    return max(LAWYERS, clients // CLIENTS_PER_LAWYER)


def lawyers(number: int, seed: int) -> list[PersonPlan]:
    """So many lawyers, Chen Wei and Li Na first, spread over the teams under the heads of their departments."""
    random = Random(f"lawyers {seed}")
    head_of = {head.department: head.username for head in HEADS}
    plans, taken = list(KNOWN_LAWYERS), {plan.username for plan in (*CAST, *HEADS, *KNOWN_LAWYERS)}
    while len(plans) < number:
        department, parent, _kinds = TEAMS[len(plans) % len(TEAMS)]
        name = random.choice(SURNAMES) + random.choice(random.choice((GIVEN_FEMALE, GIVEN_MALE)))
        family, given = romanised(name).split()
        username = _free(f"{family}.{given}".casefold(), taken)
        language = random.choice(("", "", "zh-hans", "en"))
        plans.append(
            PersonPlan(
                username, given, family, name, Role.LAWYER, department, head_of[parent], language=language
            )
        )
    return plans


def _free(username: str, taken: set[str]) -> str:
    free, number = username, 2
    while free in taken:
        free, number = f"{username}{number}", number + 1
    taken.add(free)
    return free


def usernames(clients_at_most: int = 0) -> set[str]:
    """The cast's user names: by them a demo firm is known."""
    return {plan.username for plan in (*CAST, *HEADS, *KNOWN_LAWYERS)}
