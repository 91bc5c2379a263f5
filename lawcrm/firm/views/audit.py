"""The audit trail, for those who may read it."""

from django.shortcuts import render

from lawcrm.firm.forms.audit import TrailFilter
from lawcrm.firm.paging import keyset_page
from lawcrm.firm.presenters.audit import entry_rows
from lawcrm.firm.queries.audit import NEWEST_FIRST


def audit(request):
    form = TrailFilter(request.GET)
    form.is_valid()
    page = keyset_page(form.filter(request.user), NEWEST_FIRST, request.GET)
    entries = entry_rows(page.rows)
    return render(request, "firm/audit.html", {"form": form, "entries": entries, "page": page})
