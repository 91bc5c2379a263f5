"""How complete a profile is, and what is missing (client profile, docs/profiles.md).

Only what the service needs is asked for: a field that a kind of client does not have never counts against it. A part
of the profile has a weight (firm policy); within it all its fields count alike.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

# part -> what it asks of a person, what it asks of an organisation. "a|b": one of them is enough. "people" and
# "decision_maker" are not fields: somebody is named at the client, somebody there is known to decide.
PARTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "reach": (
        ("phone", "email|wechat", "address", "preferred_channel"),
        ("phone", "email|wechat", "address", "preferred_channel"),
    ),
    "identity": (
        ("identity_number", "sex", "birth_date"),
        ("registration_number", "latin_name|website"),
    ),
    "background": (
        ("employer", "position", "interests|education"),
        ("industry", "company_size", "group_name|listing|credit_standing"),
    ),
    "people": ((), ("people", "decision_maker")),
    "service": (
        ("source", "business_fields", "service_types", "client_since", "temperament"),
        ("source", "business_fields", "service_types", "client_since"),
    ),
    "principles": (
        ("purpose_of_processing", "consent_basis", "verified_on"),
        ("purpose_of_processing", "consent_basis", "verified_on"),
    ),
}


@dataclass(frozen=True, slots=True)
class Completeness:
    score: int  # of 100
    missing: tuple[str, ...]  # what would raise it, the weightiest first; "a|b" where either would do


def completeness(filled: Collection[str], *, is_person: bool, weights: Mapping[str, int]) -> Completeness:
    """The share of what is wanted that is there, by weight."""
    total, there, missing = 0.0, 0.0, []
    for part, wanted in PARTS.items():
        fields = wanted[0 if is_person else 1]
        for name in fields:
            worth = weights.get(part, 0) / len(fields)
            total += worth
            if any(one in filled for one in name.split("|")):
                there += worth
            elif worth:
                missing.append((-worth, len(missing), name))
    score = int(100 * there / total + 1e-9) if total else 100
    return Completeness(score, tuple(name for _worth, _place, name in sorted(missing)))
