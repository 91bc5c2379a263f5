"""Signing in and out, the invitation link, the language."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout as end_session
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from lawcrm.firm.actions.people import accept_invitation, open_invitation, set_preferences
from lawcrm.firm.forms.people import NewPasswordForm, SignInForm

login = login_not_required(
    auth_views.LoginView.as_view(
        template_name="accounts/login.html", authentication_form=SignInForm, redirect_authenticated_user=True
    )
)


@login_not_required
def logout(request):
    end_session(request)
    response = redirect(settings.LOGOUT_REDIRECT_URL)
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


@login_not_required
def language(request):
    """Remembers the chosen language: with the person, or in a cookie for who is nobody yet."""
    code = request.POST.get("language", "")
    response = HttpResponseRedirect(_safe_next(request))
    if code not in dict(settings.LANGUAGES) or not check_for_language(code):
        return response
    if request.user.is_authenticated:
        set_preferences(request.user, language=code)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
    return response


def _safe_next(request) -> str:
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if safe else "/"


@sensitive_post_parameters()
@login_not_required
def accept(request, token):
    """The invitation link. Looking at it uses nothing up; unknown, used and expired links look the same."""
    invitation = open_invitation(token)
    form = NewPasswordForm(invitation.user if invitation else None, request.POST or None)
    if invitation and request.method == "POST" and form.is_valid():
        accept_invitation(token, password=form.cleaned_data["new_password1"])
        messages.success(request, _("Your password is set. Sign in with it."))
        return redirect("firm:login")
    page = "accounts/invitation.html" if invitation else "accounts/invitation_ended.html"
    response = render(
        request,
        page,
        {"form": form, "person": invitation and invitation.user},
        status=200 if invitation else 404,
    )
    # not "no-referrer": the browser would post with `Origin: null`, which the CSRF check refuses
    response.headers["Referrer-Policy"] = "same-origin"
    return response
