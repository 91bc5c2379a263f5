"""What the workers run for the contact log."""

from celery import shared_task

from interactions.mail.mailbox import poll


@shared_task(name="interactions.poll_mail")
def poll_mail() -> None:
    """Looks into the firm's mailbox."""
    poll()
