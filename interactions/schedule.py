"""What the contact log does by itself: each minute, each night, and when a profile is verified."""

from clients.actions.upkeep import on_verified
from interactions.actions.care_prepare import prepare_care
from interactions.actions.reminders import escalate_late, send_reminders
from interactions.actions.verification import ask_to_verify, finish_verification
from lawcrm.firm.schedule import daily, every_minute


@every_minute("interactions.reminders")
def remind() -> None:
    send_reminders()
    escalate_late()


daily("interactions.ask_to_verify", at="03:10")(ask_to_verify)
on_verified(finish_verification)
daily("interactions.prepare_care", at="04:10", in_parts=True)(prepare_care)
