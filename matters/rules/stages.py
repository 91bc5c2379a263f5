"""Which stages a matter passes: a path for each kind of work.

| path            | matters                                             |
|-----------------|-----------------------------------------------------|
| advice          | legal advice                                        |
| litigation      | civil and commercial litigation                     |
| criminal        | litigation in criminal matters                      |
| administrative  | litigation in administrative matters                |
| non_contentious | transactions and other work without a dispute       |
| retainer        | a standing adviser, from term to term               |
"""

PATHS: dict[str, tuple[str, ...]] = {
    "advice": ("intake", "preparation", "completion"),
    "litigation": (
        "intake", "preparation", "filed", "evidence", "hearing", "decision", "appeal", "enforcement",
    ),
    "criminal": (
        "intake", "preparation", "investigation", "prosecution", "hearing", "decision", "appeal", "enforcement",
    ),
    "administrative": (
        "intake", "preparation", "reconsideration", "filed", "hearing", "decision", "appeal", "enforcement",
    ),
    "non_contentious": ("intake", "preparation", "drafting", "negotiation", "completion"),
    "retainer": ("intake", "service", "renewal", "completion"),
}  # fmt: skip


def path_of(kind: str, service_type: str) -> str:
    """Which path a matter of this kind and service type takes: in court the field of law decides."""
    return kind if service_type == "litigation" and kind in ("criminal", "administrative") else service_type


def stages_of(service_type: str, kind: str = "") -> tuple[str, ...]:
    """The stages such a matter passes, in order."""
    return PATHS[path_of(kind, service_type)]


def stage_problem(service_type: str, stage: str, kind: str = "") -> str | None:
    """Why such a matter cannot stand at `stage` (a code), or None when it can."""
    return None if stage in stages_of(service_type, kind) else "stage_not_on_path"


def next_stage(service_type: str, stage: str, kind: str = "") -> str | None:
    """The stage after this one; the first of the path where this one is not on it."""
    path = stages_of(service_type, kind)
    place = path.index(stage) + 1 if stage in path else 0
    return path[place] if place < len(path) else None
