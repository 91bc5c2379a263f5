"""What goes into one's calendar."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lawcrm.firm.calendar.items import sources
from lawcrm.firm.models import CalendarFeed


class CalendarFeedForm(forms.Form):
    titles = forms.ChoiceField(
        label=_("What the entries say"),
        choices=CalendarFeed.Titles,
        initial=CalendarFeed.Titles.BARE,
        help_text=_(
            "A calendar elsewhere is read by whoever runs it: names of clients go there only if you say so."
        ),
    )
    kinds = forms.MultipleChoiceField(label=_("What goes into it"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(source.kind, source.label) for source in sources()]
        self.fields["kinds"].choices = choices
        self.fields["kinds"].initial = [kind for kind, _label in choices]
