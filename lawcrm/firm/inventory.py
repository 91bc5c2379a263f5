"""What every column holds: open, personal or sealed. A field nobody has classed fails `manage.py check`.

Each app states it in `<app>/field_classes.py`:

    FIELD_CLASSES = {
        "Client": {"open": "kind grade ...", "personal": "name phone ...", "sealed": "identity_number ..."},
    }

open: tells nothing of a person by itself. personal: tells of a person or a client; part of a subject's access pack,
replaced on erasure. sealed: ciphertext at rest; a plain BinaryField classed so is bound like a SealedTextField, to label,
field name and row key, and takes part in key rotation. Keys, links and times of rows need not be named.

Where something else than the primary key binds a model's ciphertext, the app says so:
`SEALED_UNDER = {"ImportRow": ("run_id", "number")}` (the columns, joined by ":").
"""

from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from importlib import import_module

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.db import models

from lawcrm.firm.sealed import BlindIndexField, SealedGuard, SealedTextField

OWN_APPS = ("firm", "clients", "matters", "interactions", "surveys", "desk")
OF_EVERY_ROW = {"id", "created_at", "updated_at", "version"}


class FieldClass(StrEnum):
    OPEN = "open"
    PERSONAL = "personal"
    SEALED = "sealed"


@cache
def stated_classes() -> dict[str, dict[str, FieldClass]]:
    """{"clients.Client": {"name": FieldClass.PERSONAL, ...}} as the apps state it."""
    return {
        f"{label}.{model}": {
            name: FieldClass(one) for one, names in classes.items() for name in names.split()
        }
        for label, module in _statements()
        for model, classes in module.FIELD_CLASSES.items()
    }


def sealed_under(model) -> tuple[str, ...]:
    """The columns whose values bind this model's ciphertext."""
    for label, module in _statements():
        if label == model._meta.app_label and (
            columns := getattr(module, "SEALED_UNDER", {}).get(model.__name__)
        ):
            return columns
    return (model._meta.pk.column,)


def _statements():
    for label in OWN_APPS:
        name = f"{apps.get_app_config(label).name}.field_classes"
        try:
            yield label, import_module(name)
        except ModuleNotFoundError as error:
            if error.name != name:
                raise


def own_models() -> Iterator[type[models.Model]]:
    for label in OWN_APPS:
        yield from apps.get_app_config(label).get_models(include_auto_created=False)


def needs_class(field: models.Field) -> bool:
    return not (field.primary_key or field.is_relation or field.name in OF_EVERY_ROW)


def class_of(model, field) -> FieldClass | None:
    return stated_classes().get(model._meta.label, {}).get(field.name)


def sealed_fields() -> list[tuple[type[models.Model], models.Field]]:
    """Every column of ciphertext."""
    return [
        (model, field)
        for model in own_models()
        for field in model._meta.concrete_fields
        if class_of(model, field) == FieldClass.SEALED and not isinstance(field, BlindIndexField)
    ]


@checks.register(checks.Tags.models)
def check_field_classes(app_configs, **kwargs) -> list[checks.CheckMessage]:
    found = []
    for model in own_models():
        fields = {field.name: field for field in model._meta.concrete_fields if needs_class(field)}
        stated = stated_classes().get(model._meta.label, {})
        where = model.__module__.split(".models")[0].replace(".", "/") + "/field_classes.py"
        for name in fields.keys() - stated.keys():
            found.append(
                checks.Error(
                    f"{model._meta.label}.{name} is in no class of the field inventory",
                    hint=f"Class it open, personal or sealed in {where} (see lawcrm/firm/inventory.py).",
                    id="firm.E001",
                )
            )
        for name in stated.keys() - fields.keys():
            found.append(
                checks.Error(f"{where} classes {model._meta.label}.{name}, which is not", id="firm.E002")
            )
        found += [_wrong_seal(model, field) for field in fields.values() if _is_wrong(field, stated)]
        if any(isinstance(f, SealedTextField) for f in fields.values()) and not _is_guarded(model):
            found.append(
                checks.Error(f"{model._meta.label}.objects lets update() past a sealed field", id="firm.E004")
            )
    return found


def _is_wrong(field, stated) -> bool:
    sealed = isinstance(field, SealedTextField | BlindIndexField)
    said = stated.get(field.name) == FieldClass.SEALED
    return sealed != said and not (said and isinstance(field, models.BinaryField))


def _wrong_seal(model, field):
    return checks.Error(
        f"{model._meta.label}.{field.name}: sealed in word or in deed, but not both", id="firm.E003"
    )


def _is_guarded(model) -> bool:
    return issubclass(model._default_manager.get_queryset().__class__, SealedGuard)


@checks.register(checks.Tags.database)
def check_keys_open(app_configs, databases=None, **kwargs) -> list[checks.CheckMessage]:
    """The canary: under the wrong key file nothing starts, before anything is sealed under a key nobody has."""
    from lawcrm.firm.keyring import WrongKey, refuse_wrong_key

    try:
        if databases:
            refuse_wrong_key()
    except WrongKey as problem:
        return [
            checks.Critical(
                str(problem), hint=f"LAWCRM_KEY_FILE is {settings.LAWCRM_KEY_FILE}", id="firm.C001"
            )
        ]
    return []
