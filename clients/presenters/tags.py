"""Tags in words."""

from dataclasses import dataclass

from django.urls import reverse

from clients.presenters.client_list import shown


@dataclass(frozen=True, slots=True)
class TagLine:
    pk: str
    name: str
    count: str
    list_url: str


def tag_lines(tags, counts: dict) -> list[TagLine]:
    address = reverse("clients:list")
    return [
        TagLine(str(tag.pk), tag.name, shown(counts.get(tag.pk, 0), capped=False), f"{address}?tags={tag.pk}")
        for tag in tags
    ]
