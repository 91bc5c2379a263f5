"""manage.py assess: judges the relationships with all clients, or with one, and tells why."""

import time
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from clients.actions.assess_all import assess_next
from clients.actions.relationship import Judged, assess_clients, judgement_of
from clients.presenters.relationship import criterion_words, next_step_words, type_label
from clients.queries.relationship import client_with_id
from clients.rules import next_step
from lawcrm.firm import clock
from lawcrm.firm.origin import origin


class Command(BaseCommand):
    help = (
        "Judge the relationships with all clients (or --client ID), store what changed; --explain tells why."
    )

    def add_arguments(self, parser):
        parser.add_argument("--client", metavar="ID", help="only this client")
        parser.add_argument(
            "--explain", action="store_true", help="every criterion with its figures and records"
        )

    def handle(self, *, client, explain, **options):
        with origin("command assess"):
            if client:
                self._one(client, explain)
            elif explain:
                raise CommandError("--explain goes with --client ID")
            else:
                self._all()

    def _all(self):
        started, cursor = time.monotonic(), {}
        while assess_next(cursor):
            pass
        seconds = time.monotonic() - started
        judged, changed = cursor.get("judged", 0), cursor.get("changed", 0)
        self.stdout.write(
            f"{judged} clients judged in {seconds:.1f} s, {changed} judged differently than before"
        )

    def _one(self, pk: str, explain: bool):
        client = client_with_id(_key(pk))
        if client is None:
            raise CommandError(f"no client has the id {pk}")
        assess_clients([client.pk])
        judged = judgement_of(client.pk)
        self.stdout.write(f"{client}: {type_label(judged.assessment.type)}")
        if explain:
            self._explain(judged)

    def _explain(self, judged: Judged):
        for criterion in judged.assessment.criteria:
            words = criterion_words(criterion)
            mark = "+" if words.met else "-"
            self.stdout.write(f"  {mark} {criterion.type}/{words.code}: {words.sentence}")
            for kind in ("evidence", "missing", "pending", "surveys"):
                for one in getattr(criterion, kind):
                    self.stdout.write(f"      {kind} {one}")
        if step := next_step.suggest(judged.assessment, clock.today()):
            self.stdout.write(f"  next step by {step.due_on}: {next_step_words(step)}")


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise CommandError(f"{text} is not the id of a client") from None
