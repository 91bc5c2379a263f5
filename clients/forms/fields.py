"""Form fields that read what people type as the import reads what spreadsheets hold."""

from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from clients.presenters.problems import problem_words
from clients.rules.birth_dates import read_birth_date
from clients.rules.reading import Reading
from lawcrm.firm import clock
from lawcrm.firm.partial_dates import PartialDate
from lawcrm.firm.presenters.partial_dates import partial_date_words, typed_form


class ReadField(forms.CharField):
    """Text through one of the readers of clients/rules: cleaned, or refused with what to do."""

    def __init__(self, reader: Callable[[str], Reading], **kwargs):
        self.reader = reader
        super().__init__(strip=False, **kwargs)

    def to_python(self, value):
        reading = self.reader(value or "")
        if reading.problem:
            raise ValidationError(problem_words(reading.problem.code, reading.problem.params))
        return reading.value


class PartialDateInput(forms.TextInput):
    """Says below the field, while one types, what it was read as."""

    def render(self, name, value, attrs=None, renderer=None):
        reading = render_to_string(
            "clients/date_reading.html#place", {"name": name, "id": (attrs or {}).get("id")}
        )
        return format_html("{}{}", super().render(name, value, attrs, renderer), reading)


class PartialDateField(ReadField):
    """A birthday as people write them: 1980-05-03, May 1980, 5月3日, 农历八月十五."""

    widget = PartialDateInput

    def __init__(self, **kwargs):
        kwargs.setdefault(
            "help_text", _("Whole or in part: 1980-05-03, 1980-05, 5月3日, 农历八月十五, lunar leap 4-3.")
        )
        super().__init__(lambda raw: read_birth_date(raw, latest=clock.today()), required=False, **kwargs)

    def prepare_value(self, value):
        return typed_form(value) if isinstance(value, PartialDate) else value

    def has_changed(self, initial, data):
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True

    @staticmethod
    def words(value) -> str:
        return partial_date_words(PartialDate.parse(value) if isinstance(value, str) else value)


class PersonOfFirmField(forms.ModelChoiceField):
    """Somebody of the firm, named as the reader's language orders names."""

    def label_from_instance(self, obj):
        return obj.display_name


class PeopleOfFirmField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj):
        return obj.display_name
