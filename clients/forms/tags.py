"""Tags: their names, and which a client carries."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.access import visible_tags


class TagForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=40)


class ClientTagsForm(forms.Form):
    tags = forms.ModelMultipleChoiceField(
        queryset=None, label=_("Tags"), required=False, widget=forms.CheckboxSelectMultiple
    )
    name = forms.CharField(label=_("A new tag"), max_length=40, required=False)

    def __init__(self, data=None, *, client, by):
        super().__init__(data, initial={"tags": client.tag_ids})
        self.fields["tags"].queryset = visible_tags(by)
