"""When an instruction that was refused comes back: does a refused conflict check speak of what is to be done now?"""

from __future__ import annotations

from collections.abc import Iterable

from clients.rules.names import normal_form
from clients.rules.scripts import simplified


def plain_names(names: Iterable[str]) -> frozenset[str]:
    """Names as refusals compare them: case, width and script apart."""
    return frozenset(simplified(normal_form(name)) for name in names if name.strip())


def covers(asked: Iterable[Iterable[str]], ours: frozenset[str], others: frozenset[str]) -> bool:
    """Whether a check that was refused stands against acting for `ours` where `others` have a part.

    `asked`: the names of each subject of the check. It does where it named the client and one of the others, or the
    client alone.
    """
    subjects = [plain_names(names) for names in asked]
    if not any(names & ours for names in subjects):
        return False
    rest = [names for names in subjects if not names & ours]
    return not rest or any(names & others for names in rest)
