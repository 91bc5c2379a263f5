"""Form fields that read what people type as the import reads what spreadsheets hold."""

from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError

from clients.presenters.problems import problem_words
from clients.rules.reading import Reading


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


class PersonOfFirmField(forms.ModelChoiceField):
    """Somebody of the firm, named as the reader's language orders names."""

    def label_from_instance(self, obj):
        return obj.display_name


class PeopleOfFirmField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj):
        return obj.display_name
