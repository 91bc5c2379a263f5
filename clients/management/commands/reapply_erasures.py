"""After a restore: whoever had been erased since the backup was made is erased again, before anybody signs in."""

from django.core.management.base import BaseCommand

from clients.actions.erasure import erase_again
from clients.models import Client, Person
from clients.queries.suppressed import restored
from clients.subjects import Subject


class Command(BaseCommand):
    help = (
        "Erases again what was erased before the database was restored from an older backup: the list of erasures lies"
        " outside the database (docs/privacy.md). Run it after every restore, before the site opens."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="say how many, and erase nothing")

    def handle(self, *, dry_run, **options):
        found = list(restored())
        if not found:
            self.stdout.write("Nothing to erase again")
            return
        if not dry_run:
            for subject in found:
                if self._still_there(subject):  # a client takes its people along
                    erase_again(subject)
        self.stdout.write(f"{len(found)} records {'to be erased' if dry_run else 'erased'} again")

    def _still_there(self, subject: Subject) -> bool:
        model = Client if subject.kind == "client" else Person
        return model.objects.unscoped().filter(pk=subject.pk).exists()
