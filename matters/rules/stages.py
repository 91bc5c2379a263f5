"""Which stages a matter passes, by the kind of service it is."""

PATHS: dict[str, tuple[str, ...]] = {
    "advice": ("intake", "preparation", "completion"),
    "litigation": ("intake", "preparation", "filed", "hearing", "decision", "enforcement"),
    "non_contentious": ("intake", "preparation", "drafting", "negotiation", "completion"),
    "retainer": ("intake", "service", "completion"),
}


def stages_of(service_type: str) -> tuple[str, ...]:
    """The stages a matter of this service type passes, in order."""
    return PATHS[service_type]


def stage_problem(service_type: str, stage: str) -> str | None:
    """Why a matter of this service type cannot stand at `stage` (a code), or None when it can."""
    return None if stage in PATHS[service_type] else "stage_not_on_path"
