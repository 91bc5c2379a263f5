"""Names and addresses of address book entries, put together in the order of their language."""

import pytest

from clients.importing.foreign.cards import Card, one_address


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        ({"given": "伟", "family": "陈"}, "陈伟"),
        ({"given": "静怡", "family": "欧阳"}, "欧阳静怡"),
        ({"given": "静 怡", "family": "欧阳"}, "欧阳静怡"),
        ({"given": "陈伟"}, "陈伟"),
        ({"family": "陈伟"}, "陈伟"),
        ({"full_name": "陈伟"}, "陈伟"),
        ({"given": "买买提", "family": "艾力", "full_name": "买买提·艾力"}, "买买提·艾力"),
        ({"given": "Wei", "family": "Chen"}, "Wei Chen"),
        ({"given": "Nadia", "middle": "J.", "family": "Okafor", "suffix": "KC"}, "Nadia J. Okafor KC"),
        ({"full_name": "Nadia Okafor"}, "Nadia Okafor"),
        ({"given": "健二", "family": "森"}, "森健二"),
        ({"given": "민준", "family": "김"}, "김민준"),
        ({}, ""),
    ],
)
def test_names(texts, name):
    assert Card(1, texts=texts).person_name == name


def test_the_sound_of_a_chinese_name():
    texts = {"given": "伟", "family": "陈", "sound_given": "Wei", "sound_family": "Chen"}
    assert Card(1, texts=texts).sound == "Chen Wei"
    assert Card(1, texts={**texts, "given": "Way", "family": "Chan"}).sound == ""


@pytest.mark.parametrize(
    ("parts", "address"),
    [
        ({"street": "文三路100号", "city": "杭州市", "region": "浙江省", "code": "310012", "country": "中国"}, "浙江省杭州市文三路100号 310012"),
        ({"street": "建国路88号", "city": "北京市", "region": "北京市"}, "北京市建国路88号"),
        ({"street": "1 Main St", "city": "Oakland", "region": "CA", "code": "94601", "country": "USA"}, "1 Main St, Oakland, CA 94601, USA"),
        ({"whole": "12 Quay Street\nBristol\n"}, "12 Quay Street, Bristol"),
        ({}, ""),
    ],
)  # fmt: skip
def test_addresses(parts, address):
    assert one_address(parts) == address


def test_an_organisation_is_one_that_bears_no_other_name():
    assert Card(1, texts={"organisation": "Acme Ltd"}).is_organisation
    assert Card(1, texts={"organisation": "Acme Ltd", "full_name": "ACME Ltd."}).is_organisation
    assert not Card(1, texts={"organisation": "Acme Ltd", "given": "Ann"}).is_organisation
    assert not Card(1, kind="person", texts={"organisation": "Acme Ltd"}).is_organisation
