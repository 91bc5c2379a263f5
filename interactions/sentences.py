"""How the audit trail tells what happened to contacts and follow-ups."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "contact.logged": _("%(who)s logged a contact with %(what)s."),
    "contact.imported": _("%(who)s imported a contact of %(what)s."),
    "contact.import_removed": _("%(who)s took back the import of a contact of %(what)s."),
    "contact.edited": _("%(who)s edited a contact with %(what)s."),
    "contact.withdrawn": _("%(who)s withdrew a contact with %(what)s: %(reason)s"),
    "contact.note_revealed": _("%(who)s read the confidential note of a contact with %(what)s."),
    "follow_up.created": _("%(who)s planned a follow-up: %(what)s."),
    "follow_up.changed": _("%(who)s changed the follow-up “%(what)s”."),
    "follow_up.reassigned": _("%(who)s gave the follow-up “%(what)s” to %(owner)s."),
    "follow_up.snoozed": _("%(who)s snoozed the follow-up “%(what)s”."),
    "follow_up.done": _("%(who)s did the follow-up “%(what)s”."),
    "follow_up.reopened": _(
        "%(who)s reopened the follow-up “%(what)s”: the contact that did it was withdrawn."
    ),
    "follow_up.cancelled": _("%(who)s cancelled the follow-up “%(what)s”: %(reason)s"),
    "follow_up.escalated": _("%(who)s took the late follow-up “%(what)s” to %(partner)s."),
}
