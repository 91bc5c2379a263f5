"""Input for message templates."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from clients.enums import Language
from interactions.enums import MessageChannel, Occasion
from interactions.rules.placeholders import problems_of
from lawcrm.firm.forms.base import VersionedForm
from lawcrm.firm.words import listed


class TemplateForm(VersionedForm):
    """`clients`: those it may be previewed with; the one chosen is no part of the record."""

    AROUND = (*VersionedForm.AROUND, "client")

    name = forms.CharField(label=pgettext_lazy("template", "Name"), max_length=80)
    occasion = forms.ChoiceField(label=pgettext_lazy("care", "Occasion"), choices=Occasion.choices)
    channel = forms.ChoiceField(label=gettext_lazy("Channel"), choices=MessageChannel.choices)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=Language.choices)
    subject = forms.CharField(
        label=gettext_lazy("Subject"), max_length=150, required=False, help_text=gettext_lazy("Of a mail.")
    )
    body = forms.CharField(
        label=gettext_lazy("Text"), max_length=4000, widget=forms.Textarea(attrs={"rows": 10})
    )
    client = forms.ModelChoiceField(
        label=gettext_lazy("Preview with"), queryset=None, required=False, empty_label=None
    )

    def __init__(self, *args, clients, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["client"].queryset = clients

    def clean(self):
        clean = super().clean()
        for name in ("subject", "body"):
            for words in placeholder_problems(clean.get(name, ""), clean.get("occasion", "")):
                self.add_error(name, words)
        if clean.get("channel") == MessageChannel.EMAIL and clean.get("subject") == "":
            self.add_error("subject", _("A mail has a subject."))
        return clean


def placeholder_problems(text: str, occasion: str) -> list[str]:
    """What is wrong with the placeholders of a text, in words."""
    problems, found = problems_of(text, occasion), []
    if problems.unknown:
        names = listed(f"{{{name}}}" for name in problems.unknown)
        found.append(_("There is no placeholder %(names)s.") % {"names": names})
    if problems.foreign:
        names = listed(f"{{{name}}}" for name in problems.foreign)
        found.append(_("%(names)s cannot be filled in on this occasion.") % {"names": names})
    if problems.braces:
        found.append(_("A brace stands alone: a placeholder has one before and one behind it."))
    return found
