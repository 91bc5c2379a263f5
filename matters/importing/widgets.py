"""Cells that lists of matters and invoices hold beside those of clients."""

import re
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from clients.importing.widgets import RuleWidget
from clients.rules import normalise
from clients.rules.cells import as_text
from clients.rules.reading import Reading
from matters.rules.amounts import read_amount

MOST_NAMES = 20


class Amount(RuleWidget):
    says = _("A sum in the firm's own currency: 12,000.00, ¥12000 or 1.2万.")

    def __init__(self):
        super().__init__(read_amount)

    def render(self, value, obj=None, **kwargs):
        if value in (None, ""):
            return ""
        amount = Decimal(value)
        return f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.2f}"


class SomeNames(RuleWidget):
    """Names of parties in one cell."""

    says = _("One or more names, with semicolons between.")

    def __init__(self):
        super().__init__(self._read_names)

    def _read_names(self, raw) -> Reading:
        names, changes = [], []
        for part in re.split(r"[;；\n]", as_text(raw)):
            if not part.strip():
                continue
            reading = normalise.read_name(part)
            if reading.problem:
                return Reading([], (), reading.problem)
            names.append(reading.value)
            changes.extend(reading.changes)
        return Reading(list(dict.fromkeys(names))[:MOST_NAMES], tuple(changes))

    def render(self, value, obj=None, **kwargs):
        return "; ".join(value or ())
