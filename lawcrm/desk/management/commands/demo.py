"""A believable bilingual firm to look around in."""

import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lawcrm.desk.demo.build import build
from lawcrm.desk.demo.large import build_large
from lawcrm.desk.demo.people import PASSWORD, usernames
from lawcrm.desk.demo.stories import SMALL
from lawcrm.firm.models import User


class Command(BaseCommand):
    help = "Makes a demo firm: people, clients, matters, three years of contacts. Refuses in production."

    def add_arguments(self, parser):
        parser.add_argument("--clients", type=int, default=300, help="so many clients (300)")
        parser.add_argument("--seed", type=int, default=1, help="another seed tells other stories (1)")

        parser.add_argument(
            "--bulk", action="store_true", help="copy the rows in instead of living through each deed"
        )

    def handle(self, *, clients, seed, bulk, verbosity, **_options):
        if settings.PRODUCTION:
            raise CommandError("the demo firm is not made in production")
        if clients < 1:
            raise CommandError("--clients is a number above 0")
        present = set(User.objects.values_list("username", flat=True)[:1000])
        if usernames() <= present:
            self.stdout.write("The demo firm is there already; nothing was changed.")
            return
        if present:
            raise CommandError("this firm has people already: the demo firm needs an empty database")
        began = time.monotonic()
        if bulk or clients > SMALL:
            build_large(clients=clients, seed=seed, say=self.stdout.write)
        else:
            build(clients=clients, seed=seed)
        if verbosity:
            self.stdout.write(f"Demo firm of {clients} clients made in {time.monotonic() - began:.0f} s.")
            self.stdout.write(
                f"Sign in as partner, lawyer, manager, specialist, admin or auditor; password {PASSWORD}"
            )
