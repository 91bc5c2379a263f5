"""A link of the network, told from the side of the client at hand; and a change of employer."""

from functools import partial

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients.enums import LinkKind, OutsideKind, PersonRole
from clients.forms.fields import ReadField
from clients.forms.picking import CLIENT, OUTSIDE, PERSON, PickField
from clients.presenters.network import TURNED, kind_words
from clients.queries.network import link_known, present_place
from clients.rules.normalise import read_text
from lawcrm.firm import clock
from lawcrm.firm.forms.base import DayInput, VersionedForm

HERE = "here"


def _kinds():
    """What the other may be to the one at hand; the turned ones are those in which the direction matters."""
    for kind in LinkKind:
        yield kind.value, kind_words(kind, turned=False)
        if kind in TURNED:
            yield f"-{kind.value}", kind_words(kind, turned=True)


class LinkForm(forms.Form):
    one = forms.ChoiceField(label=_("Whose link"), choices=[])
    other = PickField(
        (CLIENT, PERSON, OUTSIDE),
        label=pgettext_lazy("a link", "With whom"),
        help_text=_("A client, a person on record, or a name that is neither."),
    )
    outside_kind = forms.ChoiceField(
        label=_("If they are not on record"),
        choices=OutsideKind.choices,
        initial=OutsideKind.ORGANISATION,
        widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(label=_("What they are to them"), choices=_kinds, widget=forms.RadioSelect)
    note = ReadField(
        partial(read_text, longest=200),
        label=_("Note"),
        required=False,
        help_text=_("Brother-in-law; 35 %; supplier since the plant was built."),
    )
    since = forms.DateField(label=pgettext_lazy("of what holds", "Since"), required=False, widget=DayInput())

    def __init__(self, data=None, *, user, client, people, **kwargs):
        super().__init__(data, **kwargs)
        self.user, self.client = user, client
        self.people = {str(person.pk): person for person in people}
        self.fields["other"].for_user(user)
        self.fields["one"].choices = [
            (HERE, client.name),
            *((key, person.name) for key, person in self.people.items()),
        ]

    def clean(self):
        cleaned = super().clean()
        other = cleaned.get("other")
        if other and other.kind != OUTSIDE and other.who == self._one():
            self.add_error("other", _("Nobody is linked with themselves."))
        if not self.errors and self._is_known():
            self.add_error("other", _("This link is on record already; it can be edited in the table."))
        return cleaned

    def _is_known(self) -> bool:
        values = self.values()
        kind = values["kind"]
        ends = {name: who for name, who in values.items() if name.startswith(("from_", "to_"))}
        today = clock.today(self.user)
        return link_known(self.user, kind, ends, today, both_ways=kind not in TURNED)

    def _one(self):
        return self.people.get(self.cleaned_data.get("one", ""), self.client)

    def values(self) -> dict:
        """What add_link takes: the other end is the `from` one unless the kind was turned."""
        kind, other, one = self.cleaned_data["kind"], self.cleaned_data["other"], self._one()
        turned = kind.startswith("-")
        mine, theirs = ("from", "to") if turned else ("to", "from")
        here = "person" if self.cleaned_data["one"] != HERE else "client"
        return {
            "kind": kind.removeprefix("-"),
            "note": self.cleaned_data["note"],
            "since": self.cleaned_data["since"],
            "outside_kind": self.cleaned_data["outside_kind"] if other.kind == OUTSIDE else "",
            f"{mine}_{here}": one,
            f"{theirs}_{other.kind}": other.who,
        }


class LinkEditForm(VersionedForm):
    """What a link says, read from the side of the network at hand. `own`: the keys of its client and people."""

    name = ReadField(partial(read_text, longest=200), label=_("Name"))
    kind = forms.ChoiceField(label=_("What they are to them"), choices=_kinds, widget=forms.RadioSelect)
    note = ReadField(partial(read_text, longest=200), label=_("Note"), required=False)
    since = forms.DateField(label=pgettext_lazy("of what holds", "Since"), required=False, widget=DayInput())
    until = forms.DateField(label=pgettext_lazy("a link", "Until"), required=False, widget=DayInput())

    def __init__(self, data=None, *, link, own: set):
        self.own = own
        super().__init__(data, instance=link)
        if not (link.from_name or link.to_name):
            del self.fields["name"]

    def values_of(self, instance) -> dict:
        kind = instance.kind
        if self._is_turned(instance) and kind in TURNED:
            kind = f"-{kind}"
        return super().values_of(instance) | {"name": instance.from_name or instance.to_name, "kind": kind}

    def _is_turned(self, link) -> bool:
        """Whether the side at hand is the link's first end."""
        return link.from_client_id in self.own or link.from_person_id in self.own

    def clean(self):
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("It cannot end before it begins."))
        return cleaned

    def values(self) -> dict:
        """What edit_link takes."""
        values, turn = self.changes(), False
        if kind := values.get("kind"):
            values["kind"] = kind.removeprefix("-")
            matters = values["kind"] in TURNED  # which way it goes
            turn = matters and kind.startswith("-") != self._is_turned(self.instance)
        return {**values, "turn": turn}


class MoveForm(forms.Form):
    """Where somebody has gone. Without a client they have only left."""

    on = forms.DateField(label=_("When"), widget=DayInput())
    to = PickField(
        (CLIENT,),
        label=_("To which client"),
        required=False,
        help_text=_("Leave it empty when they went elsewhere or it is not known."),
    )
    roles = forms.MultipleChoiceField(
        label=pgettext_lazy("at a client", "Roles"),
        choices=PersonRole.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    position = ReadField(partial(read_text, longest=120), label=_("Position"), required=False)

    def __init__(self, data=None, *, user, place, **kwargs):
        super().__init__(data, initial={"on": clock.today(user)}, **kwargs)
        self.place, self.today = place, clock.today(user)
        self.fields["to"].for_user(user)

    def clean_on(self):
        on = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("Write it down once it has happened."))
        if self.place.since and on < self.place.since:
            since = date_format(self.place.since, "DATE_FORMAT")
            raise forms.ValidationError(_("They are there only since %s.") % since)
        return on

    def clean_to(self):
        picked = self.cleaned_data["to"]
        if picked and picked.who == self.place.client:
            raise forms.ValidationError(_("That is where they are already."))
        if picked and present_place(picked.who, self.place.person):
            raise forms.ValidationError(
                _("They are on record there already: leave this empty, the other place stays as it is.")
            )
        return picked
