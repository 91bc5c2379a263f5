"""The foundation's own classes of data that do not last for ever."""

from django.utils.translation import gettext_lazy as _

from lawcrm.firm.models import IdempotencyKey, Job, Notice, Outbox, ScheduledRun
from lawcrm.firm.retention import Kept, register

SETTLED = (Outbox.State.SENT, Outbox.State.FAILED, Outbox.State.DROPPED, Outbox.State.UNKNOWN)
ENDED = (Job.State.DONE, Job.State.FAILED, Job.State.CANCELLED)

register(
    Kept(
        "answers",
        _("Answers to forms"),
        _("Kept so that a form sent twice has one effect."),
        lambda before: IdempotencyKey.objects.filter(created_at__lt=before),
        default=1,
        always=True,
    )
)
register(
    Kept(
        "outbox",
        _("Messages sent"),
        _("Mails and notices that have gone out or will not."),
        lambda before: Outbox.objects.filter(created_at__lt=before, state__in=SETTLED),
        lowest=7,
    )
)
register(
    Kept(
        "notices",
        _("Notices"),
        _("What the bell showed, read or not."),
        lambda before: Notice.objects.filter(created_at__lt=before),
        lowest=30,
    )
)
register(
    Kept(
        "jobs",
        _("Work in the background"),
        _("Imports, exports and mass work that ended, with their results."),
        lambda before: Job.objects.filter(finished_at__lt=before, state__in=ENDED),
        lowest=7,
    )
)
register(
    Kept(
        "runs",
        _("Nightly runs"),
        _("That the night's work was done, and when."),
        lambda before: ScheduledRun.objects.filter(local_date__lt=before.date(), finished_at__isnull=False),
        lowest=30,
    )
)
