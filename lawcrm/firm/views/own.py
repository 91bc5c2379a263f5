"""What a person settles for themselves: preferences, password, sessions; and the way to everything else."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from lawcrm.firm.access import get_or_404
from lawcrm.firm.actions.people import change_password, set_preferences
from lawcrm.firm.actions.sessions import end_session, end_sessions
from lawcrm.firm.forms.people import ChangePasswordForm, PreferencesForm
from lawcrm.firm.presenters.sessions import session_rows
from lawcrm.firm.presenters.settings import settings_sections
from lawcrm.firm.queries.people import sessions_of


def settings_hub(request):
    return render(request, "firm/settings.html", {"sections": settings_sections(request.user)})


def preferences(request):
    now = {"language": request.user.language, "time_zone": request.user.time_zone}
    form = PreferencesForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        set_preferences(request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("firm:preferences")
    return render(request, "firm/preferences.html", {"form": form})


@sensitive_post_parameters()
def password(request):
    form = ChangePasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        change_password(request.user, password=form.cleaned_data["new_password1"])
        update_session_auth_hash(request, request.user)
        messages.success(request, _("Your password is changed. You are signed out everywhere else."))
        return redirect("firm:settings")
    return render(request, "firm/password.html", {"form": form})


def sessions(request):
    rows = session_rows(sessions_of(request.user), request.session.session_key)
    return render(request, "firm/sessions.html", {"sessions": rows})


def session_end(request, pk):
    end_session(get_or_404(sessions_of(request.user), request.user, pk), by=request.user)
    messages.success(request, _("That session has ended."))
    return redirect("firm:sessions")


def sessions_end(request):
    end_sessions(request.user, by=request.user, but_key=request.session.session_key)
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("firm:sessions")
