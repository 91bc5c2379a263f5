"""manage.py find_duplicates: looks for clients and people that are in twice, as every night."""

import time

from django.core.management.base import BaseCommand
from django.db import transaction

from clients.actions.duplicates import find_all_next
from lawcrm.firm.origin import origin


class Command(BaseCommand):
    help = "Look for clients and people that are in twice, as every night; what is found stands under Clients, Duplicates."

    def handle(self, **options):
        started, cursor, longest = time.monotonic(), {}, 0.0
        with origin("command find_duplicates"):
            more = True
            while more:
                begun = time.monotonic()
                with transaction.atomic():
                    more = find_all_next(cursor)
                longest = max(longest, time.monotonic() - begun)
        seconds = time.monotonic() - started
        found = {"clients": cursor, "people": cursor["people"]}
        for whom, place in found.items():
            self.stdout.write(
                f"{place['clients']} {whom}, {place['pairs']} pairs compared, {place['proposed']} to decide"
            )
        self.stdout.write(f"{seconds:.1f} s (longest part {longest:.1f} s)")
