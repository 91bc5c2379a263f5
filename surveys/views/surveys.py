"""The firm's side of surveys: what was asked, what was answered."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clients.access import get_client, visible_people
from lawcrm.firm.access import get_or_404
from lawcrm.firm.paging import keyset_page
from matters.access import visible_matters
from surveys.access import get_invitation, visible_answers, visible_invitations
from surveys.actions.surveys import link_token, revoke_survey, send_survey
from surveys.forms.surveys import SendForm
from surveys.presenters.surveys import answer_card, invitation_line, summary
from surveys.queries.surveys import NEWEST_FIRST


def survey_list(request):
    page = keyset_page(visible_invitations(request.user).for_lists(), NEWEST_FIRST, request.GET)
    figures = visible_answers(request.user).figures()
    context = {
        "page": page,
        "rows": [invitation_line(invitation) for invitation in page.rows],
        "summary": summary(figures),
    }
    return render(request, "surveys/survey_list.html", context)


def survey_send(request, client_pk):
    client = get_client(request.user, client_pk)
    people = visible_people(request.user).at(client)
    matters = visible_matters(request.user).filter(client=client)
    form = SendForm(
        request.POST or None, people=people, matters=matters, initial={"language": client.language or "en"}
    )
    if form.is_valid():
        chosen = form.cleaned_data
        email = chosen["person"].email if chosen["person"] else client.email
        invitation, _token = send_survey(by=request.user, client=client, email=email, **chosen)
        return redirect("surveys:invitation", invitation.pk)
    return render(request, "surveys/survey_send.html", {"form": form, "client": client})


def survey_invitation(request, pk):
    invitation = get_invitation(request.user, pk)
    link = request.build_absolute_uri(reverse("surveys:answer", args=[link_token(invitation)]))
    context = {"invitation": invitation, "line": invitation_line(invitation), "link": link}
    return render(request, "surveys/survey_invitation.html", context)


@require_POST
def survey_revoke(request, pk):
    revoke_survey(get_invitation(request.user, pk), by=request.user)
    messages.success(request, _("The link no longer works."))
    return redirect("surveys:invitation", pk)


def survey_result(request, pk):
    answer = get_or_404(
        visible_answers(request.user).select_related("client", "invitation"), request.user, pk
    )
    return render(
        request, "surveys/survey_result.html", {"answer": answer_card(answer), "client": answer.client}
    )
