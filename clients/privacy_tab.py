"""The tab of a client's personal data; and the legal holds that clients themselves know."""

from django.utils.translation import gettext_lazy as _

from clients import holds
from clients.queries.legal_holds import legal_holds
from clients.tabs import Tab, register
from lawcrm.firm.roles import may

holds.register(legal_holds)
register(
    Tab(
        "privacy",
        _("Privacy"),
        "clients:privacy",
        order=60,
        shown=lambda user, client: may(user, "privacy.manage"),
        also=(
            "clients:privacy_person",
            "clients:privacy_pack",
            "clients:privacy_pack_person",
            "clients:erasure",
            "clients:erasure_person",
        ),
    )
)
