"""Whose data stands in surveys (see clients/subjects.py)."""

from clients.subjects import DELETE, Held

HELD: dict[str, Held] = {
    "surveys.SurveyInvitation": Held(client={"client_id": DELETE}, person={"person_id": DELETE}),
    "surveys.SurveyAnswer": Held(client={"client_id": DELETE}, person={"invitation__person_id": DELETE}),
}
