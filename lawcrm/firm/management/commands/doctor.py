"""Says what stands between this installation and client data."""

import sys

from django.core.management.base import BaseCommand

from lawcrm.firm.doctor import examine


class Command(BaseCommand):
    help = "Examines the installation: settings, keys, database, Redis, worker and beat, people. Exit code: findings that are not well."
    requires_system_checks: list = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--repair", action="store_true", help="put right what can be put right without asking anybody"
        )

    def handle(self, *, repair=False, **options):
        ill = 0
        for finding in examine():
            if finding.is_well:
                self.stdout.write(f"ok    {finding.what}")
                continue
            if repair and finding.repair:
                finding.repair()
                self.stdout.write(f"DONE  {finding.what}\n      was: {finding.remedy}")
                continue
            ill += 1
            self.stdout.write(self.style.ERROR(f"NOT   {finding.what}") + f"\n      remedy: {finding.remedy}")
        self.stdout.write(f"{ill} to put right." if ill else "All well.")
        if ill:
            sys.exit(min(ill, 125))
