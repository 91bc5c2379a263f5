"""A column for dates of which not everything is known (lawcrm.firm.partial_dates)."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Substr
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_lazy as _

from lawcrm.firm.partial_dates import LENGTH, PartialDate


class _Read(DeferredAttribute):
    """The attribute: always a PartialDate or None, also when a plain date or its written form was put in."""

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        value = super().__get__(instance, owner)
        return value if value is None or type(value) is PartialDate else _read(value)

    def __set__(self, instance, value):
        instance.__dict__[self.field.attname] = None if value in (None, "") else _read(value)


class PartialDateField(models.CharField):
    """Stored in its written form, which sorts by year and is found by what stands behind the year (`key_of`)."""

    description = "a date of which not everything is known"
    descriptor_class = _Read

    def __init__(self, *args, **kwargs):
        kwargs.update(max_length=LENGTH, null=True, blank=True)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        for known in ("max_length", "null", "blank"):
            kwargs.pop(known, None)
        return name, path, args, kwargs

    def from_db_value(self, value, expression, connection):
        return None if value is None else PartialDate.parse(value)

    def to_python(self, value):
        if value in (None, ""):
            return None
        try:
            return _read(value)
        except ValueError:
            raise ValidationError(_("This is not a date.")) from None

    def pre_save(self, instance, add):
        """The written form: rows written in bulk go to COPY as they come from here."""
        return self.get_prep_value(getattr(instance, self.attname))

    def get_prep_value(self, value):
        return None if value in (None, "") else str(_read(value))

    def value_to_string(self, obj):
        return self.get_prep_value(self.value_from_object(obj)) or ""

    def formfield(self, **kwargs):
        raise TypeError("a partial date is read by clients.forms.fields.PartialDateField")


def key_of(column: str) -> Substr:
    """The day without its year, to compare with `keys_kept_on`."""
    return Substr(column, 6, output_field=models.CharField())


def _read(value) -> PartialDate:
    if type(value) is PartialDate:
        return value
    if isinstance(value, date | datetime):
        return PartialDate(value.year, value.month, value.day)
    return PartialDate.parse(value)
