"""The notice that a file is ready."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lawcrm.firm.access import visible_exports
from lawcrm.firm.notices import NoticeText, register
from lawcrm.firm.presenters.exports import rows_words


def _load_many(user, ids):
    return visible_exports(user).in_bulk(ids)


register(
    "export.ready",
    NoticeText(
        title=lambda export, context: (
            _("The file is ready: %(what)s") % {"what": export.told.get("label", "")}
        ),
        body=lambda export, context: rows_words(export.rows),
        url=lambda export, context: reverse("firm:export", args=[export.pk]),
        load=lambda user, pk: _load_many(user, [pk]).get(pk),
        load_many=_load_many,
        mail_subject=gettext_lazy("A file is ready"),
        group="files",
    ),
)
