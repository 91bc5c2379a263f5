"""What the contact log does by itself: each minute, each night, and when a profile is verified."""

from django.conf import settings

from clients.actions.upkeep import on_verified
from interactions import triggers
from interactions.actions.care_prepare import prepare_care
from interactions.actions.reminders import escalate_late, send_reminders
from interactions.actions.triggers import look_next
from interactions.actions.verification import ask_to_verify, finish_verification
from interactions.enums import Trigger
from interactions.queries import triggers as causes
from lawcrm.firm.schedule import daily, every_minute
from lawcrm.firm.wake import wake


@every_minute("interactions.mailbox")
def look_into_the_mailbox() -> None:
    if settings.MAIL_IN_IMAP_URL:
        wake("interactions.poll_mail", expires=60)


@every_minute("interactions.reminders")
def remind() -> None:
    send_reminders()
    escalate_late()


for _codes, _find in (
    ([Trigger.BIRTHDAY], causes.birthdays),
    ([Trigger.FESTIVAL], causes.festivals),
    ([Trigger.NEW_CLIENT, Trigger.QUIET], causes.of_clients),
    (
        [
            Trigger.EXPECTATION_CHECK,
            Trigger.PROGRESS,
            Trigger.KEY_DATE,
            Trigger.MATTER_CLOSED,
            Trigger.RETAINER_ENDING,
            Trigger.LARGE_MATTER,
        ],
        causes.of_matters,
    ),
    ([Trigger.LIMITATION], causes.limitations),
    ([Trigger.RECEIVABLE], causes.receivables),
    ([Trigger.NO_INSTRUCTION], causes.instructions),
    ([Trigger.EARLY_RISK], causes.risks),
):
    triggers.register(*_codes)(_find)
triggers.register_signs(causes.signs_of_the_log)
triggers.register_signs(causes.overdue_fees)
daily("interactions.triggers", at="03:30", in_parts=True)(look_next)
daily("interactions.ask_to_verify", at="03:10")(ask_to_verify)
on_verified(finish_verification)
daily("interactions.prepare_care", at="04:10", in_parts=True)(prepare_care)
