"""What happens around every view: origin, the person's language and zone, the access table."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpResponseNotAllowed
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from lawcrm.firm.access_table import access_table
from lawcrm.firm.origin import origin


class OriginMiddleware:
    """Names the sender's network address to the audit trail."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with origin(request.META.get("REMOTE_ADDR", "")):
            return self.get_response(request)


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
        if user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class AccessTableMiddleware:
    """Answers only what the access table lists, to whom it lists: 404 otherwise, 405 for another method."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        rule = access_table().get(request.resolver_match.view_name)
        if rule is None or not rule.allows_person(request.user):
            raise Http404
        if not rule.allows_method(request.method):
            return HttpResponseNotAllowed(rule.methods.split())
        return None
