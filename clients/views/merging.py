"""Duplicates among clients and among people: the pairs to decide, two made one, and a merge undone.

Both are done by the same functions; what differs stands in a `Room`, which their addresses name (clients/urls.py).
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from clients import access
from clients.actions import duplicates as looking
from clients.actions import merging, person_merging
from clients.actions.merge_rows import MergeRefused
from clients.forms.merging import ClientMergeForm, MergeForm, PersonMergeForm
from clients.models import Client, DuplicatePair, MergeRecord, Person, PersonMerge, PersonPair
from clients.presenters import merge_records as told
from clients.presenters import merging as words
from clients.queries import merges
from lawcrm.firm.conflicts import StaleVersion
from lawcrm.firm.forms.base import posted
from lawcrm.firm.paging import keyset_page

FOUND = 12


@dataclass(frozen=True)
class Room:
    """Clients, or people."""

    model: type[Client | Person]
    pairs: type[DuplicatePair | PersonPair]
    merges: type[MergeRecord | PersonMerge]
    get: Callable
    visible: Callable
    form: type[MergeForm]
    merge: Callable
    unmerge: Callable
    say_different: Callable
    ask_again: Callable
    shut_out: Callable
    merged: str | Promise
    parted: str | Promise
    one_already: str | Promise

    @property
    def urls(self) -> dict[str, str]:
        return words.urls_of(self.model)

    def render(self, request, template: str, context: dict, **kwargs):
        shared = {"people": self.model is Person, "urls": self.urls}
        return render(request, template, context | shared, **kwargs)


CLIENTS = Room(
    model=Client,
    pairs=DuplicatePair,
    merges=MergeRecord,
    get=access.get_client,
    visible=access.visible_clients,
    form=ClientMergeForm,
    merge=merging.merge_clients,
    unmerge=merging.unmerge_clients,
    say_different=looking.say_different,
    ask_again=looking.ask_again,
    shut_out=merges.shut_out,
    merged=gettext_lazy("%s and the other are one client now."),
    parted=gettext_lazy("They are two clients again."),
    one_already=gettext_lazy("These are one client already."),
)
PEOPLE = Room(
    model=Person,
    pairs=PersonPair,
    merges=PersonMerge,
    get=access.get_person,
    visible=access.visible_people,
    form=PersonMergeForm,
    merge=person_merging.merge_people,
    unmerge=person_merging.unmerge_people,
    say_different=person_merging.say_two_people,
    ask_again=person_merging.ask_again_of_people,
    shut_out=person_merging.shut_out,
    merged=gettext_lazy("%s and the other are one person now."),
    parted=gettext_lazy("They are two people again."),
    one_already=gettext_lazy("These are one person already."),
)


def duplicates(request, of: Room):
    """The steward's queue: the surest pairs first; decided ones under their own heading."""
    states, state = of.pairs.State, request.GET.get("state")
    state = state if state in states.values else states.OPEN
    context = {"state": state}
    if state == states.MERGED:
        found = access.visible_merges(request.user, of.merges).select_related(
            "kept", "absorbed", "made_by", "undone_by"
        )
        context["page"] = keyset_page(found, ("-id",), request.GET, size=20)
    else:
        pairs = access.visible_pairs(request.user, of.pairs).filter(state=state).for_lists()
        context["page"] = keyset_page(pairs, ("-weight", "id"), request.GET, size=20)
        context["rows"] = words.pair_rows(context["page"].rows, request.user)
        context["looked"] = None if context["rows"] else merges.last_looked()
    return of.render(request, "clients/duplicates.html", context)


@require_POST
def look(request, of: Room):
    """Looks now instead of at night."""
    looking.start_looking(by=request.user)
    messages.success(request, _("They are being looked for. What is found stands here in a minute or two."))
    return redirect(of.urls["queue"])


@require_POST
def different(request, pair, of: Room):
    return _answered(
        request, of, of.say_different(access.get_pair(request.user, pair, of.pairs), by=request.user)
    )


@require_POST
def again(request, pair, of: Room):
    return _answered(
        request, of, of.ask_again(access.get_pair(request.user, pair, of.pairs), by=request.user)
    )


def _answered(request, of: Room, pair):
    if not request.htmx:
        return redirect(of.urls["queue"])
    row = words.pair_rows([pair], request.user)[0]
    return of.render(request, "clients/duplicates.html#pair", {"row": row, "answered": True})


def choose(request, pk, of: Room):
    """With whom? Found as everywhere: by name, pinyin, phone or number."""
    one = of.get(request.user, pk)
    asked = request.POST.get("q", "").strip()[:200]
    found = []
    if asked:
        others = of.visible(request.user).matching(asked).exclude(pk=one.pk).order_by("sort_key", "id")
        if of.model is Client:
            others = others.select_related("responsible")
        found = list(words.whos(others[:FOUND], request.user).values())
    template = "clients/merge_choose.html#found" if request.htmx else "clients/merge_choose.html"
    return of.render(request, template, {"one": one, "asked": asked, "found": found})


def merge(request, pk, other, of: Room):
    """Both side by side, a value chosen for each field; `pk` stays, `other` goes into it."""
    kept, absorbed = of.get(request.user, pk), of.get(request.user, other)
    if (
        kept.pk == absorbed.pk
    ):  # also where another steward was quicker: the address of the one leads to the other
        messages.info(request, of.one_already)
        return redirect(of.urls["page"], pk)
    form = of.form(posted(request), kept=kept, absorbed=absorbed)
    context = {"stale": None, "refusal": ""}
    if form.is_bound and form.is_valid():
        try:
            record = of.merge(
                keep=kept, absorb=absorbed, by=request.user, versions=form.versions, choices=form.choices,
                note=form.cleaned_data["note"],
            )  # fmt: skip
            messages.success(request, str(of.merged) % record.kept.name)
            return redirect(of.urls["record"], record.pk)
        except StaleVersion as stale:
            context["stale"] = merges.last_deed_on(stale.theirs)
            form.rebase()
        except MergeRefused as refused:
            context["refusal"] = words.refusal_words(refused, of.model)
            if refused.kept:
                messages.info(request, context["refusal"])
                return redirect(of.urls["page"], refused.kept)
    return _side_by_side(request, of, form, context)


def _side_by_side(request, of: Room, form: MergeForm, context: dict):
    kept, absorbed, user = form.kept, form.absorbed, request.user
    conflicting, one_sided = words.choice_rows(form, user)
    if not context["refusal"] and (shut := of.shut_out(kept, absorbed)):
        context["refusal"] = words.refusal_words(MergeRefused("across_a_wall", people=shut), of.model)
    known = words.whos([kept, absorbed], user)
    context |= {
        "form": form,
        "kept": kept,
        "absorbed": absorbed,
        "heads": [known[kept.pk], known[absorbed.pk]],
        "conflicting": conflicting,
        "one_sided": one_sided,
        "same": words.same_rows(form, user),
        "moving": words.moving(kept, absorbed, user),
        "walls": any(merges.standing_walls_around(one.pk) for one in (kept, absorbed)),
        "reasons": words.pair_reasons(merges.pair_of(of.pairs, kept.pk, absorbed.pk)),
    }
    refused = context["stale"] is not None or (form.is_bound and context["refusal"])
    status = 409 if refused else 422 if form.is_bound else 200
    return of.render(request, "clients/merge.html", context, status=status)


def merge_record(request, pk, of: Room):
    """What one merge did, and the way back."""
    record = access.get_merge(request.user, pk, of.merges)
    context = {
        "record": record,
        "taken": told.taken(record),
        "gave_way": [] if record.undone_at else told.gave_way(record, of.form.names, request.user),
        "moved": told.moved_rows(record, request.user),
        "left": told.left_words(record),
    }
    return of.render(request, "clients/merge_record.html", context)


@require_POST
def merge_undo(request, pk, of: Room):
    record = access.get_merge(request.user, pk, of.merges)
    try:
        record = of.unmerge(record, by=request.user)
    except MergeRefused as refused:
        messages.error(request, words.refusal_words(refused, of.model))
    else:
        messages.success(request, str(of.parted))
    return redirect(of.urls["record"], pk)
