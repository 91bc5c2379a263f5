"""How the deeds on client profiles are told."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "client.created": _("%(who)s added the client %(what)s."),
    "client.changed": _("%(who)s changed the profile of %(what)s."),
    "client.team_changed": _("%(who)s changed the team of %(what)s."),
    "client.identity_number_revealed": _("%(who)s looked at the identity number of %(what)s."),
    "client.registration_number_revealed": _("%(who)s looked at the registration number of %(what)s."),
    "client.background_revealed": _("%(who)s looked at the background of %(what)s."),
    "client.merged": _("%(who)s merged %(other)s into %(what)s."),
    "client.absorbed": _("%(who)s merged %(what)s into %(other)s."),
    "client.unmerged": _("%(who)s parted %(other)s from %(what)s again."),
    "client.restored": _("%(who)s made %(what)s a client of its own again, apart from %(other)s."),
    "client.not_the_same": _("%(who)s said that %(what)s and %(other)s are two clients."),
    "client.perhaps_the_same": _("%(who)s took back that %(what)s and %(other)s are two clients."),
    "relationship.overridden": _(
        "%(who)s set the relationship type of %(what)s by hand until %(until)s: %(reason)s"
    ),
    "relationship.override_withdrawn": _(
        "%(who)s let the assessed relationship type of %(what)s count again."
    ),
    "client.family_notes_revealed": _("%(who)s looked at what is kept of the family of %(what)s."),
    "client.verified": _("%(who)s verified the profile of %(what)s."),
    "client.verification_taken_back": _("%(who)s took back that the profile of %(what)s is verified."),
    "client.fact_added": _("%(who)s added to what is known of %(what)s."),
    "client.fact_ended": _("%(who)s ended something known of %(what)s that no longer holds."),
    "client.fact_removed": _("%(who)s took away something of %(what)s that never was true."),
    "client.fact_made_main": _("%(who)s chose another main value for %(what)s."),
    "person.fact_added": _("%(who)s added to what is known of %(what)s."),
    "person.fact_ended": _("%(who)s ended something known of %(what)s that no longer holds."),
    "person.fact_removed": _("%(who)s took away something of %(what)s that never was true."),
    "person.fact_made_main": _("%(who)s chose another main value for %(what)s."),
    "client.counsel_added": _("%(who)s noted that %(what)s serves the client too."),
    "client.counsel_changed": _("%(who)s changed what is known of the other counsel %(what)s."),
    "client.disclosed": _("%(who)s told %(recipient)s something of %(what)s, under consent."),
    "client.disclosure_refused": _(
        "%(who)s wanted to tell %(recipient)s something of %(what)s; no consent allows it."
    ),
    "person.left": _("%(who)s noted that %(what)s has left."),
    "link.added": _("%(who)s added a link to the network of %(what)s."),
    "link.ended": _("%(who)s ended a link in the network of %(what)s."),
    "link.removed": _("%(who)s took away a link of %(what)s that never was true."),
    "client.grade_changed": _("%(who)s changed the grade of %(what)s."),
    "client.grade_decided": _(
        "%(who)s gave %(what)s the grade %(grade)s by hand until %(until)s: %(reason)s"
    ),
    "client.grade_decision_withdrawn": _("%(who)s ended the grade by hand of %(what)s."),
    "client.figures_given": _("%(who)s gave figures for the score of %(what)s."),
    "growth.planned": _("%(who)s planned the growth of the client: %(what)s."),
    "growth.changed": _("%(who)s changed the growth plan %(what)s."),
    "growth.closed": _("%(who)s closed the growth plan %(what)s."),
    "growth.goal_added": _("%(who)s set the goal %(what)s."),
    "growth.goal_ended": _("%(who)s noted what came of the goal %(what)s."),
    "growth.action_added": _("%(who)s planned: %(what)s."),
    "growth.action_done": _("%(who)s did: %(what)s."),
    "need.recorded": _("%(who)s recorded the need %(what)s."),
    "need.changed": _("%(who)s changed the need %(what)s."),
    "need.moved": _("%(who)s moved the need %(what)s on."),
    "need.plan_linked": _("%(who)s tied the need %(what)s to a service plan."),
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
    "import.annotated": _("%(who)s downloaded the rows of %(what)s with what became of them."),
    "import.rows_handed_back": _("%(who)s downloaded the refused rows of %(what)s."),
}
