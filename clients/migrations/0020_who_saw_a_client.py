"""What decided who sees a client is kept when it changes (lawcrm.firm AccessPast)."""

from django.db import migrations

MAKE = """
CREATE TRIGGER keep_access AFTER UPDATE OF responsible_id, team_ids, department_id ON clients_client
    FOR EACH ROW WHEN ((OLD.responsible_id, OLD.team_ids, OLD.department_id)
        IS DISTINCT FROM (NEW.responsible_id, NEW.team_ids, NEW.department_id) AND OLD.created_at < now())
    EXECUTE FUNCTION firm_keep_access('client');
"""
UNMAKE = "DROP TRIGGER keep_access ON clients_client"


class Migration(migrations.Migration):
    dependencies = [("clients", "0019_import_rows_by_client"), ("firm", "0010_wall_paperwork")]
    operations = [migrations.RunSQL(MAKE, UNMAKE)]
