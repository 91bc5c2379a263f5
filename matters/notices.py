"""What the conflicts desk is told."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lawcrm.firm.notices import NoticeText, register
from matters.access import visible_checks


def _checks(user, ids):
    return visible_checks(user).in_bulk(ids)


def _url(check, context) -> str:
    return reverse("matters:conflict", args=[check.pk])


def _body(check, context) -> str:
    hits = ngettext("%(n)d name on record agrees.", "%(n)d names on record agree.", check.hit_count)
    words = {"who": check.asked_by.display_name, "hits": hits % {"n": check.hit_count}}
    return _("Asked by %(who)s. %(hits)s") % words


register(
    "conflict.waits",
    NoticeText(
        title=lambda check, context: (
            _("The conflict check %(reference)s waits for a decision") % {"reference": check.reference}
        ),
        body=_body,
        url=_url,
        load=lambda user, pk: _checks(user, [pk]).get(pk),
        load_many=_checks,
        mail_subject=gettext_lazy("A conflict check waits for a decision"),
        group="matters",
    ),
)
register(
    "conflict.found_more",
    NoticeText(
        title=lambda check, context: (
            _("Run again, the conflict check %(reference)s found somebody new")
            % {"reference": check.reference}
        ),
        body=_body,
        url=_url,
        load=lambda user, pk: _checks(user, [pk]).get(pk),
        load_many=_checks,
        mail_subject=gettext_lazy("A conflict check found somebody new"),
        group="matters",
    ),
)
