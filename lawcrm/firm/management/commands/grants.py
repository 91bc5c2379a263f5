"""Rights of a database role the application runs as, apart from the role that owns the tables and migrates."""

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

ADDED_TO_ONLY = ("firm_auditentry", "firm_auditredaction", "firm_auditseal")
BLANKED = "object_label, changes, detail"  # of entries, by an erasure; a trigger sees to the rest


class Command(BaseCommand):
    help = (
        "Gives ROLE what LawCRM needs to run: reading and writing everywhere, but of the audit trail reading and adding"
        " only. Run it as the owner, after each migrate; see docs/administrators.md."
    )

    def add_arguments(self, parser):
        parser.add_argument("role")
        parser.add_argument(
            "--create", action="store_true", help="make the role first (no password, may log in)"
        )

    def handle(self, *, role, create, **options):
        if not role.replace("_", "").isalnum():
            raise CommandError("a role's name is made of letters, digits and _")
        name, trail = connection.ops.quote_name(role), ", ".join(ADDED_TO_ONLY)
        with transaction.atomic(), connection.cursor() as cursor:
            if create:
                cursor.execute(f"CREATE ROLE {name} LOGIN")
            cursor.execute(f"GRANT USAGE ON SCHEMA public TO {name}")
            cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}")
            cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}")
            cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {trail} FROM {name}")
            cursor.execute(f"GRANT UPDATE ({BLANKED}) ON firm_auditentry TO {name}")
        self.stdout.write(f"{role} may run LawCRM; the audit trail it may only read and add to")
