"""What a view read of the parameters it was sent.

An answer depends on a parameter only if somebody looked at it. So a walk that asks a page about the keys of secret rows
need not ask again about other keys where the page looked at none of them: the answer could not be another one.
(A page that shows its own address again repeats what was sent; that tells nothing, so it does not count as looking.)
"""

import functools

from django.http import QueryDict


class NotedQuery(QueryDict):
    """A QueryDict that notes the names asked for; whoever goes through all of them has asked for every one."""

    def __init__(self, *args, **kwargs):
        self.names_read: set[str] = set()
        self.all_read = False
        super().__init__(*args, **kwargs)

    def has_read(self, names: set[str]) -> bool:
        return self.all_read or not self.names_read.isdisjoint(names)


def _noting_one(name):
    inherited = getattr(QueryDict, name)

    @functools.wraps(inherited)
    def asked(self, key, *args, **kwargs):
        if not self._mutable:  # until then it is being filled
            self.names_read.add(key)
        return inherited(self, key, *args, **kwargs)

    return asked


def _noting_all(name):
    inherited = getattr(QueryDict, name)

    @functools.wraps(inherited)
    def asked(self, *args, **kwargs):
        if not self._mutable:
            self.all_read = True
        return inherited(self, *args, **kwargs)

    return asked


for _name in ("__getitem__", "__contains__", "get", "getlist"):
    setattr(NotedQuery, _name, _noting_one(_name))
for _name in (
    "__iter__", "__reversed__", "__eq__", "__or__", "__ror__", "__copy__", "__deepcopy__", "__getstate__", "__reduce_ex__",
    "keys", "values", "items", "lists", "copy", "dict", "urlencode",
):  # fmt: skip
    setattr(NotedQuery, _name, _noting_all(_name))
NotedQuery.__hash__ = None


def note_reads(monkeypatch) -> None:
    """From now on requests carry noted parameters."""
    for place in ("django.http", "django.http.request", "django.core.handlers.wsgi"):
        monkeypatch.setattr(f"{place}.QueryDict", NotedQuery)


def has_read(answer, names: set[str]) -> bool:
    """Whether whoever made this answer looked at one of these parameters."""
    request = answer.wsgi_request
    queries = (request.GET, request.POST)
    assert all(isinstance(query, NotedQuery) for query in queries), "nobody noted what was read"
    return any(query.has_read(names) for query in queries)
