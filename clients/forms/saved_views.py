"""A list by name: what it is called and who sees it."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients.actions.saved_views import audiences_of, is_pinned
from clients.models import SavedView


class SavedViewForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    audience = forms.ChoiceField(
        label=pgettext_lazy("saved view", "Who sees it"),
        widget=forms.RadioSelect,
        help_text=_("Whoever opens it sees their own clients in it, never others."),
    )
    pinned = forms.BooleanField(label=_("Pin it to the left rail"), required=False)

    def __init__(self, data=None, *, by, view: SavedView | None = None):
        initial = {"audience": SavedView.Audience.PRIVATE, "pinned": True}
        if view is not None:
            initial = {"name": view.name, "audience": view.audience, "pinned": is_pinned(view, by)}
        super().__init__(data, initial=initial)
        allowed = audiences_of(by)
        self.fields["audience"].choices = [
            (value, label)
            for value, label in SavedView.Audience.choices
            if value in allowed or (view is not None and value == view.audience)
        ]
