"""Postgres reads our lexemes and questions as we mean them, whatever was typed."""

import pytest
from django.db import connection
from hypothesis import example, given, settings
from hypothesis import strategies as st

from clients.rules.search_tokens import Searchable, lexemes_for, tsquery_for
from tests.clients.rules.test_search_tokens import matches

pytestmark = pytest.mark.django_db
typed = st.text(max_size=40) | st.text("张三abc'\\:*&|!()<->@ \0\ud800", max_size=20)


@settings(max_examples=150, deadline=None)
@given(typed, typed)
@example("张三", "张三")
@example("O'Brien\\", "o'brien\\@x")
def test_postgres_agrees(name, question):
    lexemes = lexemes_for(Searchable((name,), True, phones=(name,), emails=(name,)))
    with connection.cursor() as cursor:
        cursor.execute(
            "select array_to_tsvector(%s::text[]) @@ %s::tsquery", [lexemes, query := tsquery_for(question)]
        )
        assert cursor.fetchone()[0] is matches(lexemes, query)
