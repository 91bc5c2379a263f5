"""A search column that fills itself, for rooms whose rows are found by the one search box."""

from collections.abc import Iterable

from django.contrib.postgres.search import SearchVectorField

from clients.rules.search_tokens import lexemes_for


def as_tsvector(lexemes: Iterable[str]) -> str:
    """Lexemes in the written form of a tsvector, quoted one by one: no parser or dictionary touches them."""
    return " ".join("'" + one.replace("\\", "\\\\").replace("'", "''") + "'" for one in lexemes)


class WordsField(SearchVectorField):
    """Filled whenever the row is saved, singly or in bulk, from the row's own `searchable()`.

    `follows`: fields it is made of; a save of one of these alone writes it too.
    """

    def __init__(self, *args, follows: Iterable[str] = (), **kwargs):
        self.follows = frozenset(follows)
        kwargs.update(null=True, editable=False)
        super().__init__(*args, **kwargs)

    def pre_save(self, instance, add):
        written = as_tsvector(lexemes_for(instance.searchable()))
        setattr(instance, self.attname, written)
        return written
