"""Client.responsible_rank says what the responsible lawyer is called, whoever writes there: action, import or merge."""

from django.db import migrations

MAKE = """
CREATE FUNCTION clients_keep_rank() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT left(family_name || ' ' || given_name || ' ' || username, 460) INTO NEW.responsible_rank
      FROM firm_user WHERE id = NEW.responsible_id;
    NEW.responsible_rank := coalesce(NEW.responsible_rank, '');
    RETURN NEW;
END $$;

CREATE FUNCTION clients_rank_anew() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE clients_client SET responsible_rank = '' WHERE responsible_id = NEW.id;  -- the other trigger fills it
    RETURN NULL;
END $$;

CREATE TRIGGER rank_of_a_client BEFORE INSERT OR UPDATE OF responsible_id, responsible_rank ON clients_client
    FOR EACH ROW EXECUTE FUNCTION clients_keep_rank();
CREATE TRIGGER rank_of_a_lawyers_clients AFTER UPDATE OF family_name, given_name, username ON firm_user
    FOR EACH ROW WHEN ((OLD.family_name, OLD.given_name, OLD.username) IS DISTINCT FROM
                       (NEW.family_name, NEW.given_name, NEW.username)) EXECUTE FUNCTION clients_rank_anew();

UPDATE clients_client SET responsible_rank = '';
"""
UNMAKE = """
DROP FUNCTION clients_keep_rank() CASCADE;
DROP FUNCTION clients_rank_anew() CASCADE
"""


class Migration(migrations.Migration):
    dependencies = [("clients", "0024_lists_by_lawyer")]
    operations = [migrations.RunSQL(MAKE, UNMAKE)]
