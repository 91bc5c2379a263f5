import pytest

from clients.enums import ClientKind
from clients.rules.kinds import likely_kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("苏州晴川食品有限公司", ClientKind.PRIVATE),
        ("仁济医院管理有限公司", ClientKind.PRIVATE),
        ("Harbour Light", ClientKind.PRIVATE),
        ("老李饭店", ClientKind.SOLE_TRADER),
        ("南京鼓楼医院", ClientKind.PUBLIC_INSTITUTION),
        ("Riverside Primary School", ClientKind.PUBLIC_INSTITUTION),
        ("School Supplies Ltd", ClientKind.PRIVATE),
        ("上海市浦东新区人民法院", ClientKind.DEPARTMENT),
        ("杭州市市场监督管理局", ClientKind.DEPARTMENT),
        ("苏州工业园区管理委员会", ClientKind.DEPARTMENT),
        ("中国青少年发展基金会", ClientKind.SOCIAL_ORGANISATION),
        ("Guild of Makers Association", ClientKind.SOCIAL_ORGANISATION),
    ],
)
def test_likely_kind(name, kind):
    assert likely_kind(name) == kind
