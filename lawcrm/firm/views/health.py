"""Is the process alive, and is the house ready to work?"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse

from lawcrm.firm.queries.health import readiness


@login_not_required
def healthz(request):
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
def readyz(request):
    """200 when database, migrations, Redis, worker and beat are all there, 503 with the missing one otherwise."""
    parts = readiness()
    ready = not any(state is False for state in parts.values())
    return JsonResponse({"ready": ready, **parts}, status=200 if ready else 503)
