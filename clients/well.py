"""What `manage.py doctor` examines of clients: whether what was erased has stayed erased (docs/privacy.md)."""

import stat
from collections.abc import Iterator

from clients import suppressions
from clients.actions.erasure import list_again
from clients.queries.suppressed import can_be_listed, restored, unlisted
from lawcrm.firm.doctor import Finding, register


@register
def erasures() -> Iterator[Finding]:
    """The list of erasures"""
    path = suppressions.path()
    missing = unlisted()
    torn = can_be_listed(missing)
    yield Finding(
        "the list of erasures holds all that were made",
        not missing,
        f"{len(torn)} lines were lost in a crash: manage.py doctor --repair writes them"
        if len(torn) == len(missing)
        else f"bring {path.name} back from its copy into {path.parent}: without it a restore is not erased again",
        repair=(lambda: list_again(torn)) if torn and len(torn) == len(missing) else None,
    )
    back = sum(1 for _subject in restored())
    yield Finding(
        "nothing that was erased has come back by a restore",
        not back,
        f"{back} records: run manage.py reapply_erasures before anybody signs in",
    )
    if path.exists():
        mode = stat.S_IMODE(path.stat().st_mode)
        yield Finding("only its owner reads the list of erasures", mode & 0o077 == 0, f"chmod 600 {path}")
