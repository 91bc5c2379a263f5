"""The tab of a client's care (clients/tabs.py)."""

from django.utils.translation import gettext_lazy as _

from clients.tabs import Tab, register
from lawcrm.firm.roles import may

register(
    Tab("care", _("Care"), "care:client", order=55, shown=lambda user, client: may(user, "contacts.log"))
)
