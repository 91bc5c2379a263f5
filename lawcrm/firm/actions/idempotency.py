"""Keeping and forgetting the answers to forms."""

from datetime import timedelta

from lawcrm.firm import clock
from lawcrm.firm.models import IdempotencyKey
from lawcrm.firm.sealed import seal, unseal

KEPT_FOR = timedelta(hours=24)
KEPT_HEADERS = ("Content-Type", "Content-Language", "Content-Disposition", "Location")


def keep(pk: int, response) -> None:
    """Stores the answer beside its key, its body sealed: it may show a client."""
    headers = {
        name: value
        for name, value in response.headers.items()
        if name in KEPT_HEADERS or name.lower().startswith("hx-")
    }
    IdempotencyKey.objects.filter(pk=pk).update(
        status=response.status_code, headers=headers, body=_seal(pk, response.content)
    )


def forget(pk: int) -> None:
    IdempotencyKey.objects.filter(pk=pk).delete()


def body_of(row: IdempotencyKey) -> bytes:
    return unseal(row.body, **_bound_to(row.pk)).encode("latin-1") if row.body else b""


def purge() -> int:
    """Forgets what is older than a day."""
    return IdempotencyKey.objects.filter(created_at__lt=clock.now() - KEPT_FOR).delete()[0]


def _seal(pk: int, body: bytes) -> bytes:
    return seal(body.decode("latin-1"), **_bound_to(pk)) if body else b""


def _bound_to(pk: int) -> dict:
    return {"model": "firm.idempotencykey", "field": "body", "row_id": pk}
