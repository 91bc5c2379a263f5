"""What notices about clients say."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.access import visible_assessments, visible_grade_changes
from clients.enums import RelationshipType
from clients.presenters.relationship import NAMES
from clients.rules.grading import UP, direction
from lawcrm.firm.notices import NoticeText, register
from lawcrm.firm.words import listed


def _load_many(user, ids):
    return visible_assessments(user).in_bulk(ids)


def _title(row, context) -> str:
    return _("%(client)s fell from %(before)s to %(after)s") % {
        "client": row.client,
        "before": RelationshipType(row.previous_type).label,
        "after": RelationshipType(row.type).label,
    }


def _body(row, context) -> str:
    lost = [str(NAMES[code]) for code in context.get("lost", ()) if code in NAMES]
    return _("No longer holds: %(criteria)s.") % {"criteria": listed(lost)} if lost else ""


register(
    "relationship.fell",
    NoticeText(
        title=_title,
        body=_body,
        url=lambda row, context: reverse("clients:relationship", args=[row.client_id]),
        load=lambda user, pk: _load_many(user, [pk]).get(pk),
        load_many=_load_many,
        mail_subject=gettext_lazy("The relationship with a client has become weaker"),
        group="clients",
    ),
)


def _changes(user, ids):
    return visible_grade_changes(user).in_bulk(ids)


def _grade_title(row, context) -> str:
    words = {"client": row.client, "before": row.old, "after": row.new}
    if direction(row.old, row.new) == UP:
        return _("%(client)s rose from grade %(before)s to %(after)s") % words
    return _("%(client)s went from grade %(before)s down to %(after)s") % words


def _grade_body(row, context) -> str:
    return row.reason or _("A talk with the client is planned, and contact is due at the new grade's pace.")


register(
    "grade.changed",
    NoticeText(
        title=_grade_title,
        body=_grade_body,
        url=lambda row, context: reverse("clients:grade", args=[row.client_id]),
        load=lambda user, pk: _changes(user, [pk]).get(pk),
        load_many=_changes,
        mail_subject=gettext_lazy("The grade of a client has changed"),
        group="clients",
    ),
)
