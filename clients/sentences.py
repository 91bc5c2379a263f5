"""How the deeds on client profiles are told."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "client.created": _("%(who)s added the client %(what)s."),
    "client.changed": _("%(who)s changed the profile of %(what)s."),
    "client.team_changed": _("%(who)s changed the team of %(what)s."),
    "person.added": _("%(who)s added %(what)s to the people."),
    "person.changed": _("%(who)s changed the details of %(what)s."),
}
