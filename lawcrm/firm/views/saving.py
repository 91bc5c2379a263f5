"""Somebody else saved the record meanwhile: the form again, with both versions side by side."""

from django.shortcuts import render

from lawcrm.firm.queries.audit import last_saver


def both_versions(request, template: str, context: dict, stale):
    """`context`: with the form, which then answers to the record as it stands now."""
    form = context["form"]
    differences = form.differences(stale.theirs)
    context |= {"conflict": True, "differences": differences, "saver": last_saver(stale.theirs)}
    form.rebase(stale.theirs)
    return render(request, template, context, status=409)
