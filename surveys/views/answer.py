"""The client's side of a survey: a page without login, behind a link that cannot be guessed."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from surveys.actions.surveys import AnswerRefused, LinkClosed, answer_survey, open_invitation
from surveys.forms.surveys import AnswerForm


@login_not_required
@never_cache
def survey_answer(request, token):
    """GET shows the questionnaire and writes nothing, so that a mail scanner answers no survey."""
    try:
        invitation = open_invitation(token)
    except LinkClosed:
        return _unlinked(render(request, "surveys/survey_closed.html", status=404))
    with translation.override(_language(request, invitation)):
        form = AnswerForm(request.POST or None)
        if form.is_valid() and _answered(form, token):
            return _unlinked(redirect(f"{reverse('surveys:thanks')}?language={translation.get_language()}"))
        return _unlinked(
            render(request, "surveys/survey_answer.html", {"form": form, "invitation": invitation})
        )


@login_not_required
def survey_thanks(request):
    """In the language of the questionnaire, which need not be the browser's."""
    wanted = request.GET.get("language", "")
    language = wanted if wanted in dict(settings.LANGUAGES) else translation.get_language()
    with translation.override(language):
        return render(request, "surveys/survey_thanks.html")


def _language(request, invitation) -> str:
    """The firm chose it for this client; the client may choose another on the page itself."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else invitation.language


def _answered(form, token) -> bool:
    try:
        answer_survey(token, marks=form.marks, nps=form.cleaned_data["nps"], text=form.cleaned_data["text"])
    except AnswerRefused:
        form.add_error(None, _("Please answer at least one question."))
        return False
    except LinkClosed:  # somebody else was quicker with the same link; the visitor is thanked all the same
        return True
    return True


def _unlinked(response):
    """Keeps the secret link out of what the browser tells the next site. Not "no-referrer": that makes the browser
    send its answer with `Origin: null`, which the CSRF check refuses."""
    response.headers["Referrer-Policy"] = "same-origin"
    return response
