"""Duplicates: the pairs to decide, two made one, and a merge undone."""

import json

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clients.access import get_client, get_merge, get_pair, visible_clients, visible_merges, visible_pairs
from clients.actions.duplicates import ask_again, say_different, start_looking
from clients.actions.merging import MergeRefused, merge_clients, unmerge_clients
from clients.forms.merging import MergeForm
from clients.models import DuplicatePair
from clients.presenters import merging as words
from clients.queries import merges
from lawcrm.firm.conflicts import StaleVersion
from lawcrm.firm.forms.base import posted
from lawcrm.firm.paging import keyset_page
from lawcrm.firm.queries.audit import last_saver

State = DuplicatePair.State
FOUND = 12


def duplicates(request):
    """The steward's queue: the surest pairs first; decided ones under their own heading."""
    state = request.GET.get("state")
    state = state if state in State.values else State.OPEN
    if state == State.MERGED:
        return _merged(request)
    pairs = visible_pairs(request.user).filter(state=state).with_clients()
    page = keyset_page(pairs, ("-weight", "id"), request.GET, size=20)
    context = {"rows": words.pair_rows(page.rows), "page": page, "state": state, "run": merges.last_run()}
    return render(request, "clients/duplicates.html", context)


def _merged(request):
    found = visible_merges(request.user).select_related("kept", "absorbed", "made_by", "undone_by")
    page = keyset_page(found, ("-id",), request.GET, size=20)
    return render(
        request, "clients/duplicates.html", {"merges": page.rows, "page": page, "state": State.MERGED}
    )


@require_POST
def duplicates_look(request):
    """Looks now instead of at night."""
    start_looking(by=request.user)
    messages.success(request, _("They are being looked for. What is found stands here in a minute or two."))
    return redirect("clients:duplicates")


@require_POST
def pair_different(request, pair):
    found = say_different(get_pair(request.user, pair), by=request.user)
    return _answered(request, found)


@require_POST
def pair_again(request, pair):
    return _answered(request, ask_again(get_pair(request.user, pair), by=request.user))


def _answered(request, pair):
    if request.htmx:
        row = words.pair_rows([pair])[0]
        return render(request, "clients/duplicates.html#pair", {"row": row, "answered": True})
    return redirect("clients:duplicates")


def merge_choose(request, pk):
    """With whom? Found as everywhere: by name, pinyin, phone or number."""
    client = get_client(request.user, pk)
    asked = request.POST.get("q", "").strip()[:200]
    found = []
    if asked:
        matching = visible_clients(request.user).matching(asked).exclude(pk=pk).select_related("responsible")
        found = [words.who(other) for other in matching.order_by("sort_key", "id")[:FOUND]]
    context = {"client": client, "asked": asked, "found": found}
    template = "clients/merge_choose.html#found" if request.htmx else "clients/merge_choose.html"
    return render(request, template, context)


def merge(request, pk, other):
    """Both side by side, a value chosen for each field; `pk` stays, `other` goes into it."""
    kept, absorbed = get_client(request.user, pk), get_client(request.user, other)
    form = MergeForm(posted(request), kept=kept, absorbed=absorbed)
    context = {"stale": None, "refusal": ""}
    if form.is_bound and form.is_valid():
        try:
            record = merge_clients(
                keep=kept, absorb=absorbed, by=request.user, versions=form.versions, choices=form.choices,
                note=form.cleaned_data["note"],
            )  # fmt: skip
            messages.success(request, _("%s and the other are one client now.") % record.kept.name)
            return redirect("clients:merge_record", record.pk)
        except StaleVersion as stale:
            context["stale"] = last_saver(stale.theirs)
            form.rebase()
        except MergeRefused as refused:
            if refused.kept:
                messages.info(request, words.refusal_words(refused))
                return redirect("clients:detail", refused.kept)
            context["refusal"] = words.refusal_words(refused)
    return _side_by_side(request, form, context)


def _side_by_side(request, form, context):
    kept, absorbed, user = form.kept, form.absorbed, request.user
    conflicting, one_sided = words.choice_rows(form, user)
    if not context["refusal"] and (shut := merges.shut_out(kept, absorbed)):
        context["refusal"] = words.refusal_words(MergeRefused("across_a_wall", people=shut))
    context |= {
        "form": form,
        "kept": kept,
        "absorbed": absorbed,
        "heads": [words.who(kept), words.who(absorbed)],
        "conflicting": conflicting,
        "one_sided": one_sided,
        "same": words.same_rows(form, user),
        "moving": words.moving(kept, absorbed, user),
        "walls": bool(merges.standing_walls_around(kept.pk) or merges.standing_walls_around(absorbed.pk)),
        "reasons": words.pair_reasons(merges.pair_of(kept.pk, absorbed.pk)),
    }
    status = (
        409 if context["stale"] or (form.is_bound and context["refusal"]) else 422 if form.is_bound else 200
    )
    return render(request, "clients/merge.html", context, status=status)


def merge_record(request, pk):
    """What one merge did, and the way back."""
    record = get_merge(request.user, pk)
    context = {
        "record": record,
        "taken": words.taken(json.loads(record.values)),
        "moved": words.moved_rows(record, request.user),
        "left": words.left_words(record),
    }
    return render(request, "clients/merge_record.html", context)


@require_POST
def merge_undo(request, pk):
    record = get_merge(request.user, pk)
    try:
        record = unmerge_clients(record, by=request.user)
    except MergeRefused as refused:
        messages.error(request, words.refusal_words(refused))
    else:
        messages.success(request, _("They are two clients again."))
    return redirect("clients:merge_record", pk)
