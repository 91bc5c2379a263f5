"""Which program wrote a file is told by its headings."""

import csv
import io

import pytest

from clients.importing.foreign import layouts
from clients.importing.words import HEADINGS
from tests.clients.importing.build import HEADINGS as A_LIST
from tests.data import make_foreign, make_samples


@pytest.mark.parametrize(
    ("headings", "layout"),
    [
        (make_foreign.GOOGLE, layouts.GOOGLE),
        (["Name", "Given Name", "Additional Name", "Family Name", "Yomi Name", "Name Prefix", "Name Suffix", "Nickname", "Birthday", "Notes", "E-mail 1 - Type", "E-mail 1 - Value", "Phone 1 - Type", "Phone 1 - Value"], layouts.GOOGLE),
        (make_foreign.OUTLOOK, layouts.OUTLOOK),
        (make_foreign.OUTLOOK_ZH, layouts.OUTLOOK_CHINESE),
        (make_foreign.HUBSPOT_CONTACTS, layouts.HUBSPOT_CONTACTS),
        (make_foreign.HUBSPOT_COMPANIES, layouts.HUBSPOT_COMPANIES),
        (make_foreign.ZOHO_CONTACTS, layouts.ZOHO_CONTACTS),
        (["Record Id", "Account Owner.id", "Account Owner", "Account Name", "Phone"], layouts.ZOHO_ACCOUNTS),
        (["Id", "FirstName", "LastName", "Salutation", "MailingStreet"], layouts.SALESFORCE_CONTACTS),
        (make_foreign.SALESFORCE_ACCOUNTS, layouts.SALESFORCE_ACCOUNTS),
        (make_foreign.CLIO, layouts.CLIO),
        (A_LIST, None),
        (make_samples.EN, None),
        (make_samples.ZH, None),
        ([words.split(";")[0] for words in HEADINGS.values()], None),
        (["姓", "名", "电话"], None),
        (["First Name", "Last Name", "Phone"], None),
    ],
)  # fmt: skip
def test_recognised(headings, layout):
    assert layouts.recognise(list(headings)) is layout
    assert layouts.recognise([heading.upper() for heading in headings]) is layout


@pytest.mark.parametrize("name", make_foreign.FILES)
def test_the_samples_are_as_they_are_made(name):
    assert (make_foreign.HERE / name).read_bytes() == make_foreign.FILES[name]()


def test_every_heading_of_a_standard_export_has_its_place_or_is_of_no_use_here():
    text = make_foreign.outlook().decode("utf-8-sig")
    titles = next(csv.reader(io.StringIO(text)))
    unused = [title for title in titles if layouts.OUTLOOK.slot_of(title) is None]
    assert unused == ["Account", "Anniversary", "Categories", "E-mail Type", "E-mail Display Name", "Priority",
                      "Private", "Sensitivity"]  # fmt: skip
