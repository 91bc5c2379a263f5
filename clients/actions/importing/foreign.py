"""Files of other programs on their way to staged rows: recognised, then read as a client list."""

from collections.abc import Iterable

from django.utils import translation

from clients.importing.columns import COLUMNS
from clients.importing.foreign import address_cards
from clients.importing.foreign.layouts import CardReader, recognise
from clients.importing.foreign.rows import Translation, translate
from clients.importing.kinds import CATALOGUE
from clients.importing.people import PeopleByName
from clients.models import ImportRun
from lawcrm.firm import clock
from lawcrm.firm.queries.people import working_people
from lawcrm.firm.spreadsheets.headings import Headings
from lawcrm.firm.spreadsheets.reader import Row


def translation_of(headings: Headings, rows: Iterable[Row], file_format: str, *, by) -> Translation | None:
    """The rows as a client list has them, where another program wrote the file; read to its end. None: it is a list."""
    colleagues = PeopleByName(working_people())

    def knows(name: str) -> bool:
        return len(colleagues.find(name)) == 1

    with translation.override(clock.language_of(by)):
        if file_format == "vcard":
            cards = map(address_cards.read_card, rows)
            found = translate(cards, columns=COLUMNS, knows=knows)
            found.program = address_cards.PROGRAM
            return found
        titles = [""] * (headings.columns[-1].index + 1)
        for column in headings.columns:
            titles[column.index] = column.title
        if layout := recognise(titles):
            reader = CardReader(layout, titles)
            found = translate(map(reader.read, rows), columns=COLUMNS, knows=knows)
            found.program, found.left_out = layout.program, reader.left_out
            return found
    return None


def take_translation(run: ImportRun, found: Translation, *, by) -> None:
    """The run's headings, columns and warnings are those of the list the file was read as."""
    run.headings = titles_of(found.fields, by=by)
    run.kind = ImportRun.Kind.CLIENTS
    run.warnings = [{"code": "foreign", "params": {"program": found.program}}] + [
        warning for warning in run.warnings if warning["code"] == "imported_before"
    ]
    if found.people:
        run.warnings.append({"code": "people_at_companies", "params": {"count": len(found.people)}})
    if found.left_out:
        run.warnings.append({"code": "left_out", "params": {"titles": found.left_out}})
    defaults, blanks = {}, ["kind"]  # a kind that was supposed stands over nobody's own
    if by.pk in {person.pk for person in working_people()}:
        defaults["responsible"] = str(by.pk)
        if "responsible" not in found.fields:
            blanks.append("responsible")
            run.warnings.append({"code": "lawyer_for_all", "params": {}})
    run.mapping = {"columns": columns_of(found.fields), "defaults": defaults, "blanks": blanks}
    run.save()


def columns_of(fields: list[str]) -> dict[str, str]:
    return {str(index): name for index, name in enumerate(fields)}


def titles_of(fields: list[str], *, by) -> list[str]:
    with translation.override(clock.language_of(by)):
        return [str(CATALOGUE[name].title) for name in fields]
