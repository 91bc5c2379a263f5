"""How the deeds on client profiles are told."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "client.created": _("%(who)s added the client %(what)s."),
    "client.changed": _("%(who)s changed the profile of %(what)s."),
    "client.team_changed": _("%(who)s changed the team of %(what)s."),
    "client.identity_number_revealed": _("%(who)s looked at the identity number of %(what)s."),
    "client.registration_number_revealed": _("%(who)s looked at the registration number of %(what)s."),
    "client.background_revealed": _("%(who)s looked at the background of %(what)s."),
    "relationship.overridden": _(
        "%(who)s set the relationship type of %(what)s by hand until %(until)s: %(reason)s"
    ),
    "relationship.override_withdrawn": _(
        "%(who)s let the assessed relationship type of %(what)s count again."
    ),
    "person.added": _("%(who)s added %(what)s to the people."),
    "person.changed": _("%(who)s changed the details of %(what)s."),
    "import.uploaded": _("%(who)s uploaded the client list %(what)s."),
    "import.discarded": _("%(who)s dropped the client list %(what)s without importing it."),
    "import.started": _("%(who)s started to import %(rows)s rows of %(what)s."),
    "import.finished": _("The import of %(what)s added %(created)s clients and changed %(updated)s."),
    "import.paused": _("%(who)s paused the import of %(what)s."),
    "import.resumed": _("%(who)s let the import of %(what)s go on."),
    "import.stopped": _("%(who)s stopped the import of %(what)s."),
    "import.undo_started": _("%(who)s began to take the import of %(what)s back."),
    "import.undone": _(
        "The import of %(what)s was taken back: %(reversed)s rows reversed, %(kept)s kept because edited since."
    ),
    "client.import_reversed": _("%(who)s took back what an import had changed of %(what)s."),
    "client.import_removed": _("%(who)s took back the import that had added %(what)s."),
    "import.cell_fixed": _("%(who)s corrected a cell of %(what)s before importing it."),
    "import.rows_handed_back": _("%(who)s downloaded the refused rows of %(what)s."),
}
