"""How deeds on matters are told."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "matter.opened": _("%(who)s opened the matter %(what)s."),
    "matter.changed": _("%(who)s changed the matter %(what)s."),
    "matter.progress": _("%(who)s recorded progress on the matter %(what)s."),
    "matter.fee": _("%(who)s noted a fee of the matter %(what)s."),
    "matter.fee_withdrawn": _("%(who)s withdrew a fee of the matter %(what)s."),
    "matter.party_added": _("%(who)s added a party to the matter %(what)s."),
    "matter.party_changed": _("%(who)s changed a party of the matter %(what)s."),
    "matter.team_joined": _("%(who)s put %(person)s on the team of the matter %(what)s."),
    "matter.team_left": _("%(who)s took %(person)s off the team of the matter %(what)s."),
    "conflict.checked": _("%(who)s ran the conflict check %(what)s."),
    "conflict.holds_on": _("The decision on conflicts holds on for the check %(what)s."),
    "conflict.decided": _("%(who)s decided the conflict check %(what)s."),
    "matter.date_added": _("%(who)s set a key date of the matter %(what)s."),
    "matter.date_changed": _("%(who)s changed a key date of the matter %(what)s."),
    "matter.date_called_off": _("%(who)s called off a key date of the matter %(what)s."),
    "matter.date_done": _("%(who)s ticked off a key date of the matter %(what)s."),
    "matter.milestone": _("%(who)s set a milestone of the matter %(what)s."),
    "matter.milestone_reached": _("A milestone of the matter %(what)s was reached, said %(who)s."),
    "matter.plan": _("%(who)s wrote a service plan for the matter %(what)s."),
    "matter.plan_changed": _("%(who)s changed a service plan of the matter %(what)s."),
    "matter.invoiced": _("%(who)s noted an invoice of the matter %(what)s."),
    "matter.received": _("%(who)s noted a payment for the matter %(what)s."),
    "matter.invoice_voided": _("%(who)s voided an invoice of the matter %(what)s."),
    "matter.renewed": _("%(who)s renewed the retainer %(what)s."),
    "matter.reopened": _("%(who)s opened the matter %(what)s again."),
    "matter.party_removed": _("%(who)s took a party off the record of the matter %(what)s."),
    "matter.invoice_changed": _("%(who)s changed an invoice of the matter %(what)s."),
    "matter.milestone_changed": _("%(who)s changed a milestone of the matter %(what)s."),
    "matter.import_removed": _("%(who)s took back an import, and with it the matter %(what)s."),
    "matter.invoice_import_removed": _(
        "%(who)s took back an import, and with it an invoice of the matter %(what)s."
    ),
    "matter.closed": _("%(who)s closed the matter %(what)s."),
}
