"""Comparisons of our own.

`field__any_of=[...]`: IN for thousands of values, sent as one array instead of one parameter each.
`field__any_case="..."`, `__any_case_begins`, `__any_case_holds`: as iexact, istartswith and icontains, but said of the column
itself (ILIKE) and not of UPPER(column). Of the column Postgres keeps statistics: it guesses how many rows will hold a text,
and so whether to walk the list in its order or to read all rows and sort the few.
"""

from django.db.models import Field, Lookup
from django.db.models.lookups import IContains, IExact, IStartsWith

from lawcrm.firm.bulk import array_text


@Field.register_lookup
class AnyOf(Lookup):
    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        left, params = self.process_lhs(compiler, connection)
        return f"{left} = ANY(%s::{self.lhs.output_field.db_type(connection)}[])", [
            *params,
            array_text(self._texts()),
        ]

    def _texts(self) -> list[str]:
        return ["\\x" + value.hex() if isinstance(value, bytes) else str(value) for value in self.rhs]


class _AnyCase:
    """ILIKE; `rhs` is made a pattern by the lookup this is mixed with."""

    def as_sql(self, compiler, connection):
        left, params = compiler.compile(self.lhs)
        right, more = self.process_rhs(compiler, connection)
        return f"{left} ILIKE {right}", [*params, *more]


@Field.register_lookup
class AnyCase(_AnyCase, IExact):
    lookup_name = "any_case"


@Field.register_lookup
class AnyCaseBegins(_AnyCase, IStartsWith):
    lookup_name = "any_case_begins"


@Field.register_lookup
class AnyCaseHolds(_AnyCase, IContains):
    lookup_name = "any_case_holds"
