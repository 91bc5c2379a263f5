"""Everything held on a client or a person, from the shell: whole, on no side of any wall."""

import json
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from clients.actions.subject_access import as_json, make_pack
from clients.models import Client, Person
from clients.presenters.privacy import pack_views
from clients.subjects import Subject


class Command(BaseCommand):
    help = (
        "Gives everything held on a client or a person: --client or --person with the id that stands in the address of"
        " the page. Readable by default, --json for a machine. What may be privileged is set apart for review."
    )

    def add_arguments(self, parser):
        whom = parser.add_mutually_exclusive_group(required=True)
        whom.add_argument("--client", type=UUID, metavar="ID")
        whom.add_argument("--person", type=UUID, metavar="ID")
        parser.add_argument("--json", action="store_true", dest="as_json", help="one JSON object")

    def handle(self, *, client, person, as_json, **options):
        model, pk, kind = (Client, client, "client") if client else (Person, person, "person")
        row = model.objects.unscoped().filter(pk=pk).first()
        if row is None:
            raise CommandError(f"no {kind} has this id")
        subject = Subject(kind, row.pk, row.name)
        tables = make_pack(subject, row, by=None)
        self.stdout.write(_json(subject, tables) if as_json else "\n".join(_lines(row.name, tables)))


def _json(subject: Subject, tables) -> str:
    return json.dumps(as_json(subject, tables), ensure_ascii=False, indent=1)


def _lines(name: str, tables):
    yield f"Everything held on {name}"
    for title, for_review in (("Held", False), ("For review before anything of it is handed out", True)):
        yield f"\n== {title} =="
        for table in pack_views(tables, for_review=for_review):
            yield f"\n-- {table.title} --"
            for record in table.records:
                yield from (f"  {value.label}: {value.text}" for value in record.values)
                if record.why:
                    yield f"  ({record.why})"
                yield ""
