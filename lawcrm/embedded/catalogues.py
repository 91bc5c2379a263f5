"""Compiled translations. Only .po files are kept in the repository; .mo files are made where LawCRM starts."""

import os
from collections.abc import Iterable
from pathlib import Path


def compile_catalogues(paths: Iterable[Path]) -> int:
    """Compile each .po below the folders whose .mo is missing or older; returns how many were compiled."""
    compiled = 0
    for path in paths:
        for source in sorted(Path(path).rglob("*.po")):
            target = source.with_suffix(".mo")
            if not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns:
                compile_one(source, target)
                compiled += 1
    return compiled


def compile_one(source: Path, target: Path) -> None:
    import polib

    half = target.with_name(f"{target.name}.{os.getpid()}.half")
    polib.pofile(str(source)).save_as_mofile(str(half))
    half.replace(target)
