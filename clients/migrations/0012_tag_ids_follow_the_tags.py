"""Client.tag_ids says what ClientTag says, whoever writes there: action, merge or cascade."""

from django.db import migrations

MAKE = """
CREATE FUNCTION clients_keep_tag_ids() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE clients_client c SET tag_ids = now_there.ids
    FROM (
        SELECT touched.client_id,
               coalesce(array_agg(m.tag_id ORDER BY m.tag_id) FILTER (WHERE m.tag_id IS NOT NULL), '{}') AS ids
        FROM (SELECT DISTINCT client_id FROM changed) touched
        LEFT JOIN clients_clienttag m ON m.client_id = touched.client_id
        GROUP BY touched.client_id
    ) now_there
    WHERE c.id = now_there.client_id AND c.tag_ids IS DISTINCT FROM now_there.ids;
    RETURN NULL;
END $$;

CREATE TRIGGER tag_ids_after_insert AFTER INSERT ON clients_clienttag
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION clients_keep_tag_ids();
CREATE TRIGGER tag_ids_after_delete AFTER DELETE ON clients_clienttag
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION clients_keep_tag_ids();
CREATE TRIGGER tag_ids_after_update_old AFTER UPDATE ON clients_clienttag
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION clients_keep_tag_ids();
CREATE TRIGGER tag_ids_after_update_new AFTER UPDATE ON clients_clienttag
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION clients_keep_tag_ids();
"""
UNMAKE = "DROP FUNCTION clients_keep_tag_ids() CASCADE"


class Migration(migrations.Migration):
    dependencies = [("clients", "0011_lists")]
    operations = [migrations.RunSQL(MAKE, UNMAKE)]
