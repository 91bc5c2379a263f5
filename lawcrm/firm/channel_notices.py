"""What administrators are told of the channels themselves."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lawcrm.firm.notices import NoticeText, register

_TITLES = {
    "mail": gettext_lazy("Mail has not gone out for half an hour"),
    "chat": gettext_lazy("A team chat has not answered for half an hour"),
}

register(
    "channel.down",
    NoticeText(
        title=lambda about, context: str(_TITLES[context["channel"]]),
        body=lambda about, context: _(
            "What waits is tried again for some three hours, then it stands here as failed."
        ),
        url=lambda about, context: reverse("firm:machinery"),
        load=lambda user, pk: None,
        mail_subject=gettext_lazy("Messages do not go out"),
    ),
)
