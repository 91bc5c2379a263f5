"""Who stands around the demo firm's clients: groups, families, referrers, other counsel, former addresses, tags."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from clients.actions.clients import update_client
from clients.actions.duplicates import find_next
from clients.actions.facts import add_fact, end_fact
from clients.actions.links import add_link
from clients.actions.upkeep import add_counsel, log_disclosure
from lawcrm.desk.demo import names
from lawcrm.desk.demo.notes import EN, ZH
from lawcrm.firm import clock

COMPANIES = ("private", "state_owned", "foreign_invested")
OTHER_FIRMS = {
    ZH: (("正衡律师事务所", "知识产权"), ("汇诚律师事务所", "劳动争议"), ("海天律师事务所", "税务")),
    EN: (("Hartley Finch LLP", "Competition"), ("Voss & Partner", "Patents"), ("Meridian Law", "Tax")),
}
DISCLOSED = {
    ZH: ("年审会计师事务所", "涉诉事项及律师费余额", "年度审计询证"),
    EN: ("The auditors", "Pending matters and fees outstanding", "Audit confirmation"),
}
TWINS = 2
SHARES = ("35 %", "51 %", "20 %")
FAMILY = {ZH: ("配偶", "兄弟", "女儿"), EN: ("husband", "brother", "daughter")}


def tell_network(lives) -> None:
    random = Random(815)
    companies = [life for life in lives if life.story.fields["kind"] in COMPANIES]
    for number, life in enumerate(lives):
        by = life.client.responsible
        if life in companies:
            _around_company(life, companies, number, random, by)
        elif life.story.fields["kind"] == "person" and number % 3 == 0:
            _family(life, random, by)
        if number % 7 == 0:
            firm, what = random.choice(OTHER_FIRMS[life.story.language])
            add_counsel(life.client, by=by, firm_name=firm, serves_for=what)
        if life.client.consent_disclosure and number % 2:
            recipient, what, purpose = DISCLOSED[life.story.language]
            on = clock.today() - timedelta(days=random.randrange(20, 200))
            if on >= life.client.consent_on:
                log_disclosure(life.client, by=by, on=on, recipient=recipient, what=what, purpose=purpose)
    _referrals(lives, random)
    _moved(lives, random)
    _twins(companies)


def _around_company(life, companies, number: int, random: Random, by) -> None:
    other = companies[(number * 13 + 5) % len(companies)]
    if number % 5 == 0 and other is not life:
        add_link(by=by, kind="group_company", from_client=life.client, to_client=other.client)
    if number % 4 == 1 and life.people:
        add_link(
            by=by,
            kind="shareholder",
            from_person=life.people[0],
            to_client=life.client,
            note=random.choice(SHARES),
        )
    if number % 6 == 2 and life.story.matters and life.story.matters[0].opposing:
        add_link(
            by=by,
            kind="opposing_party",
            from_name=life.story.matters[0].opposing,
            to_client=life.client,
            outside_kind="organisation",
        )
    if number % 8 == 3 and other.people:
        add_link(by=by, kind="business_partner", from_person=other.people[0], to_client=life.client)


def _family(life, random: Random, by) -> None:
    chinese = life.story.language == ZH
    relative = names.chinese_person(random) if chinese else names.foreign_person(random)
    add_link(
        by=by,
        kind="family",
        from_name=relative.name,
        to_client=life.client,
        outside_kind="person",
        note=random.choice(FAMILY[ZH if chinese else EN]),
    )


def _referrals(lives, random: Random) -> None:
    """Some of those who were referred came through a client the firm had already."""
    referred = [life for life in lives if life.story.fields.get("source") == "referred"]
    for life in referred[::2]:
        earlier = [other for other in lives if other.story.known < life.story.known]
        if not earlier:
            continue
        life.client.refresh_from_db()
        update_client(
            life.client,
            by=life.client.responsible,
            version=life.client.version,
            changes={"referrer_client": random.choice(earlier).client},
        )


def _moved(lives, random: Random) -> None:
    """A second number for some, and a former address for a few."""
    for number, life in enumerate(lives):
        by, story = life.client.responsible, life.story
        if number % 9 == 1:
            label = "助理" if story.language == ZH else "assistant"
            add_fact(life.client, by=by, kind="phone", value=names.mobile(random), label=label)
        if number % 11 == 4 and story.fields.get("address"):
            city, city_en, *_ = random.choice(names.CITIES)
            former = f"{city}市{random.choice(names.ROADS)}{random.randrange(1, 300)}号"
            if story.language == EN:
                former = f"{random.choice(names.ROADS_EN)}, {city_en}"
            fact = add_fact(life.client, by=by, kind="address", value=former)
            if fact:
                end_fact(fact, by=by, on=clock.today() - timedelta(days=random.randrange(90, 700)))


def _twins(companies) -> None:
    """Two clients the firm took down twice, each time a little differently, for the steward to find."""
    by_lawyer = {}
    pairs = []
    for life in companies:
        earlier = by_lawyer.setdefault(life.client.responsible_id, life)
        if earlier is not life and life.story.language == earlier.story.language == ZH:
            pairs.append((earlier, life))
            del by_lawyer[life.client.responsible_id]
    for first, second in pairs[:TWINS]:
        first.client.refresh_from_db()
        second.client.refresh_from_db()
        name = first.client.name.replace("有限责任公司", "有限公司").replace("股份有限公司", "有限公司")
        changes = {
            "name": name,
            "phone": first.client.phone,
            "latin_name": "",
            "registration_number": "",
        }
        update_client(
            second.client, by=second.client.responsible, version=second.client.version, changes=changes
        )
    cursor = {}
    while find_next(cursor):
        pass
