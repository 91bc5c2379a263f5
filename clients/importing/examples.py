"""The example rows of the templates: clients that nobody has, known by their names and left out when read."""

from collections.abc import Callable

from clients.enums import BusinessField, ClientKind, CompanySize, Grade, PersonRole, ServiceType, Source
from clients.models import ImportRun

_NAMES = {
    "en": "Example Trading Ltd (example row, left out)",
    "zh-hans": "示例贸易有限公司（示例行，导入时略过）",
}


def example_client(language: str) -> str:
    return _NAMES.get(language, _NAMES["en"])


def _client(language: str) -> dict:
    is_english = language == "en"
    return {
        "name": example_client(language),
        "latin_name": "" if is_english else "Example Trading Ltd",
        "kind": ClientKind.PRIVATE,
        "business_fields": [BusinessField.COMMERCIAL, BusinessField.CIVIL],
        "service_types": [ServiceType.RETAINER],
        "source": Source.REFERRED,
        "referred_by": "Anna Bell" if is_english else "王芳",
        "phone": "021-62345678",
        "email": "office@trading.example",
        "client_since": "2024-03-05",
        "grade": Grade.B,
        "address": "1 Harbour Road, Shanghai" if is_english else "上海市黄浦区港湾路1号",
        "industry": "Trade" if is_english else "贸易",
        "company_size": CompanySize.SMALL,
        "note": "Likes to be called before noon." if is_english else "上午联系为宜。",
    }


def _person(language: str) -> dict:
    is_english = language == "en"
    return {
        "client": example_client(language),
        "name": "Anna Bell" if is_english else "王芳",
        "roles": [PersonRole.DECISION_MAKER],
        "position": "General counsel" if is_english else "法务总监",
        "phone": "13800138000",
        "email": "anna@trading.example",
        "birth_date": "1980-05",
    }


def _contact(language: str) -> dict:
    return {
        "client": example_client(language),
        "at": "2026-03-05 14:30",
        "note": "Asked about the new lease." if language == "en" else "咨询新的租赁合同。",
    }


EXAMPLES: dict[str, Callable[[str], dict]] = {
    ImportRun.Kind.CLIENTS: _client,
    ImportRun.Kind.PEOPLE: _person,
    ImportRun.Kind.CONTACTS: _contact,
}
