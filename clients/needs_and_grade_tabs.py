"""The tabs of a client's needs and grade; and what clients themselves say of a score."""

from django.utils.translation import gettext_lazy as _

from clients import score_facts
from clients.queries.grading import referral_facts
from clients.tabs import Tab, register

score_facts.register(referral_facts)

register(
    Tab(
        "grade",
        _("Grade"),
        "clients:grade",
        order=50,
        also=(
            "clients:grade_decide",
            "clients:grade_figures",
            "clients:growth_plan",
            "clients:growth_edit",
            "clients:growth_close",
            "clients:growth_goal",
            "clients:growth_goal_edit",
            "clients:growth_goal_end",
            "clients:growth_action",
            "clients:growth_action_edit",
            "clients:growth_action_done",
        ),
    )
)
register(
    Tab(
        "needs",
        _("Needs"),
        "clients:needs",
        order=40,
        also=("clients:need_create", "clients:need_edit", "clients:need_move"),
    )
)
