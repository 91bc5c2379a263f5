"""A form sent twice has one effect: the answer is kept under the form's key, in the transaction of the effect.

A view whose POST carries `idempotency_key` (a hidden field, `{% idempotency_key %}`) or the header Idempotency-Key
runs in one transaction with the row that remembers the key. A double click waits for the first answer and gets the
same one. What wrote nothing (a form with mistakes) and what failed is not remembered: the form may be corrected and
sent again. Signing in and the like carry no key: their traces must outlive a refusal.
"""

import hashlib

from django.db import connection, transaction
from django.http import HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from lawcrm.firm.actions import idempotency
from lawcrm.firm.queries.idempotency import claim, kept

LONGEST_KEY = 64
LONGEST_BODY = 512 * 1024
FORMS = {"multipart/form-data", "application/x-www-form-urlencoded"}
LEFT_OUT = {"idempotency_key", "csrfmiddlewaretoken"}


class IdempotencyMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Runs the view itself: after the access table has let the request in, inside a transaction."""
        if request.method != "POST":
            return None
        key = request.headers.get("Idempotency-Key") or request.POST.get("idempotency_key", "")
        if not key:
            return None
        if len(key) > LONGEST_KEY:
            return HttpResponse(status=400)
        sent = {
            "user_id": request.user.pk if request.user.is_authenticated else None,
            "route": request.resolver_match.view_name[:80],
            "key": key,
        }
        return _answer(sent, _fingerprint(request), lambda: view(request, *args, **kwargs))


def _answer(sent: dict, body_hash: str, view) -> HttpResponse:
    with transaction.atomic():
        pk = claim(body_hash=body_hash, **sent)
        if pk is not None:
            return _run(pk, view)
        row = kept(**sent)
    if row is None or row.body_hash != body_hash:
        text = _("This form was sent before with something else in it. Load the page again, then send it.")
        return HttpResponse(text, status=409, content_type="text/plain; charset=utf-8")
    response = HttpResponse(idempotency.body_of(row), status=row.status, headers=row.headers)
    response["Idempotency-Replayed"] = "true"
    return response


def _run(pk: int, view) -> HttpResponse:
    watch = _Watch()
    with connection.execute_wrapper(watch):
        response = view()
        if hasattr(response, "render") and not response.is_rendered:
            response.render()
    if response.status_code >= 500:
        transaction.set_rollback(True)
    elif watch.wrote and 200 <= response.status_code < 400 and _keepable(response):
        idempotency.keep(pk, response)
    else:
        idempotency.forget(pk)
    return response


def _keepable(response) -> bool:
    return not response.streaming and len(response.content) <= LONGEST_BODY


class _Watch:
    """Sees whether anything was written."""

    WRITES = ("INSERT", "UPDATE", "DELETE", "MERGE", "COPY")

    def __init__(self):
        self.wrote = False

    def __call__(self, execute, sql, params, many, context):
        if not self.wrote and isinstance(sql, str):
            self.wrote = sql.lstrip()[:6].upper().startswith(self.WRITES)
        return execute(sql, params, many, context)


def _fingerprint(request) -> str:
    """What was sent, in one figure that tells nothing of it; files are read piece by piece."""
    digest = hashlib.sha256(request.get_full_path().encode())
    fields = [
        (name, value) for name in request.POST if name not in LEFT_OUT for value in request.POST.getlist(name)
    ]
    for name, value in sorted(fields):
        digest.update(f"\0{len(name)}:{name}={len(value)}:{value}".encode("utf-8", "surrogatepass"))
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            digest.update(f"\0file {name} {file.name} {file.size}\0".encode("utf-8", "surrogatepass"))
            for piece in file.chunks():
                digest.update(piece)
            file.seek(0)
    if request.content_type not in FORMS:
        digest.update(request.body)
    return salted_hmac("lawcrm.idempotency", digest.hexdigest(), algorithm="sha256").hexdigest()
