"""The addresses of duplicates and merges: of clients, and of people under people/."""

from django.urls import path

from clients.views import merging


def _of(room: merging.Room, prefix: str, at: str) -> list:
    of = {"of": room}
    return [
        path(f"duplicates/{at}", merging.duplicates, of, name=f"{prefix}duplicates"),
        path(f"duplicates/{at}<uuid:pair>/different/", merging.different, of, name=f"{prefix}pair_different"),
        path(f"duplicates/{at}<uuid:pair>/again/", merging.again, of, name=f"{prefix}pair_again"),
        path(f"{at}merges/<uuid:pk>/", merging.merge_record, of, name=f"{prefix}merge_record"),
        path(f"{at}merges/<uuid:pk>/undo/", merging.merge_undo, of, name=f"{prefix}merge_undo"),
        path(f"{at}<uuid:pk>/merge/", merging.choose, of, name=f"{prefix}merge_choose"),
        path(f"{at}<uuid:pk>/merge/<uuid:other>/", merging.merge, of, name=f"{prefix}merge"),
    ]


urlpatterns = [
    path("duplicates/look/", merging.look, {"of": merging.CLIENTS}, name="duplicates_look"),
    *_of(merging.CLIENTS, "", ""),
    *_of(merging.PEOPLE, "person_", "people/"),
]
