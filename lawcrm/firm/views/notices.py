"""The bell: what happened that concerns the reader."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from lawcrm.firm.actions.notices import mark_read
from lawcrm.firm.paging import keyset_page
from lawcrm.firm.presenters.notices import address_of, notice_rows
from lawcrm.firm.queries.notices import NEWEST_FIRST, notices_of, unread_count

SIZE = 30


def notices(request):
    page = keyset_page(notices_of(request.user), NEWEST_FIRST, request.GET, size=SIZE)
    rows = notice_rows(request.user, page.rows)
    return render(
        request, "firm/notices.html", {"rows": rows, "page": page, "unread": unread_count(request.user)}
    )


@require_POST
def notice_open(request, pk):
    """Marks one notice read and goes where it leads."""
    notice = notices_of(request.user).filter(pk=pk)
    if not notice:
        raise Http404
    mark_read(notice)
    return redirect(address_of(request.user, notice[0]) or "firm:notices")


@require_POST
def notices_read(request):
    mark_read(notices_of(request.user))
    return redirect("firm:notices")
