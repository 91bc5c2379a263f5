"""What happens around every request: origin, headers, who must sign in, language and zone, the access table."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import resolve_url
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from lawcrm.firm.access import refused
from lawcrm.firm.access_table import access_table, known_methods
from lawcrm.firm.actions.denials import record_denied
from lawcrm.firm.origin import origin
from lawcrm.firm.reading import one_reading

HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "X-Permitted-Cross-Domain-Policies": "none",
}


class OriginMiddleware:
    """Outermost. Names the sender's address to the audit trail; one policy holds for the whole request.

    Behind a proxy the address is the last one of X-Forwarded-For: the one our own proxy wrote, not the sender.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.BEHIND_PROXY:
            told = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
            request.META["REMOTE_ADDR"] = told or request.META.get("REMOTE_ADDR", "")
        with origin(request.META.get("REMOTE_ADDR", "")), one_reading():
            return self.get_response(request)


class HeadersMiddleware:
    """Security headers on every response, static files included; nothing but static files is stored anywhere."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class KnownMethodsMiddleware:
    """A method that no address of the table answers is refused at once: nothing is read for it, nobody is looked up.

    The answer is the same to everybody and for every address, whether it is there or not.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in known_methods():
            return HttpResponseNotAllowed(sorted(known_methods()))
        return self.get_response(request)


class SignInMiddleware(LoginRequiredMiddleware):
    """Django's; a fragment is answered with 401, so that no login form lands in the middle of a page."""

    def handle_no_permission(self, request, view_func):
        if request.headers.get("HX-Request"):
            return HttpResponse(status=401)
        if request.method in {"GET", "HEAD"}:
            return super().handle_no_permission(request, view_func)
        return redirect_to_login("/", resolve_url(self.get_login_url(view_func)))


class PersonalSettingsMiddleware:
    """The signed-in person's language and time zone; the browser's and the firm's for everybody else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        user = request.user
        if user.is_authenticated and user.language:
            translation.activate(user.language)
            request.LANGUAGE_CODE = translation.get_language()
        timezone.activate(ZoneInfo(getattr(user, "time_zone", "") or settings.FIRM_TIME_ZONE))
        response = self.get_response(request)
        patch_vary_headers(response, ["HX-Request"])
        return response


class AccessTableMiddleware:
    """Answers only what the access table lists, to whom it lists: 404 otherwise, 405 for another method.

    What a signed-in person was refused, here or by an object's door, goes into the audit trail.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        refused.set(None)
        response = self.get_response(request)
        tried = refused.get()
        if response.status_code == 404 and tried and request.user.is_authenticated:
            record_denied(request.user, request.resolver_match.view_name, *tried)
        return response

    def process_view(self, request, view, args, kwargs):
        rule = access_table().get(request.resolver_match.view_name)
        if rule is None or not rule.allows_person(request.user):
            refused.set((None, None))
            raise Http404
        if not rule.allows_method(request.method):
            return HttpResponseNotAllowed(rule.methods.split())
        return None
