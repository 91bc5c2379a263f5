"""The people of the firm and its departments, for administrators."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from lawcrm.firm.actions.departments import create_department, update_department
from lawcrm.firm.actions.people import create_person, invite, update_person
from lawcrm.firm.actions.sessions import end_sessions
from lawcrm.firm.forms.people import DepartmentForm, PersonForm
from lawcrm.firm.models import Department, User
from lawcrm.firm.queries.people import department_tree, everybody


def users(request):
    words = request.GET.get("q", "")[:100]
    return render(request, "firm/users.html", {"people": everybody(words), "words": words})


def user_create(request):
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = create_person(by=request.user, **form.cleaned_data)
        messages.success(request, _("Added. Now make a sign-in link and hand it over."))
        return redirect("firm:user_edit", person.pk)
    return render(request, "firm/user_form.html", {"form": form})


def user_edit(request, pk):
    person = get_object_or_404(User, pk=pk)
    form = PersonForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid() and _saved(form, person, request.user):
        messages.success(request, _("Saved."))
        return redirect("firm:users")
    return render(request, "firm/user_form.html", {"form": form, "person": person})


def _saved(form, person, by) -> bool:
    try:
        update_person(person, by=by, **form.cleaned_data)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    return True


def user_invite(request, pk):
    """Makes the link and shows it, this once. It is not kept anywhere in clear, so no copy can be replayed."""
    person = get_object_or_404(User, pk=pk, is_active=True)
    token = invite(person, by=request.user)
    link = request.build_absolute_uri(reverse("firm:accept_invitation", args=[token]))
    return render(request, "firm/user_link.html", {"person": person, "link": link})


def user_sign_out(request, pk):
    person = get_object_or_404(User, pk=pk)
    end_sessions(person, by=request.user)
    messages.success(request, _("%(who)s is signed out everywhere.") % {"who": person})
    return redirect("firm:user_edit", pk)


def departments(request):
    return render(request, "firm/departments.html", {"departments": department_tree()})


def department_create(request):
    form = DepartmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        create_department(by=request.user, **form.cleaned_data)
        return redirect("firm:departments")
    return render(request, "firm/department_form.html", {"form": form})


def department_edit(request, pk):
    department = get_object_or_404(Department, pk=pk)
    form = DepartmentForm(request.POST or None, department=department)
    if request.method == "POST" and form.is_valid():
        update_department(department, by=request.user, **form.cleaned_data)
        return redirect("firm:departments")
    return render(request, "firm/department_form.html", {"form": form, "department": department})
