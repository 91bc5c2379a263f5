"""A field that names a client, a person, a colleague, or (where allowed) somebody outside, by typing a few words.

The words are searched while one types (`clients:pick`); what is found comes as radio buttons below the field, so that
choosing works by keyboard and without JavaScript: then the form comes back with what was found.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.access import get_client, get_person
from clients.queries.picking import clients_meant, colleagues_meant, people_meant
from lawcrm.firm.queries.people import working_people

CLIENT, PERSON, COLLEAGUE, OUTSIDE = "client", "person", "user", "name"
KINDS = (CLIENT, PERSON, COLLEAGUE, OUTSIDE)


@dataclass(frozen=True, slots=True)
class Picked:
    """What was chosen: `who` is a Client, a Person, a User, or the words themselves (OUTSIDE)."""

    kind: str
    who: Any

    @property
    def value(self) -> str:
        return f"{self.kind}:{self.who if self.kind == OUTSIDE else self.who.pk}"

    def __str__(self) -> str:
        return getattr(self.who, "display_name", None) or str(self.who)


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    name: str
    sub: str
    checked: bool = False


def options_for(words: str, user, kinds) -> list[Option]:
    """What the words may mean, as choices."""
    words = words.strip()
    if not words:
        return []
    found = []
    if CLIENT in kinds:
        found += [
            Option(f"{CLIENT}:{one.pk}", one.name, one.industry or one.get_kind_display())
            for one in clients_meant(words, user)
        ]
    if PERSON in kinds:
        found += [
            Option(f"{PERSON}:{one.pk}", one.name, _("Person on record")) for one in people_meant(words, user)
        ]
    if COLLEAGUE in kinds:
        found += [
            Option(f"{COLLEAGUE}:{one.pk}", one.display_name, _("Colleague"))
            for one in colleagues_meant(words)
        ]
    if OUTSIDE in kinds:
        found.append(
            Option(f"{OUTSIDE}:{words[:200]}", words[:200], _("not on record here"), checked=not found)
        )
    return found


class PickWidget(forms.Widget):
    def __init__(self, kinds):
        super().__init__()
        self.kinds, self.user = kinds, None

    def value_from_datadict(self, data, files, name):
        return data.get(name, ""), data.get(f"{name}_words", "")

    def value_omitted_from_data(self, data, files, name):
        return name not in data and f"{name}_words" not in data

    def render(self, name, value, attrs=None, renderer=None) -> SafeString:
        words, options = "", []
        if isinstance(value, Picked):
            options = [Option(value.value, str(value), "", checked=True)]
        elif value:
            chosen, words = value
            options = [
                Option(one.value, one.name, one.sub, one.checked or one.value == chosen)
                for one in options_for(words, self.user, self.kinds)
            ]
        return render_to_string(
            "clients/pick.html",
            {
                "name": name,
                "id": (attrs or {}).get("id", f"id_{name}"),
                "words": words,
                "options": options,
                "kinds": ",".join(self.kinds),
                "may_be_empty": isinstance(value, Picked),
                "part": "whole",
            },
        )


class PickField(forms.Field):
    """Gives a Picked or None. Its form sets `user` before it is read or drawn."""

    default_error_messages = {
        "choose": gettext_lazy("Choose one of those found below."),
        "nobody": gettext_lazy("Nobody of yours is found by these words."),
    }

    def __init__(self, kinds, **kwargs):
        self.kinds = tuple(kinds)
        super().__init__(widget=PickWidget(self.kinds), **kwargs)

    def for_user(self, user) -> None:
        self.user = self.widget.user = user

    def clean(self, value):
        chosen, words = value if isinstance(value, tuple) else ("", "")
        picked = self._picked(chosen) or self._only_one(words.strip())
        if picked is None and words.strip() and chosen != "none:":
            raise ValidationError(self.error_messages["choose" if self._options(words) else "nobody"])
        if picked is None and self.required:
            raise ValidationError(self.error_messages["required"])
        return picked

    def _picked(self, chosen: str) -> Picked | None:
        kind, _colon, key = chosen.partition(":")
        if kind not in self.kinds or not key:
            return None
        try:
            return Picked(kind, self._found(kind, key))
        except (Http404, ValueError, ValidationError):
            return None

    def _found(self, kind: str, key: str):
        if kind == CLIENT:
            return get_client(self.user, key)
        if kind == PERSON:
            return get_person(self.user, key)
        if kind == OUTSIDE:
            return key.strip()[:200]
        found = working_people().filter(pk=key).first()
        if found is None:
            raise Http404
        return found

    def _options(self, words: str) -> list[Option]:
        return options_for(words, self.user, self.kinds)

    def _only_one(self, words: str) -> Picked | None:
        """The full name of one on record needs no second step, nor does a name of nobody on record.

        Where somebody outside may be meant, a part of a name is never taken for one on record.
        """
        found = self._options(words)
        on_record = [one for one in found if not one.value.startswith(f"{OUTSIDE}:")]
        meant = [one for one in on_record if one.name.casefold() == words.casefold()]
        if not meant:
            meant = on_record if OUTSIDE not in self.kinds else [] if on_record else found
        return self._picked(meant[0].value) if len(meant) == 1 else None
