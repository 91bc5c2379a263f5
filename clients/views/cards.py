"""People as contact cards, for phones and mail programs."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from clients.access import get_client, get_person, visible_person_facts, visible_places
from clients.actions.cards import take_card, take_cards
from clients.presenters.cards import cards_of
from lawcrm.firm.spreadsheets.cards import CardPieces
from lawcrm.firm.throttle import limits_looks


@require_POST
@limits_looks
def person_card(request, person):
    found = get_person(request.user, person)
    places = visible_places(request.user).filter(person=found).select_related("person", "client")
    take_card(found, by=request.user)
    held = list(places.present()) or list(places)  # of somebody who has left: where they were
    return _answer("".join(cards_of(held, visible_person_facts(request.user))), "contact")


@require_POST
def people_cards(request, pk):
    """All people who are at the client now."""
    client = get_client(request.user, pk)
    places = visible_places(request.user).present().filter(client=client).select_related("person", "client")
    cards = list(cards_of(places, visible_person_facts(request.user)))
    take_cards(client, by=request.user, count=len(cards))
    return _answer("".join(cards), "contacts")


def _answer(cards: str, name: str) -> HttpResponse:
    return HttpResponse(
        cards,
        content_type=CardPieces.media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}.vcf"'},
    )
