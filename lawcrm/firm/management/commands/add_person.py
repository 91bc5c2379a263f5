"""The first administrator of an empty firm, or anybody else, from the shell."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse

from lawcrm.firm.actions.people import create_person, invite
from lawcrm.firm.models import User
from lawcrm.firm.roles import Role


class Command(BaseCommand):
    help = "Adds a person and prints the link with which they set their password, once."

    def add_arguments(self, parser):
        parser.add_argument("username")
        parser.add_argument("email")
        parser.add_argument("--role", choices=Role.values, default=Role.ADMINISTRATOR)
        parser.add_argument("--given-name", default="")
        parser.add_argument("--family-name", default="")

    @transaction.atomic
    def handle(self, *, username, email, role, given_name, family_name, **options):
        values = {
            "username": username,
            "email": email,
            "role": role,
            "given_name": given_name or username,
            "family_name": family_name,
        }
        try:
            User(**values).full_clean(exclude=["password", "family_name"])
        except ValidationError as problem:
            raise CommandError("; ".join(problem.messages)) from None
        # Whoever may run this command may do everything anyway: the deed is the system's.
        person = create_person(by=None, **values)
        token = invite(person, by=person)
        link = settings.PUBLIC_URL.rstrip("/") + reverse("firm:accept_invitation", args=[token])
        self.stdout.write(
            f"{username} sets a password here, within {settings.INVITATION_HOURS} hours:\n{link}"
        )
