"""The one door to each object."""

from contextvars import ContextVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404

from lawcrm.firm.models import Export, Job

# The last row that was asked for in vain, as (model, key): what the audit trail says of a refused request.
refused: ContextVar[tuple | None] = ContextVar("refused", default=None)


def get_or_404(queryset, user, pk):
    """The row of `queryset` with this key if the user may see it.

    Raises Http404 alike for what does not exist, what is not the user's to see, and what is no key at all.
    """
    try:
        key = pk if isinstance(pk, UUID) else UUID(str(pk))
    except ValueError:
        raise Http404 from None
    try:
        return queryset.visible_to(user).get(pk=key)
    except (ValidationError, queryset.model.DoesNotExist):
        refused.set((queryset.model, key))
        raise Http404 from None


def get_job(user, pk) -> Job:
    """The job, or Http404 where it is not the user's to see."""
    return get_or_404(Job.objects.all(), user, pk)


def visible_exports(user):
    return Export.objects.visible_to(user).order_by("-id")


def get_export(user, pk) -> Export:
    """The export, or Http404 where it is another's."""
    return get_or_404(Export.objects.select_related("job"), user, pk)
