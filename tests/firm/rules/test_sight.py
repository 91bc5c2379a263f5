from uuid import UUID

import pytest

from lawcrm.firm.rules.sight import Onlooker, Sight, Sought, Standing, sight

ME, OTHER = UUID(int=1), UUID(int=2)


def person(scope="team", path="/a", **fields):
    return Onlooker(**{"id": ME, "active": True, "scope": scope, "path": path, **fields})


def client(responsible=OTHER, team=(), path="/b", walls=()):
    return Sought(responsible, frozenset(team), path, tuple(walls))


OUT, IN = Standing("excludes", frozenset({ME})), Standing("admits", frozenset({ME}))
OTHERS_OUT, OTHERS_IN = Standing("excludes", frozenset({OTHER})), Standing("admits", frozenset({OTHER}))


@pytest.mark.parametrize(
    ("onlooker", "sought", "told"),
    [
        (person(), client(responsible=ME), Sight(True, "responsible")),
        (person("own"), client(responsible=ME), Sight(True, "responsible")),
        (person("own"), client(team=[ME]), Sight(False, "beyond")),
        (person(), client(team=[ME]), Sight(True, "team")),
        (person(), client(), Sight(False, "beyond")),
        (person("department"), client(path="/a/c"), Sight(True, "department")),
        (person("department"), client(path="/b"), Sight(False, "beyond")),
        (person("department", path=""), client(), Sight(False, "beyond")),
        (person("firm"), client(), Sight(True, "firm")),
        (person("none"), client(responsible=ME), Sight(False, "beyond")),
        (person("firm", works=False), client(), Sight(False, "beyond")),
        (person("firm", active=False), client(), Sight(False, "left")),
        (person("firm"), client(walls=[OUT]), Sight(False, "wall")),
        (person(), client(responsible=ME, walls=[OUT]), Sight(False, "wall")),
        (person("firm"), client(walls=[IN]), Sight(True, "firm")),
        (person("firm"), client(walls=[OTHERS_OUT]), Sight(True, "firm")),
        (person("firm"), client(walls=[OTHERS_IN]), Sight(False, "wall")),
        (person("firm"), client(walls=[IN, OUT]), Sight(False, "wall")),
        (person(), client(walls=[IN]), Sight(False, "beyond")),
    ],
)
def test_deny_beats_grant_and_each_answer_has_its_reason(onlooker, sought, told):
    assert sight(onlooker, sought) == told
