"""The chain over the audit trail: seal what is settled, verify all of it."""

from django.core.management.base import BaseCommand, CommandError

from lawcrm.firm.actions.seals import broken_links, newest_link, seal_trail


class Command(BaseCommand):
    help = (
        "audit seal: add links now. audit verify: try every link; the exit code is 1 when one does not hold."
    )

    def add_arguments(self, parser):
        parser.add_argument("what", choices=["seal", "verify"])
        parser.add_argument(
            "--expect", help="a line printed by an earlier verify: the chain must still hold that link"
        )

    def handle(self, *, what, expect, **options):
        if what == "seal":
            self.stdout.write(f"{seal_trail()} entries sealed")
            return
        breaks = list(broken_links())
        for one in breaks:
            self.stderr.write(f"link {one.number} does not hold: entries from {one.after} until {one.until}")
        if expect and not newest_link(expect):
            breaks.append(None)
            self.stderr.write(f"the chain no longer holds the link {expect}")
        if breaks:
            raise CommandError(f"{len(breaks)} breaks in the audit trail")
        self.stdout.write(f"the trail holds; newest link {newest_link() or 'none yet'}")
