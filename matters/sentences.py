"""How deeds on matters are told."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "matter.opened": _("%(who)s opened the matter %(what)s."),
    "matter.changed": _("%(who)s changed the matter %(what)s."),
    "matter.progress": _("%(who)s recorded progress on the matter %(what)s."),
    "matter.fee": _("%(who)s noted a fee of the matter %(what)s."),
    "matter.fee_withdrawn": _("%(who)s withdrew a fee of the matter %(what)s."),
    "matter.closed": _("%(who)s closed the matter %(what)s."),
}
