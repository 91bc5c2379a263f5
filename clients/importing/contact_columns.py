"""People named in the rows of a client list (联系人, 联系人手机): a list of their own, beside the clients they are at."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from clients.importing.kinds import Kind, recognise
from clients.importing.words import fold, folded
from lawcrm.firm.spreadsheets.reader import Row

_WORDS = {
    "name": "Contact; Contact name; Contact person; Name of contact; 联系人; 联系人姓名; 对接人; 对接人姓名; 經辦人; 联系人名称",
    "phone": "Contact phone; Contact mobile; Contact telephone; Phone of contact; 联系人电话; 联系人手机; 联系人手机号; "
    "联系人手机号码; 联系人联系方式; 联系人联系电话; 对接人电话; 对接人手机",
    "email": "Contact email; Contact e-mail; Email of contact; 联系人邮箱; 联系人电子邮箱; 对接人邮箱",
    "wechat": "Contact WeChat; 联系人微信; 联系人微信号; 对接人微信",
    "position": "Contact title; Contact position; Contact job title; 联系人职务; 联系人职位; 联系人岗位; 对接人职务",
    "roles": "Contact role; 联系人角色; 对接人角色",
}  # fmt: skip
_FIELDS = folded(_WORDS)
_WHOSE = {"name": "client", "registration_number": "client_number"}  # column of the client -> of the person


def contact_columns(titles: Sequence[str], columns: Mapping[int, str]) -> dict[int, str]:
    """Column -> field of people; nothing where no column names them. `columns`: those that say something of the client."""
    found: dict[int, str] = {}
    for index, title in enumerate(titles):
        name = _FIELDS.get(fold(title))
        if name and index not in columns and name not in found.values():
            found[index] = name
    if "name" not in found.values():
        return {}
    return found | {index: _WHOSE[name] for index, name in columns.items() if name in _WHOSE}


def names_of_contacts(titles: Sequence[str], found: Mapping[int, str]) -> list[str]:
    """The headings that speak of people alone."""
    return [titles[index] for index, name in sorted(found.items()) if name not in _WHOSE.values()]


def of_clients_alone(rows: Iterable[Row], titles: Sequence[str], columns: Mapping[int, str]) -> Iterable[Row]:
    """The rows but those that only name one more person at the client of the row above."""
    found = contact_columns(titles, columns)
    return (row for row in rows if not _is_one_more(row, found, columns)) if found else rows


def _is_one_more(row: Row, found: Mapping[int, str], columns: Collection[int]) -> bool:
    named = any(row[index].text.strip() for index, name in found.items() if name == "name")
    return named and not any(row[index].text.strip() for index in columns)


def of_people_alone(
    rows: Iterator[Row], kind: str, titles: Sequence[str], columns: Mapping[int, str]
) -> Iterable[Row]:
    """Of a client list read for its people: the rows that name one."""
    if kind != Kind.PEOPLE or recognise(list(titles)) != Kind.CLIENTS:
        return rows
    name = next(index for index, field in columns.items() if field == "name")
    return (row for row in rows if row[name].text.strip())
