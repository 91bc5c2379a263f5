"""How the audit trail tells what happened to contacts and follow-ups."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "contact.logged": _("%(who)s logged a contact with %(what)s."),
    "contact.imported": _("%(who)s imported a contact of %(what)s."),
    "contact.import_removed": _("%(who)s took back the import of a contact of %(what)s."),
    "contact.edited": _("%(who)s edited a contact with %(what)s."),
    "contact.withdrawn": _("%(who)s withdrew a contact with %(what)s: %(reason)s"),
    "contact.note_revealed": _("%(who)s read the confidential note of a contact with %(what)s."),
    "contact.undone": _("%(who)s logged a contact with %(what)s and took it back at once."),
    "contact.file_added": _("%(who)s added %(name)s to a contact with %(what)s."),
    "contact.file_removed": _("%(who)s removed %(name)s from a contact with %(what)s."),
    "contact.file_revealed": _("%(who)s fetched a file of a confidential contact with %(what)s."),
    "contact.file_fetched": _("%(who)s fetched %(name)s of a contact with %(what)s."),
    "client.must_know_pinned": _("%(who)s pinned what must be known of %(what)s."),
    "client.must_know_taken_down": _("%(who)s took down what must be known of %(what)s."),
    "promise.kept": _("%(who)s noted that %(what)s kept a promise."),
    "promise.dropped": _("%(who)s noted that a promise of %(what)s will not be kept."),
    "follow_up.created": _("%(who)s planned a follow-up: %(what)s."),
    "follow_up.raised": _("A follow-up came up by itself: %(what)s."),
    "follow_up.settled": _("The follow-up “%(what)s” closed by itself: its cause is gone."),
    "follow_up.changed": _("%(who)s changed the follow-up “%(what)s”."),
    "follow_up.reassigned": _("%(who)s gave the follow-up “%(what)s” to %(owner)s."),
    "follow_up.snoozed": _("%(who)s snoozed the follow-up “%(what)s”."),
    "follow_up.done": _("%(who)s did the follow-up “%(what)s”."),
    "follow_up.reopened": _(
        "%(who)s reopened the follow-up “%(what)s”: the contact that did it was withdrawn."
    ),
    "follow_up.cancelled": _("%(who)s cancelled the follow-up “%(what)s”: %(reason)s"),
    "follow_up.escalated": _("%(who)s took the late follow-up “%(what)s” to %(partner)s."),
    "template.made": _("%(who)s wrote the message template “%(what)s”."),
    "template.changed": _("%(who)s changed the message template “%(what)s”."),
    "template.retired": _("%(who)s took the message template “%(what)s” out of use."),
    "care.sent": _("%(who)s sent care by mail to %(what)s."),
    "care.skipped": _("%(who)s left out care for %(what)s: %(reason)s"),
    "care.taken_back": _("%(who)s put care for %(what)s back on the list."),
    "care_plan.made": _("%(who)s made the care plan %(what)s."),
    "care_plan.changed": _("%(who)s changed the care plan %(what)s."),
    "care_plan.dropped": _("%(who)s dropped the care plan %(what)s."),
}
