"""Five hundred variants of names on record, planted by seed: a conflict check finds at least 99 of 100."""

from itertools import cycle

import pytest

from clients.actions.links import add_link
from clients.rules.names import readings_of, split_legal_form
from clients.rules.scripts import _SIMPLIFIED, _TRADITIONAL
from matters.queries.conflicts import Subject, search
from tests.clients.build import make_client, make_client_person
from tests.matters.build import make_matter
from tests.people import make_person

pytestmark = pytest.mark.django_db

_TO_TRADITIONAL = str.maketrans(dict(zip(reversed(_SIMPLIFIED), reversed(_TRADITIONAL), strict=True)))
FORMS = ("有限公司", "有限责任公司", "股份有限公司")
BRANDS = (
    "远洋", "腾达", "华盛", "鼎新", "瑞丰", "博雅", "金桥", "汇通", "长河", "明德", "宏图", "启航", "星海", "同创", "泰和",
    "安信", "恒源", "嘉禾", "卓越", "天成",
)  # fmt: skip
PLACES = ("北京", "上海", "深圳市", "浙江", "广东省")
TRADES = ("科技", "贸易", "建设工程", "文化传媒")
PEOPLE = (
    "张伟强", "李秀英", "王建国", "刘晓东", "陈志远", "欧阳文静", "诸葛明", "赵丽华", "黄国庆", "周雪梅", "吴俊杰", "徐静怡",
    "孙浩然", "马超群", "朱红梅", "胡家辉", "郭玉兰", "林志强", "何晓燕", "高建军",
)  # fmt: skip
LATIN = (
    "Harbour Shipping Ltd", "Northwind Traders Inc", "Blue Ridge Capital LLC", "Meridian Foods GmbH", "Kestrel Air plc",
    "Silverlake Mining Corp", "Redwood Timber Co., Ltd.", "Atlas Paper BV", "Orchid Hotels Pte Ltd", "Falcon Steel AG",
)  # fmt: skip
WESTERN = ("Margaret Thornton", "Oliver Bennett", "Chiara Romano", "Jürgen Müller", "Anne-Marie Dubois")


def traditional(name: str) -> str:
    return name.translate(_TO_TRADITIONAL)


def pinyin(name: str, *, is_person: bool, spaced: bool) -> str:
    syllables = readings_of(split_legal_form(name)[0], is_person=is_person)[0]
    if spaced:
        return " ".join(syllables).title()
    family = 2 if name.startswith(("欧阳", "诸葛")) else 1
    if is_person:
        return f"{''.join(syllables[:family]).title()} {''.join(syllables[family:]).title()}"
    return "".join(syllables).title()


def company_variants(name: str, brand: str):
    stem, form = split_legal_form(name)
    yield name
    yield traditional(name)
    yield stem + next(other for other in FORMS if other != form)
    yield stem
    yield f"{brand}（集团）有限公司"
    yield brand
    yield f" {stem}　{form} "
    yield pinyin(brand, is_person=False, spaced=True) + " Co., Ltd."
    yield pinyin(name, is_person=False, spaced=False)
    yield pinyin(name, is_person=False, spaced=True) + " Youxian Gongsi"
    yield traditional(stem) + "股份有限公司"
    yield stem[:2] + "市" + stem[2:] + form if stem[2:3] != "市" else stem.replace("市", "") + form


def person_variants(name: str):
    given_last = pinyin(name, is_person=True, spaced=False)
    yield name
    yield traditional(name)
    yield given_last
    yield " ".join(reversed(given_last.split()))
    yield given_last.upper()
    yield pinyin(name, is_person=True, spaced=True)
    yield " ".join(name)
    yield traditional(name)[:1] + "　" + name[1:]


def latin_variants(name: str):
    stem = split_legal_form(name)[0]
    yield name
    yield name.upper()
    yield stem
    yield stem.title() + " Holdings Limited"
    yield stem.replace(" ", "")
    yield stem[:3] + stem[4:]
    yield "The " + stem.title() + ", Inc."
    yield name.split()[0] + " Group"


def western_variants(name: str):
    family, given = name.split()[-1], " ".join(name.split()[:-1])
    yield name
    yield f"{family}, {given}"
    yield name.upper()
    yield name.replace("ü", "u").replace("-", " ")


@pytest.fixture
def planted():
    """The firm's names, each in one of the places a check reads, and the variants asked for each."""
    lawyer = make_person("lawyer")
    host = make_client(lawyer, name="立信会计师事务所")
    matter = make_matter(host, title="Planted")
    plants = cycle(("client", "former", "party", "network"))
    asked = []
    for number, brand in enumerate(BRANDS):
        name = PLACES[number % 5] + brand + TRADES[number % 4] + FORMS[number % 3]
        key = plant(next(plants), name, lawyer, host, matter, number)
        asked += [(key, variant) for variant in company_variants(name, brand)]
    for number, name in enumerate(PEOPLE):
        key = plant(("person", "client", "party", "network")[number % 4], name, lawyer, host, matter, number)
        asked += [(key, variant) for variant in person_variants(name)]
    for number, name in enumerate(LATIN):
        key = plant(next(plants), name, lawyer, host, matter, number)
        asked += [(key, variant) for variant in latin_variants(name)]
    for number, name in enumerate(WESTERN):
        key = plant(("person", "party")[number % 2], name, lawyer, host, matter, number)
        asked += [(key, variant) for variant in western_variants(name)]
    for number, brand in enumerate(BRANDS[:10]):
        parent = make_client(lawyer, name=f"{brand}母公司甲{number}")
        child = make_client(lawyer, name=f"蓝鲸第{number}百货商行")
        add_link(by=lawyer, kind="group_company", from_client=parent, to_client=child)
        asked += [
            (("client", child.pk), f"{brand}母公司甲{number}有限公司"),
            (("client", child.pk), f"蓝鲸第{number}百货"),
        ]
    return asked


def plant(where: str, name: str, lawyer, host, matter, number: int):
    """Puts the name where a check must find it; returns the key its hit must have."""
    kind = "person" if name in PEOPLE + WESTERN else "private"
    if where == "client":
        return ("client", make_client(lawyer, name=name, kind=kind).pk)
    if where == "former":
        fields = {"former_names": [name], "kind": kind}
        return ("client", make_client(lawyer, name=f"改名后第{number}号商社", **fields).pk)
    if where == "person":
        return ("person", make_client_person(host, name).pk)
    if where == "party":
        side = "person" if kind == "person" else "organisation"
        made = matter.parties.create(role="opposing", kind=side, name=name)
        return ("party", made.pk)
    outside = "person" if kind == "person" else "organisation"
    link = add_link(by=lawyer, kind="shareholder", from_name=name, outside_kind=outside, to_client=host)
    return ("link", link.pk)


def test_of_five_hundred_variants_hardly_one_is_missed(planted):
    missed = []
    for key, variant in planted:
        if key not in {found.key for found in search(Subject(variant))}:
            missed.append((key[0], variant))
    assert len(planted) >= 500
    assert len(missed) / len(planted) <= 0.01, missed
