"""Duplicates among people: the pairs to decide, two made one, and a merge undone (clients: merging.py)."""

import json

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clients.access import (
    get_person,
    get_person_merge,
    get_person_pair,
    visible_people,
    visible_person_merges,
    visible_person_pairs,
)
from clients.actions.merging import MergeRefused
from clients.actions.person_merging import (
    ask_again_of_people,
    merge_people,
    say_two_people,
    shut_out,
    unmerge_people,
)
from clients.forms.person_merging import PersonMergeForm
from clients.models import Person, PersonPair
from clients.presenters import merging as shared_words
from clients.presenters import person_merging as words
from clients.queries import merges
from clients.queries import person_merging as queries
from lawcrm.firm.conflicts import StaleVersion
from lawcrm.firm.forms.base import posted
from lawcrm.firm.paging import keyset_page

State = PersonPair.State
FOUND = 12


def person_duplicates(request):
    """The steward's queue of people: the surest pairs first."""
    state = request.GET.get("state")
    state = state if state in State.values else State.OPEN
    if state == State.MERGED:
        found = visible_person_merges(request.user).select_related("kept", "absorbed", "made_by", "undone_by")
        page = keyset_page(found, ("-id",), request.GET, size=20)
        context = {"merges": page.rows, "page": page, "state": state}
    else:
        pairs = visible_person_pairs(request.user).filter(state=state).with_people()
        page = keyset_page(pairs, ("-weight", "id"), request.GET, size=20)
        rows = words.pair_rows(page.rows, request.user)
        context = {"rows": rows, "page": page, "state": state, "run": merges.last_run()}
    return render(request, "clients/duplicates.html", {**context, "people": True})


@require_POST
def person_pair_different(request, pair):
    return _answered(request, say_two_people(get_person_pair(request.user, pair), by=request.user))


@require_POST
def person_pair_again(request, pair):
    return _answered(request, ask_again_of_people(get_person_pair(request.user, pair), by=request.user))


def _answered(request, pair):
    if request.htmx:
        row = words.pair_rows([pair], request.user)[0]
        return render(request, "clients/duplicates.html#pair", {"row": row, "answered": True, "people": True})
    return redirect("clients:person_duplicates")


def person_merge_choose(request, person):
    """With whom? Found by name, pinyin or phone."""
    one = get_person(request.user, person)
    asked = request.POST.get("q", "").strip()[:200]
    found = []
    if asked:
        others = (
            visible_people(request.user).matching(asked).exclude(pk=one.pk).order_by("sort_key", "id")[:FOUND]
        )
        places = queries.places_seen([other.pk for other in others], request.user)
        found = [words.who(other, places) for other in others]
    context = {"person": one, "asked": asked, "found": found}
    template = (
        "clients/person_merge_choose.html#found" if request.htmx else "clients/person_merge_choose.html"
    )
    return render(request, template, context)


def person_merge(request, person, other):
    """Both side by side, a value chosen for each field; `person` stays, `other` goes into it."""
    kept, absorbed = get_person(request.user, person), get_person(request.user, other)
    form = PersonMergeForm(posted(request), kept=kept, absorbed=absorbed)
    context = {"stale": None, "refusal": ""}
    if form.is_bound and form.is_valid():
        try:
            record = merge_people(
                keep=kept, absorb=absorbed, by=request.user, versions=form.versions, choices=form.choices,
                note=form.cleaned_data["note"],
            )  # fmt: skip
            messages.success(request, _("%s and the other are one person now.") % record.kept.name)
            return redirect("clients:person_merge_record", record.pk)
        except StaleVersion as stale:
            context["stale"] = queries.last_deed_on(stale.theirs)
            form.rebase()
        except MergeRefused as refused:
            if refused.kept:
                messages.info(request, words.refusal_words(refused))
                return redirect("clients:person", refused.kept)
            context["refusal"] = words.refusal_words(refused)
    return _side_by_side(request, form, context)


def _side_by_side(request, form, context):
    kept, absorbed, user = form.kept, form.absorbed, request.user
    conflicting, one_sided = shared_words.choice_rows(form, user)
    if not context["refusal"] and shut_out(kept, absorbed):
        context["refusal"] = words.refusal_words(MergeRefused("across_a_wall"))
    places = queries.places_seen([kept.pk, absorbed.pk], user)
    context |= {
        "form": form,
        "kept": kept,
        "absorbed": absorbed,
        "heads": [words.who(kept, places), words.who(absorbed, places)],
        "conflicting": conflicting,
        "one_sided": one_sided,
        "same": shared_words.same_rows(form, user),
        "moving": words.moving(kept, absorbed, user),
        "reasons": shared_words.pair_reasons(queries.pair_of(kept.pk, absorbed.pk)),
    }
    refused = form.is_bound and context["refusal"]
    status = 409 if context["stale"] is not None or refused else 422 if form.is_bound else 200
    return render(request, "clients/person_merge.html", context, status=status)


def person_merge_record(request, pk):
    """What one merge did, and the way back."""
    record = get_person_merge(request.user, pk)
    context = {
        "record": record,
        "taken": shared_words.taken(json.loads(record.values), Person),
        "moved": words.moved_rows(record, request.user),
        "left": words.left_words(record),
    }
    return render(request, "clients/person_merge_record.html", context)


@require_POST
def person_merge_undo(request, pk):
    record = get_person_merge(request.user, pk)
    try:
        record = unmerge_people(record, by=request.user)
    except MergeRefused as refused:
        messages.error(request, words.refusal_words(refused))
    else:
        messages.success(request, _("They are two people again."))
    return redirect("clients:person_merge_record", pk)
