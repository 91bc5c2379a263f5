"""Walls: which stand, raising one, lifting one."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lawcrm.firm.access import get_or_404
from lawcrm.firm.actions.walls import lift_wall, raise_wall
from lawcrm.firm.forms.walls import WallForm
from lawcrm.firm.queries.walls import all_walls, standing_walls, targets


def walls(request):
    return render(request, "firm/walls.html", {"walls": standing_walls(request.user)})


def wall(request, kind, pk):
    """The walls around one client or matter, and a form for another."""
    target = get_or_404(targets(kind), request.user, pk)
    form = WallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        raise_wall(target, kind=kind, by=request.user, **form.cleaned_data)
        messages.success(request, _("The wall stands."))
        return redirect("firm:walls")
    context = {"target": target, "kind": kind, "form": form, "walls": standing_walls(request.user, kind, pk)}
    return render(request, "firm/wall.html", context)


def wall_lift(request, pk):
    standing = get_or_404(all_walls(), request.user, pk)
    target = get_or_404(targets(standing.kind), request.user, standing.target_id)
    lift_wall(standing, target, by=request.user)
    messages.success(request, _("The wall is lifted."))
    return redirect("firm:walls")
