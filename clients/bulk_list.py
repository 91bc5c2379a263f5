"""The bulk actions of clients, registered."""

from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from clients.actions import bulk_deeds as deeds
from clients.bulk_actions import BulkAction, BulkPage, register
from clients.forms import bulk as forms
from lawcrm.firm.queries.people import names_of


def _assigned(count: int, params: dict) -> str:
    name = next(iter(names_of([params["responsible"]]).values()), "")
    text = ngettext("%(n)s client now belongs to %(who)s.", "%(n)s clients now belong to %(who)s.", count)
    return text % {"n": f"{count:,}", "who": name}


def _graded(count: int, params: dict) -> str:
    text = ngettext("%(n)s client is now graded %(grade)s.", "%(n)s clients are now graded %(grade)s.", count)
    return text % {"n": f"{count:,}", "grade": params["grade"]}


def _tagged(count: int, params: dict) -> str:
    return ngettext("%(n)s client was tagged.", "%(n)s clients were tagged.", count) % {"n": f"{count:,}"}


def _untagged(count: int, params: dict) -> str:
    text = ngettext("%(n)s client lost the tags.", "%(n)s clients lost the tags.", count)
    return text % {"n": f"{count:,}"}


def _trashed(count: int, params: dict) -> str:
    text = ngettext("%(n)s client is in the trash.", "%(n)s clients are in the trash.", count)
    return text % {"n": f"{count:,}"}


register(
    BulkAction(
        "assign", gettext_lazy("Assign"), "user-plus", 10, forms.AssignForm, deeds.assign, deeds.assign_back, _assigned
    )
)  # fmt: skip
register(
    BulkAction("grade", gettext_lazy("Grade"), "star", 20, forms.GradeForm, deeds.grade, deeds.grade_back, _graded)
)  # fmt: skip
register(BulkAction("tag", gettext_lazy("Tag"), "tag", 30, forms.TagForm, deeds.tag, deeds.tag_back, _tagged))
register(
    BulkAction(
        "untag", gettext_lazy("Take tags off"), "tag", 31, forms.UntagForm, deeds.untag, deeds.untag_back, _untagged
    )
)  # fmt: skip
register(
    BulkPage(
        "export",
        gettext_lazy("Export"),
        "download",
        80,
        lambda query: f"{reverse('firm:export_new', args=['clients'])}?{query}",
        permission="clients.export",
    )
)
register(
    BulkAction(
        "trash",
        gettext_lazy("Into the trash"),
        "trash",
        90,
        forms.BulkForm,
        deeds.trash,
        deeds.trash_back,
        _trashed,
        permission="clients.trash",
        is_grave=True,
        hides=True,
    )
)
