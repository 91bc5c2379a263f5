from interactions.enums import Purpose, PurposeKind
from interactions.rules import purposes


def test_every_purpose_is_of_one_kind():
    assert set(purposes.KIND_OF) == set(Purpose)
    told = [purpose for kind in PurposeKind for purpose in purposes.purposes_of(kind)]
    assert sorted(told) == sorted(Purpose)


def test_a_contact_touches_each_kind_once():
    assert purposes.kinds_of(["greeting", "event", "legal_update"]) == (
        PurposeKind.FEELING,
        PurposeKind.POLICY,
    )


def test_a_complaint_among_others_is_a_complaint():
    assert purposes.is_complaint(["billing", "complaint"])
    assert not purposes.is_complaint(["billing"])
