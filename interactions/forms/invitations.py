"""Input for an invitation: a file, or its text pasted; then the client and the occurrence."""

from django import forms
from django.utils.translation import gettext_lazy as _

from interactions.invitations import MOST_BYTES, NotAnInvitation, read_invitation, text_of
from lawcrm.firm import clock


class InvitationForm(forms.Form):
    file = forms.FileField(label=_("Invitation (.ics)"), required=False, allow_empty_file=True)
    text = forms.CharField(
        label=_("or its text, pasted"), required=False, max_length=MOST_BYTES, strip=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
    client = forms.UUIDField(required=False, widget=forms.HiddenInput)
    remind = forms.UUIDField(required=False, widget=forms.HiddenInput)
    at = forms.DateTimeField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.invitation = user, None
        self.fields["file"].widget.attrs["accept"] = ".ics,text/calendar"

    def clean(self):
        values = super().clean()
        file = values.get("file")
        data = file.read(MOST_BYTES + 1) if file else (values.get("text") or "").encode()
        if not data.strip():
            raise forms.ValidationError(_("Choose a file, or paste what it says."))
        try:
            self.invitation = read_invitation(data, clock.zone_of(self.user), clock.now())
            values["text"] = text_of(data)
        except NotAnInvitation:
            raise forms.ValidationError(
                _(
                    "This is no invitation that can be read. It begins with BEGIN:VCALENDAR and is 256 KB at most."
                )
            ) from None
        if values.get("at") not in (self.invitation.starts, *self.invitation.occasions):
            values["at"] = self.invitation.starts
        return values
