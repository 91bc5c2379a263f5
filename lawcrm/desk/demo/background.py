"""What else is known of the demo firm's clients: how to reach them, what they do, why the firm may keep all this.

Told by a chance of its own, so that a new detail here leaves every other story as it was.
"""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from lawcrm.desk.demo import names
from lawcrm.desk.demo.notes import EN, ZH

KNOWN_WELL = 0.6  # of the clients somebody has asked more than the form did
EDUCATION = {
    ZH: ("法学本科", "工商管理硕士", "会计专科", "工科硕士", "高中"),
    EN: ("LL.B.", "MBA", "BSc Engineering", "MA Economics", "Chartered accountant"),
}
INTERESTS = {
    ZH: ("喝茶、书法", "跑步，每年一次马拉松", "羽毛球", "摄影", "带孩子学围棋", "钓鱼"),
    EN: (
        "Sailing",
        "Jazz, plays the piano",
        "Runs a marathon every year",
        "Wine",
        "Football with the children",
    ),
}
POSITIONS = {
    ZH: ("总经理", "财务主管", "工程师", "医生", "教师", "销售总监"),
    EN: ("Managing director", "Head of finance", "Engineer", "Doctor", "Teacher", "Sales director"),
}
HOURS = {
    ZH: ("工作日上午", "下午三点以后", "晚上八点前", "周末也可以"),
    EN: ("weekday mornings", "after 3 p.m.", "not before 10 a.m.", "weekends are fine"),
}
PURPOSES = {ZH: "办理委托事项及后续服务", EN: "Acting on the instructions and looking after the client"}
COVERED = {ZH: "可向审计机构和合作律所提供必要信息", EN: "What is needed, to auditors and co-counsel"}
CHANNELS = ("phone", "phone", "instant_message", "email", "face_to_face", "video")
SIZES = ("micro", "small", "small", "medium", "medium", "large")
STANDING = ("good", "good", "good", "average", "average", "doubtful")


def background_of(telling, profile: dict[str, Any]) -> dict[str, Any]:
    """Further fields of a client; a third of them are known no better than the form asked."""
    random = Random(f"background {telling.number}")
    if random.random() > KNOWN_WELL:
        return {}
    known = _person(telling, random) if telling.kind == "person" else _organisation(telling, profile, random)
    return {
        **known,
        "preferred_channel": random.choice(CHANNELS),
        "preferred_hours": random.choice(HOURS[telling.language]) if random.random() < 0.5 else "",
        **_consent(telling, random),
    }


def _person(telling, random: Random) -> dict[str, Any]:
    city, city_en, _area, _region = random.choice(names.CITIES)
    industry, industry_en, _field = random.choice(names.INDUSTRIES)
    brand = names.brand(random)
    employer = f"{city}{brand}{industry}有限公司" if telling.chinese else f"{city_en} {industry_en} Ltd."
    return {
        "employer": employer if random.random() < 0.7 else "",
        "position": random.choice(POSITIONS[telling.language]),
        "education": random.choice(EDUCATION[telling.language]) if random.random() < 0.5 else "",
        "interests": random.choice(INTERESTS[telling.language]) if random.random() < 0.6 else "",
    }


def _organisation(telling, profile: dict[str, Any], random: Random) -> dict[str, Any]:
    if telling.kind in ("department", "public_institution", "social_organisation"):
        return {}
    _name, _at, domain = profile.get("email", "").partition("@")
    return {
        "company_size": random.choice(SIZES),
        "credit_standing": random.choice(STANDING) if random.random() < 0.6 else "",
        "website": f"https://www.{domain}" if domain else "",
    }


def _consent(telling, random: Random) -> dict[str, Any]:
    if random.random() < 0.3:
        return {}
    told = {"purpose_of_processing": PURPOSES[telling.language], "consent_basis": "contract"}
    if random.random() < 0.5:
        told |= {
            "consent_basis": "consent",
            "consent_on": date.fromordinal(telling.known),
            "consent_form": random.choice(("written", "written", "electronic")),
            "consent_disclosure": random.random() < 0.5,
        }
    if told.get("consent_disclosure"):
        told["consent_note"] = COVERED[telling.language]
    return told
