"""Where the finder of duplicates works: filled and emptied by each of its runs, not worth a log of changes."""

from django.db import migrations

MAKE = """
CREATE UNLOGGED TABLE clients_match_key (run uuid NOT NULL, key bigint NOT NULL, client_id uuid NOT NULL);
CREATE UNLOGGED TABLE clients_match_pair (
    run uuid NOT NULL, number bigint NOT NULL, one_id uuid NOT NULL, other_id uuid NOT NULL, bearers int NOT NULL,
    PRIMARY KEY (run, number)
);
"""
UNMAKE = "DROP TABLE clients_match_key; DROP TABLE clients_match_pair"


class Migration(migrations.Migration):
    dependencies = [("clients", "0014_duplicates_and_merges")]
    operations = [migrations.RunSQL(MAKE, UNMAKE)]
