"""Lists that can be taken out as files. Each app registers its own (`<app>/exports.py`); the foundation writes them.

A listing says which rows a list's address means, in which order, and what stands in each column. It passes the same
door as the list: whatever is asked for is asked again, with the rights of the moment, each time a piece is written.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from lawcrm.firm.roles import may

PERMISSION = "clients.export"
SPREADSHEETS = ("xlsx", "csv")
CARDS = {"vcf": "4.0", "vcf3": "3.0"}  # kinds of files that hold contact cards -> the version of vCard


@dataclass(frozen=True)
class ExportColumn:
    """`part`: the heading it stands under in the chooser. `sealed`: masked for whoever may not reveal."""

    code: str
    label: str
    part: str = ""
    sealed: bool = False
    width: int = 20


class Listing(ABC):
    """A list that can be exported. Subclasses state the first four and write the methods."""

    code: str
    label: str  # what is listed, in the plural
    url_name: str  # the list's own page
    formats: tuple[str, ...] = SPREADSHEETS
    permission: str = ""  # what its page asks for; the right to export comes on top

    def is_open_to(self, user) -> bool:
        return may(user, PERMISSION) and (not self.permission or may(user, self.permission))

    @abstractmethod
    def columns(self, user) -> Sequence[ExportColumn]:
        """All that may stand in the file, in the order of the chooser."""

    @abstractmethod
    def chosen_first(self, query: QueryDict) -> Sequence[str]:
        """The columns that are ticked when the list at this address is exported."""

    @abstractmethod
    def rows(self, user, query: QueryDict) -> QuerySet:
        """What the address means to this person, through the door, narrowed, annotated for its order."""

    @abstractmethod
    def order(self, query: QueryDict) -> tuple[str, ...]:
        """As lawcrm.firm.paging.keyset_page wants it."""

    def filter_words(self, user, query: QueryDict) -> list[str]:
        """The filter as a person would say it; empty where everything is listed."""
        return []

    @abstractmethod
    def values(self, user, columns: Sequence[str], rows: Sequence) -> Iterable[Sequence[Any]]:
        """The cells of some rows: texts, numbers, dates; as the reader's language and zone have them."""

    def cards(self, user, rows: Sequence, version: str) -> Iterator[str]:
        """The people among some rows as vCards; only where `formats` has CARDS."""
        return iter(())

    def siblings(self) -> Sequence[str]:
        """Other listings of the same address (the people at these clients)."""
        return ()

    def presets(self, user, query: QueryDict) -> Sequence[tuple[str, Sequence[str]]]:
        """Named choices of columns beside "all": (words, codes)."""
        return ()

    def page_url(self, query: str) -> str:
        return f"{reverse(self.url_name)}?{query}".removesuffix("?")


class TableListing(Listing):
    """A listing whose columns stand in a table: code -> (heading, what stands there).

    A column without a reader takes other rows; `readers` reads these for many rows at once.
    """

    table: Mapping[str, tuple[Any, Callable[[Any], Any] | None]]
    widths: Mapping[str, int] = {}
    width = 18

    def columns(self, user) -> list[ExportColumn]:
        return [
            ExportColumn(code, label, width=self.widths.get(code, self.width))
            for code, (label, _of) in self.table.items()
        ]

    def chosen_first(self, query: QueryDict) -> list[str]:
        return list(self.table)

    def readers(self, user, rows: Sequence) -> dict[str, Callable[[Any], Any]]:
        return {}

    def values(self, user, columns: Sequence[str], rows: Sequence) -> Iterator[list[Any]]:
        readers = {code: reader for code, (_label, reader) in self.table.items()}
        readers |= self.readers(user, rows)
        return ([readers[code](one) for code in columns] for one in rows)


def wall_clock(moment: datetime | None) -> datetime | None:
    """As the reader's clock showed it, which is all a spreadsheet knows of time."""
    return timezone.localtime(moment).replace(tzinfo=None, second=0, microsecond=0) if moment else None


_LISTINGS: dict[str, Listing] = {}


def register(listing: Listing) -> None:
    if _LISTINGS.setdefault(listing.code, listing) is not listing:
        raise ValueError(f"listing {listing.code} is registered twice")


def all_listings() -> list[str]:
    return list(_LISTINGS)


def listing_of(code: str) -> Listing | None:
    return _LISTINGS.get(code)
