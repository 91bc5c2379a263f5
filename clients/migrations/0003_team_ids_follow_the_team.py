"""Client.team_ids says what ClientTeam says, whoever writes there: action, import, merge or cascade."""

from django.db import migrations

MAKE = """
CREATE FUNCTION clients_keep_team_ids() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE clients_client c SET team_ids = now_there.ids
    FROM (
        SELECT touched.client_id,
               coalesce(array_agg(m.user_id ORDER BY m.user_id) FILTER (WHERE m.user_id IS NOT NULL), '{}') AS ids
        FROM (SELECT DISTINCT client_id FROM changed) touched
        LEFT JOIN clients_clientteam m ON m.client_id = touched.client_id
        GROUP BY touched.client_id
    ) now_there
    WHERE c.id = now_there.client_id AND c.team_ids IS DISTINCT FROM now_there.ids;
    RETURN NULL;
END $$;

CREATE TRIGGER team_ids_after_insert AFTER INSERT ON clients_clientteam
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION clients_keep_team_ids();
CREATE TRIGGER team_ids_after_delete AFTER DELETE ON clients_clientteam
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION clients_keep_team_ids();
CREATE TRIGGER team_ids_after_update_old AFTER UPDATE ON clients_clientteam
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION clients_keep_team_ids();
CREATE TRIGGER team_ids_after_update_new AFTER UPDATE ON clients_clientteam
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION clients_keep_team_ids();
"""
UNMAKE = "DROP FUNCTION clients_keep_team_ids() CASCADE"


class Migration(migrations.Migration):
    dependencies = [("clients", "0002_search_and_teams")]
    operations = [migrations.RunSQL(MAKE, UNMAKE)]
