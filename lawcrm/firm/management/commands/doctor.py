"""Says what stands between this installation and client data."""

import sys

from django.core.management.base import BaseCommand

from lawcrm.firm.doctor import examine


class Command(BaseCommand):
    help = "Examines the installation: settings, keys, database, Redis, worker and beat, people. Exit code: findings that are not well."
    requires_system_checks: list = []

    def handle(self, **options):
        ill = 0
        for finding in examine():
            if finding.is_well:
                self.stdout.write(f"ok    {finding.what}")
                continue
            ill += 1
            self.stdout.write(self.style.ERROR(f"NOT   {finding.what}") + f"\n      remedy: {finding.remedy}")
        self.stdout.write(f"{ill} to put right." if ill else "All well.")
        if ill:
            sys.exit(min(ill, 125))
