"""Walls: which stand, their paperwork, and who could see what stands behind them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lawcrm.firm import clock
from lawcrm.firm.access import get_or_404
from lawcrm.firm.actions.walls import (
    SecondPersonNeeded,
    acknowledge,
    ask_to_lift,
    leave_standing,
    lift_wall,
    raise_wall,
    review_wall,
)
from lawcrm.firm.forms.base import posted
from lawcrm.firm.forms.walls import DayForm, LiftForm, ReviewForm, WallForm
from lawcrm.firm.queries.sight import sight_on
from lawcrm.firm.queries.walls import all_walls, places_of, standing_walls, targets


def walls(request):
    return render(request, "firm/walls.html", {"walls": standing_walls(request.user)})


def wall(request, kind, pk):
    """The walls around one client or matter, and a form for another."""
    target = get_or_404(targets(kind), request.user, pk)
    form = WallForm(posted(request))
    if form.is_valid():
        raise_wall(target, kind=kind, by=request.user, **form.cleaned_data)
        messages.success(request, _("The wall stands. Everybody named is told."))
        return redirect("firm:walls")
    context = {"target": target, "kind": kind, "form": form, "walls": standing_walls(request.user, kind, pk)}
    return render(request, "firm/wall.html", context)


def wall_file(request, pk):
    """The paperwork of one wall: who was told and confirmed, reviews, and the two steps of lifting it."""
    return _file(request, *_standing(request, pk))


def wall_review(request, pk):
    standing, target = _standing(request, pk)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _file(request, standing, target, review=form)
    review_wall(standing, target, by=request.user, **form.cleaned_data)
    messages.success(request, _("Reviewed. The wall goes on standing."))
    return redirect("firm:wall_file", pk)


def wall_lift_ask(request, pk):
    standing, target = _standing(request, pk)
    form = LiftForm(request.POST)
    if not form.is_valid():
        return _file(request, standing, target, lift=form)
    ask_to_lift(standing, target, by=request.user, reason=form.cleaned_data["reason"])
    messages.success(request, _("Asked. The wall stands until a second person lifts it."))
    return redirect("firm:wall_file", pk)


def wall_leave(request, pk):
    standing, target = _standing(request, pk)
    leave_standing(standing, target, by=request.user)
    messages.success(request, _("The wall goes on standing."))
    return redirect("firm:wall_file", pk)


def wall_lift(request, pk):
    standing, target = _standing(request, pk)
    try:
        lift_wall(standing, target, by=request.user)
    except SecondPersonNeeded:
        messages.error(request, _("A second person must lift it: one asks, another lifts."))
        return redirect("firm:wall_file", pk)
    messages.success(request, _("The wall is lifted."))
    return redirect("firm:walls")


def own_walls(request):
    """What the person was told of walls that name them, to be confirmed. Nothing from behind a wall stands on it."""
    places = places_of(request.user)
    if request.method == "POST":
        place = next((one for one in places if str(one.wall_id) == request.POST.get("wall")), None)
        if place is None:
            raise Http404
        acknowledge(place)
        messages.success(request, _("Thank you, that is noted."))
        return redirect("firm:own_walls")
    return render(request, "firm/own_walls.html", {"places": places})


def sight(request, kind, pk):
    """Who could see it on a day, and why."""
    target = get_or_404(targets(kind), request.user, pk)
    form = DayForm(request.GET if "on" in request.GET else {"on": clock.today(request.user)})
    told = sight_on(kind, target, form.cleaned_data["on"]) if form.is_valid() else None
    return render(request, "firm/sight.html", {"target": target, "kind": kind, "form": form, "told": told})


def _standing(request, pk):
    standing = get_or_404(all_walls().select_related("raised_by", "lift_asked_by"), request.user, pk)
    return standing, get_or_404(targets(standing.kind), request.user, standing.target_id)


def _file(request, standing, target, review=None, lift=None):
    context = {
        "wall": standing,
        "target": target,
        "people": standing.people.select_related("user").order_by("user__family_name", "user__given_name"),
        "review": review or ReviewForm(),
        "lift": lift or LiftForm(),
        "today": clock.today(request.user),
    }
    return render(request, "firm/wall_file.html", context)
