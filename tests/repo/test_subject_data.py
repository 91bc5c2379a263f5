"""Nothing held on somebody is forgotten: every table and every relation is declared (clients/subjects.py)."""

import pytest
from django.apps import apps
from django.db import models

from clients.subjects import DELETE, DETACH, KEEP, By, declared, model_of
from lawcrm.firm.inventory import OWN_APPS, FieldClass, own_models, stated_classes

SUBJECTS = {"clients.Client": "client", "clients.Person": "person"}


def tables() -> list[str]:
    """Every table of our own, those between the two sides of a relation too."""
    found = [model._meta.label for model in own_models()]
    for label in OWN_APPS:
        for model in apps.get_app_config(label).get_models():
            found += [
                f"{model._meta.label}.{field.name}"
                for field in model._meta.local_many_to_many
                if field.remote_field.through._meta.auto_created
            ]
    return found


def lookups(label: str) -> set[str]:
    held = declared()[label]
    return set(held.client) | set(held.person)


def test_every_table_is_declared():
    assert set(tables()) == set(declared()), "say in <app>/subject_data.py whose data stands there"


@pytest.mark.parametrize("label", sorted(declared()))
def test_every_relation_to_a_client_or_a_person_is_a_tie(label):
    model = model_of(label)
    for field in model._meta.concrete_fields:
        kind = SUBJECTS.get(field.related_model._meta.label) if field.is_relation else None
        if kind:
            assert field.attname in declared()[label].ties(kind), f"{label}.{field.name} leads to a {kind}"


@pytest.mark.parametrize("label", sorted(declared()))
def test_what_belongs_to_a_client_says_so(label):
    """Whoever has walls has an owner; whoever says nothing has no words of people, no ids and no relation to them."""
    held, model = declared()[label], model_of(label)
    if "client" in getattr(model, "wall_paths", {}):
        assert held.client, f"{label} belongs to a client"
    if held.by == By.NOTHING:
        assert not held.client and not held.person
        assert not {"client_id", "object_id", "person_id"} & {
            field.name for field in model._meta.concrete_fields if isinstance(field, models.UUIDField)
        }
    if FieldClass.SEALED in stated_classes().get(model._meta.label, {}).values():
        assert held.by != By.NOTHING


@pytest.mark.parametrize("label", sorted(declared()))
def test_ties_can_be_followed(label):
    model, held = model_of(label), declared()[label]
    for kind in ("client", "person"):
        for path, then in held.ties(kind).items():
            model._base_manager.filter(**{path: "00000000-0000-7000-8000-000000000000"})
            assert then in (DELETE, DETACH, KEEP)
            if then == DETACH:
                assert model._meta.get_field(path.removesuffix("_id")).null


@pytest.mark.parametrize("label", sorted(declared()))
def test_what_hangs_on_a_deleted_row_goes_too_or_lets_go(label):
    """A relation to a table whose rows go with a client: its own rows go as well, unless it may stand empty."""
    model = model_of(label)
    for field in model._meta.concrete_fields:
        if not field.is_relation or field.null:
            continue
        target = declared().get(field.related_model._meta.label)
        for kind in ("client", "person"):
            if target and DELETE in target.ties(kind).values():
                assert DELETE in declared()[label].ties(kind).values(), f"{label}.{field.name} would dangle"
