"""What the contact log does by itself, each minute."""

from interactions.actions.reminders import escalate_late, send_reminders
from lawcrm.firm.schedule import every_minute


@every_minute("interactions.reminders")
def remind() -> None:
    send_reminders()
    escalate_late()
