"""What an address carries hidden opens only here, and only for its purpose."""

import pytest

from lawcrm.firm.opaque import hide, show


def test_what_was_hidden_is_shown_again():
    assert show(hide(["zhang张 wei伟", 3, None], "page"), "page") == ["zhang张 wei伟", 3, None]


def test_nothing_of_the_value_can_be_read_in_it():
    assert "zhang" not in hide("zhang", "page")
    assert hide("zhang", "page") != hide("zhang", "page")


def test_it_opens_for_its_own_purpose_only():
    assert show(hide("zhang", "page"), "search") is None


@pytest.mark.parametrize("text", ["", "x", "é", "AAAA", "A" * 400])
def test_anything_else_is_nothing(text):
    assert show(text, "page") is None
