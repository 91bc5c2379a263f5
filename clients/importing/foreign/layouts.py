"""Which program wrote a file, by its headings, and what each of them holds.

The headings are facts of those programs, gathered from their documentation. A file is recognised by a few headings
that only this program writes together; columns it may have besides are used where they stand.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from clients.importing.foreign.cards import ORGANISATION, PERSON, Card
from lawcrm.firm.spreadsheets.headings import fold_heading as fold
from lawcrm.firm.spreadsheets.reader import Row

Slot = tuple[str, ...]  # ("given",) or (group, key, part)
_GROUPS = ("phones", "emails", "addresses", "websites")
_NO_DATE = re.compile(r"0+/0+/0+|00?[-/]0[-/]00?")
_NOT_SAID = {
    fold(word) for word in ("Unspecified", "未指定", "Normal", "普通", "False", "--None--", "-None-")
}


@dataclass(frozen=True)
class Layout:
    """`signs`: headings that must all be there. `slots`: heading -> where its values go; both folded.

    `kind`: what every row is, where the program keeps people and companies apart.
    """

    program: str
    signs: frozenset[str]
    slots: Mapping[str, Slot]
    kind: str = ""
    numbered: tuple[tuple[str, str, str], ...] = ()  # (regular expression with one number, group, part)

    def fits(self, titles: set[str]) -> bool:
        return self.signs <= titles

    def slot_of(self, title: str) -> Slot | None:
        if slot := self.slots.get(fold(title)):
            return slot
        for pattern, group, part in self.numbered:
            if match := re.fullmatch(pattern, title.strip(), re.I):
                return group, match[1], part
        return None


@dataclass
class CardReader:
    """Reads the rows of one file."""

    layout: Layout
    titles: list[str]
    slots: dict[int, Slot] = field(init=False)
    unread: set[int] = field(default_factory=set)

    def __post_init__(self):
        found = {index: self.layout.slot_of(title) for index, title in enumerate(self.titles) if title}
        self.slots = {index: slot for index, slot in found.items() if slot}

    @property
    def left_out(self) -> list[str]:
        """Headings over values that no row was read with."""
        return [self.titles[index] for index in sorted(self.unread)]

    def read(self, row: Row) -> Card:
        card = Card(row.number, kind=self.layout.kind)
        self._note_unread(row)
        for index, slot in self.slots.items():
            text = row[index].text.strip()
            if not text or text == "\ufeff" or fold(text) in _NOT_SAID:
                continue
            if slot[0] == "birthday" and _NO_DATE.fullmatch(text):
                continue
            _put(card, slot, text, self.titles[index])
        card.kind = _KINDS.get(fold(card.texts.pop("kind", "")), card.kind)
        return card

    def _note_unread(self, row: Row) -> None:
        for index, cell in enumerate(row.cells[: len(self.titles)]):
            if index not in self.slots and self.titles[index] and cell.text.strip() not in _PLACEHOLDERS:
                self.unread.add(index)


_PLACEHOLDERS = {"", "0", "False", "0/0/00", "00/0/0", "SMTP", "Normal", "普通", "Unspecified", "未指定"}


def _put(card: Card, slot: Slot, text: str, title: str) -> None:
    if slot[0] not in _GROUPS:
        before = card.texts.get(slot[0])
        card.texts[slot[0]] = f"{before}\n{text}" if before and slot[0] == "note" else before or text
        return
    group, key, part = slot
    entry = card.groups.setdefault(group, {}).setdefault(key, {})
    entry[part] = text
    if part == "value":
        entry.setdefault("label", title)
    elif group == "addresses" and part != "label":
        entry.setdefault("label", str(key))


_KINDS = {fold("Person"): PERSON, fold("Individual"): PERSON, fold("Company"): ORGANISATION,
          fold("Organization"): ORGANISATION, fold("Business"): ORGANISATION}  # fmt: skip


def recognise(titles: list[str]) -> Layout | None:
    folded = {fold(title) for title in titles if title}
    return next((layout for layout in LAYOUTS if layout.fits(folded)), None)


def _folded(words: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words.split(";"))


def _table(**slots: str) -> dict[str, Slot]:
    return {fold(word): (slot,) for slot, words in slots.items() for word in words.split(";")}


def _phones(words: str) -> dict[str, Slot]:
    return {fold(word): ("phones", word.strip(), "value") for word in words.split(";")}


def _emails(words: str) -> dict[str, Slot]:
    return {fold(word): ("emails", word.strip(), "value") for word in words.split(";")}


def _address(key: str, **parts: str) -> dict[str, Slot]:
    return {
        fold(word): ("addresses", key, part) for part, words in parts.items() for word in words.split(";")
    }


# -- Google Contacts ----------------------------------------------------------------------------------------

_GOOGLE_PARTS = {"label": "Label|Type", "whole": "Formatted", "street": "Street", "city": "City", "po_box": "PO Box",
                 "region": "Region", "code": "Postal Code", "country": "Country",
                 "extended": "Extended Address"}  # fmt: skip
GOOGLE = Layout(
    "Google Contacts",
    _folded("Name Prefix;Name Suffix;Nickname;E-mail 1 - Value"),
    _table(
        full_name="Name;File As",
        given="First Name;Given Name",
        middle="Middle Name;Additional Name",
        family="Last Name;Family Name",
        sound_given="Phonetic First Name;Given Name Yomi",
        sound_family="Phonetic Last Name;Family Name Yomi",
        prefix="Name Prefix",
        suffix="Name Suffix",
        nickname="Nickname",
        organisation="Organization Name;Organization 1 - Name",
        department="Organization Department;Organization 1 - Department",
        position="Organization Title;Organization 1 - Title",
        birthday="Birthday",
        sex="Gender",
        note="Notes",
    ),
    numbered=(
        (r"Phone (\d+) - (?:Label|Type)", "phones", "label"),
        (r"Phone (\d+) - Value", "phones", "value"),
        (r"E-mail (\d+) - (?:Label|Type)", "emails", "label"),
        (r"E-mail (\d+) - Value", "emails", "value"),
        (r"Website (\d+) - (?:Label|Type)", "websites", "label"),
        (r"Website (\d+) - Value", "websites", "value"),
        *((rf"Address (\d+) - (?:{title})", "addresses", part) for part, title in _GOOGLE_PARTS.items()),
    ),
)

# -- Outlook ------------------------------------------------------------------------------------------------

_OUTLOOK_PEOPLE = _table(
    prefix="Title;称谓;英文称谓",
    given="First Name;名",
    middle="Middle Name;中间名",
    family="Last Name;姓",
    suffix="Suffix;后缀",
    sound_given="Given Yomi;名 拼音",
    sound_family="Surname Yomi;姓 拼音",
    nickname="Nickname;昵称",
    organisation="Company;单位;公司",
    department="Department;部门",
    position="Job Title;职务",
    birthday="Birthday;生日",
    sex="Gender;性别",
    identity_number="Government ID Number;身份证编号",
    referred_by="Referred By;引用者",
    note="Notes;附注",
)
_OUTLOOK_PHONES = _phones(
    "Mobile Phone;Primary Phone;Business Phone;Business Phone 2;Home Phone;Home Phone 2;Other Phone;Car Phone;"
    "Company Main Phone;Assistant's Phone;Radio Phone;Callback;Business Fax;Home Fax;Other Fax;Pager;ISDN;Telex;"
    "TTY/TDD Phone;移动电话;主要电话;商务电话;商务电话 2;住宅电话;住宅电话 2;其他电话;车载电话;单位主要电话;助理的电话;"
    "无绳电话;回电话;商务传真;住宅传真;其他传真;寻呼机;电报;TTY/TDD 电话"
)
_OUTLOOK_EMAILS = _emails(
    "E-mail Address;E-mail 2 Address;E-mail 3 Address;电子邮件地址;电子邮件 2 地址;电子邮件 3 地址"
)


def _outlook_address(english: str, chinese: str, po_box: str) -> dict[str, Slot]:
    return _address(
        english,
        street=f"{english} Street;{chinese} 街道",
        street2=f"{english} Street 2;{chinese} 街道 2",
        street3=f"{english} Street 3;{chinese} 街道 3",
        city=f"{english} City;{chinese} 市/县",
        region=f"{english} State;{chinese} 省/市/自治区",
        code=f"{english} Postal Code;{chinese} 邮政编码",
        country=f"{english} Country/Region;{english} Country;{chinese} 国家/地区",
        po_box=f"{english} Address PO Box;{po_box}",
    )


_OUTLOOK = {
    **_OUTLOOK_PEOPLE,
    **_OUTLOOK_PHONES,
    **_OUTLOOK_EMAILS,
    **_outlook_address("Business", "商务地址", "商务地址 - 邮箱"),
    **_outlook_address("Home", "住宅地址", "住宅地址 - 邮箱"),
    **_outlook_address("Other", "其他地址", "其他地址 - 邮箱"),
    fold("Web Page"): ("websites", "", "value"),
    fold("网页"): ("websites", "", "value"),
}
OUTLOOK = Layout("Outlook", _folded("First Name;Last Name;E-mail Address;Business Phone"), _OUTLOOK)
OUTLOOK_CHINESE = Layout("Outlook", _folded("姓;名;电子邮件地址;商务电话"), _OUTLOOK)

# -- CRMs ---------------------------------------------------------------------------------------------------

_HUBSPOT_ADDRESS = _address(
    "Work",
    street="Street Address",
    street2="Street Address 2",
    city="City",
    region="State/Region",
    code="Postal Code",
    country="Country/Region",
)
HUBSPOT_CONTACTS = Layout(
    "HubSpot",
    _folded("Record ID;First Name;Last Name;Contact owner"),
    {
        **_table(
            given="First Name",
            family="Last Name",
            prefix="Salutation",
            organisation="Associated Company;Company name;Primary Associated Company",
            position="Job Title",
            birthday="Date of birth",
            sex="Gender",
            industry="Industry",
            owner="Contact owner",
            note="Message;Notes",
        ),
        **_phones("Mobile Phone Number;Phone Number;Fax Number"),
        **_emails("Email;Work email;Additional email addresses"),
        **_HUBSPOT_ADDRESS,
        fold("Website URL"): ("websites", "", "value"),
    },
)
HUBSPOT_COMPANIES = Layout(
    "HubSpot",
    _folded("Record ID;Company name;Company owner"),
    {
        **_table(
            organisation="Company name",
            industry="Industry",
            owner="Company owner",
            note="Description;About Us",
        ),
        **_phones("Phone Number"),
        **_HUBSPOT_ADDRESS,
        fold("Company Domain Name"): ("websites", "domain", "value"),
        fold("Website URL"): ("websites", "", "value"),
    },
    kind=ORGANISATION,
)
_ZOHO_PERSON = _table(
    given="First Name",
    family="Last Name",
    full_name="Contact Name",
    prefix="Salutation",
    organisation="Account Name;Company",
    department="Department",
    position="Title;Designation",
    birthday="Date of Birth",
    sex="Gender",
    industry="Industry",
    owner="Contact Owner",
    note="Description",
)
ZOHO_CONTACTS = Layout(
    "Zoho CRM",
    _folded("Contact Owner.id;Last Name"),
    {
        **_ZOHO_PERSON,
        **_phones("Mobile;Phone;Home Phone;Other Phone;Asst Phone;Fax"),
        **_emails("Email;Secondary Email"),
        **_address(
            "Mailing",
            street="Mailing Street",
            city="Mailing City",
            region="Mailing State",
            code="Mailing Zip",
            country="Mailing Country",
        ),
        **_address(
            "Other",
            street="Other Street",
            city="Other City",
            region="Other State",
            code="Other Zip",
            country="Other Country",
        ),
    },
)
_BILLING = _address(
    "Billing",
    street="Billing Street;BillingStreet",
    city="Billing City;BillingCity",
    region="Billing State;BillingState",
    code="Billing Code;BillingPostalCode",
    country="Billing Country;BillingCountry",
)
_SHIPPING = _address(
    "Shipping",
    street="Shipping Street;ShippingStreet",
    city="Shipping City;ShippingCity",
    region="Shipping State;ShippingState",
    code="Shipping Code;ShippingPostalCode",
    country="Shipping Country;ShippingCountry",
)
ZOHO_ACCOUNTS = Layout(
    "Zoho CRM",
    _folded("Account Owner.id;Account Name"),
    {
        **_table(organisation="Account Name", industry="Industry", owner="Account Owner", note="Description"),
        **_phones("Phone;Fax"),
        **_BILLING,
        **_SHIPPING,
        fold("Website"): ("websites", "", "value"),
    },
    kind=ORGANISATION,
)
SALESFORCE_CONTACTS = Layout(
    "Salesforce",
    _folded("FirstName;LastName;Salutation;MailingStreet"),
    {
        **_table(
            given="FirstName",
            family="LastName",
            full_name="Name",
            prefix="Salutation",
            suffix="Suffix",
            organisation="Account.Name;AccountName",
            department="Department",
            position="Title",
            birthday="Birthdate",
            note="Description",
        ),
        **_phones("MobilePhone;Phone;HomePhone;OtherPhone;AssistantPhone;Fax"),
        **_emails("Email"),
        **_address(
            "Mailing",
            street="MailingStreet",
            city="MailingCity",
            region="MailingState",
            code="MailingPostalCode",
            country="MailingCountry",
        ),
    },
)
SALESFORCE_ACCOUNTS = Layout(
    "Salesforce",
    _folded("Name;BillingStreet;BillingCity;OwnerId"),
    {
        **_table(organisation="Name", industry="Industry", note="Description"),
        **_phones("Phone;Fax"),
        **_BILLING,
        **_SHIPPING,
        fold("Website"): ("websites", "", "value"),
    },
    kind=ORGANISATION,
)
CLIO = Layout(
    "Clio",
    _folded("first_name;last_name;company;email_address;primary_phone"),
    {
        **_table(
            prefix="title",
            given="first_name",
            family="last_name",
            organisation="company",
            position="job_title",
            kind="type",
            birthday="date_of_birth",
        ),
        **_phones("primary_phone;mobile_phone;home_phone;work_phone;fax"),
        **_emails("email_address"),
        **_address(
            "Business",
            street="business_street",
            city="business_city",
            region="business_state",
            code="business_postal_code",
            country="business_country",
        ),
        fold("web_site"): ("websites", "", "value"),
    },
)

# The most particular first: an export of contacts is recognised before the companies whose headings it also has.
LAYOUTS = (
    GOOGLE,
    OUTLOOK,
    OUTLOOK_CHINESE,
    ZOHO_CONTACTS,
    ZOHO_ACCOUNTS,
    HUBSPOT_CONTACTS,
    HUBSPOT_COMPANIES,
    SALESFORCE_CONTACTS,
    SALESFORCE_ACCOUNTS,
    CLIO,
)
