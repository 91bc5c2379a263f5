"""What `manage.py doctor` examines of clients: whether what was erased has stayed erased (docs/privacy.md)."""

import stat
from collections.abc import Iterator

from clients import suppressions
from clients.queries.suppressed import restored, unlisted
from lawcrm.firm.doctor import Finding, register


@register
def erasures() -> Iterator[Finding]:
    """The list of erasures"""
    path = suppressions.path()
    yield Finding(
        "the list of erasures holds all that were made",
        not unlisted(),
        f"bring {path.name} back from its copy into {path.parent}: without it a restore is not erased again",
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
