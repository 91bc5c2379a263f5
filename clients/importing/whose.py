"""Which client a row of people or contacts belongs to: by its number, else by its very name."""

from collections.abc import Sequence
from uuid import UUID

from clients.importing.judging import values_of
from clients.models import ImportRow, ImportRun
from clients.queries.import_rows import rows_of_clients
from clients.queries.matching import keys_by, keys_visible_to, outlines_of
from clients.rules.names import normal_form, sort_key
from lawcrm.firm.sealed import blind_index

UNKNOWN, AMBIGUOUS = "client_unknown", "client_ambiguous"
_INDEXES = {"identity_index": "identity_number", "registration_index": "registration_number"}


class Whose:
    """Looks clients up that `by` may see, and those that the same workbook is about to add."""

    def __init__(self, *, by, run: ImportRun):
        self.by = by
        self.coming: dict[str, set[UUID]] = {}
        first = run.part_of if run.part_of_id and run.part_of.kind == ImportRun.Kind.CLIENTS else None
        if first and first.state in (ImportRun.State.READING, ImportRun.State.PREVIEW):
            for row in rows_of_clients(run.part_of_id):
                self._expect(row)

    def _expect(self, row: ImportRow) -> None:
        values = values_of(row)
        for said in (values["name"], values.get("identity_number"), values.get("registration_number")):
            if said:
                self.coming.setdefault(normal_form(said), set()).add(row.client_id)

    def find(self, asked: Sequence[tuple[str, str]]) -> list[tuple[UUID | None, str]]:
        """For each (name, number): the client's key, or None and what is wrong."""
        numbers = self._by_number({number for _name, number in asked if number})
        names = self._by_name({name for name, _number in asked})
        return [
            self._one(numbers.get(number) if number else names.get(normal_form(name)), name, number)
            for name, number in asked
        ]

    def _one(self, found: set[UUID] | None, name: str, number: str) -> tuple[UUID | None, str]:
        found = found or self.coming.get(normal_form(number or name)) or set()
        if len(found) == 1:
            return next(iter(found)), ""
        return None, AMBIGUOUS if found else UNKNOWN

    def _by_number(self, numbers: set[str]) -> dict[str, set[UUID]]:
        found: dict[str, set[UUID]] = {}
        for column, name in _INDEXES.items():
            prints = {blind_index("clients.client", name, number): number for number in numbers}
            for value, pk in keys_by(column, prints):
                found.setdefault(prints[bytes(value)], set()).add(pk)
        return self._visible(found)

    def _by_name(self, names: set[str]) -> dict[str, set[UUID]]:
        keys = {sort_key(name, is_person=person) for name in names for person in (True, False)}
        wanted = {normal_form(name) for name in names}
        found: dict[str, set[UUID]] = {}
        for client in outlines_of({pk for _value, pk in keys_by("sort_key", keys)}):
            for name in client.normal_names & wanted:
                found.setdefault(name, set()).add(client.key)
        return self._visible(found)

    def _visible(self, found: dict[str, set[UUID]]) -> dict[str, set[UUID]]:
        """What is not open to the importer does not exist for them."""
        pks = {pk for some in found.values() for pk in some}
        seen = keys_visible_to(self.by, pks) if pks else set()
        return {said: some & seen for said, some in found.items()}
