"""What kind of organisation a name speaks of, where a list does not say. A supposition, shown as one."""

import re

from clients.enums import ClientKind

_SIGNS = (
    # companies first: 医院管理有限公司 is no hospital
    (ClientKind.PRIVATE, re.compile(r"公司$|集团$|企业$|律师事务所|会计师事务所|事务所$|\b(?:ltd|inc|llc|llp|plc|gmbh|co)\b", re.I)),
    (ClientKind.SOLE_TRADER, re.compile(r"经营部$|个体|商行$|(?:小吃|便利|理发|饭|水果)店$")),
    (ClientKind.PUBLIC_INSTITUTION, re.compile(
        r"医院$|大学$|学院$|学校$|中学$|小学$|幼儿园$|研究院$|研究所$|图书馆$|博物馆$|\b(?:university|college|hospital|school)\b",
        re.I)),
    (ClientKind.SOCIAL_ORGANISATION, re.compile(
        r"协会$|商会$|学会$|基金会$|联合会$|促进会$|工会|\b(?:association|foundation|society|chamber of commerce|federation)\b",
        re.I)),
    (ClientKind.DEPARTMENT, re.compile(
        r"人民政府|委员会$|[一-鿿]{2,}(?:局|厅|法院|检察院|管委会|街道办事处)$|\b(?:ministry|municipal|city council|government)\b",
        re.I)),
)  # fmt: skip


def likely_kind(name: str) -> str:
    """The kind an organisation of this name most likely is."""
    return next((kind for kind, sign in _SIGNS if sign.search(name)), ClientKind.PRIVATE)
