"""What is told of walls: to the people named, their own notice; to those who keep walls, what they may see."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lawcrm.firm.notices import NoticeText, register
from lawcrm.firm.queries.walls import kept_wall, places_of
from lawcrm.firm.roles import may


def _own(user, wall_id):
    return next((place.wall for place in places_of(user) if place.wall_id == wall_id), None)


def _kept(user, wall_id):
    return kept_wall(user, wall_id) if may(user, "walls.edit") else None


def _file(wall, context):
    return reverse("firm:wall_file", args=[wall.pk])


register(
    "wall.raised",
    NoticeText(
        title=lambda wall, context: _("A wall of the firm names you: read the notice and confirm it"),
        body=lambda wall, context: _("Confirming takes a moment. You are reminded each week until you do."),
        url=lambda wall, context: f"{reverse('firm:own_walls')}#{wall.pk}",
        load=_own,
        mail_subject=gettext_lazy("A notice for you to confirm"),
    ),
)
register(
    "wall.lift_asked",
    NoticeText(
        title=lambda wall, context: _("A wall is to be lifted: a second person must agree"),
        body=lambda wall, context: "",
        url=_file,
        load=_kept,
        mail_subject=gettext_lazy("A second person is needed"),
    ),
)
register(
    "wall.review",
    NoticeText(
        title=lambda wall, context: _("A wall is due for review"),
        body=lambda wall, context: "",
        url=_file,
        load=_kept,
        mail_subject=gettext_lazy("A review is due"),
    ),
)
