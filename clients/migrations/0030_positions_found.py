import django.contrib.postgres.indexes
from django.db import migrations, models

import clients.search_column
from clients.rules.search_tokens import Searchable, lexemes_for
from clients.search import refresh_person_search
from clients.search_column import as_tsvector

BATCH = 5_000


def words_of_positions(apps, schema_editor):
    """Positions held already become findable: words are made once for each position, however many hold it."""
    places = apps.get_model("clients", "ClientPerson").objects
    held = list(places.exclude(position="").order_by().values_list("position", flat=True).distinct())
    words = [as_tsvector(lexemes_for(Searchable(names=(), is_person=True, beside=(one,)))) for one in held]
    with schema_editor.connection.cursor() as cursor:
        for start in range(0, len(held), BATCH):
            cursor.execute(
                """UPDATE clients_clientperson AS place SET search = made.words::tsvector
                     FROM unnest(%s::text[], %s::text[]) AS made (position, words) WHERE place.position = made.position""",
                [held[start : start + BATCH], words[start : start + BATCH]],
            )


def positions_leave_the_person(apps, schema_editor):
    """What somebody was at one client stood with the person, where it was found and read from every other client too.

    It goes on in the history of that client, where it was told when it changed.
    """
    facts = apps.get_model("clients", "PersonFact").objects
    keys = set(facts.filter(kind="position").values_list("person_id", flat=True))
    facts.filter(kind="position").delete()
    others = {}
    for fact in facts.filter(person_id__in=keys):
        others.setdefault(fact.person_id, []).append(fact)
    with schema_editor.connection.cursor() as cursor:
        for person in apps.get_model("clients", "Person").objects.filter(pk__in=keys).iterator():
            refresh_person_search(person, others.get(person.pk, ()))
            cursor.execute(
                "UPDATE clients_person SET search = %s::tsvector WHERE id = %s", [person.search, person.pk]
            )


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0029_versions_of_small_records"),
    ]

    operations = [
        migrations.AddField(
            model_name="clientperson",
            name="search",
            field=clients.search_column.WordsField(editable=False, null=True),
        ),
        migrations.RunPython(words_of_positions, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(positions_leave_the_person, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name="clientperson",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("position", ""), _negated=True), fields=["search"], name="place_search"
            ),
        ),
    ]
