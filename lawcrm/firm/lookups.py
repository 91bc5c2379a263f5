"""`field__any_of=[...]`: IN for thousands of values, sent as one array instead of one parameter each."""

from django.db.models import Field, Lookup

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
