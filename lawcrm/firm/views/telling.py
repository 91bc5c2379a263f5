"""How one is told (everybody), and the team chats of the firm (administrators)."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from lawcrm.firm.actions.chatting import try_hook
from lawcrm.firm.actions.telling import add_chat_hook, choose_notices, remove_chat_hook
from lawcrm.firm.forms.base import posted
from lawcrm.firm.forms.telling import ChatHookForm, NoticeChoicesForm
from lawcrm.firm.presenters.telling import hook_lines
from lawcrm.firm.queries.telling import chat_hooks, chat_of, own_choices


def notice_choices(request):
    chat = chat_of(request.user)
    form = NoticeChoicesForm(posted(request), choices=own_choices(request.user), chat=chat is not None)
    if form.is_valid():
        choose_notices(request.user, **form.chosen())
        messages.success(request, _("Saved."))
        return redirect("firm:notice_choices")
    return render(request, "firm/notice_choices.html", {"form": form, "chat": chat})


@sensitive_post_parameters("address", "secret")
def chats(request):
    form = ChatHookForm(posted(request))
    if form.is_valid():
        add_chat_hook(by=request.user, **form.cleaned_data)
        messages.success(request, _("Added. Send a trial message to see whether it arrives."))
        return redirect("firm:chats")
    return render(request, "firm/chats.html", {"form": form, "lines": hook_lines(chat_hooks())})


def chat_try(request, pk):
    problem = try_hook(_hook(pk), by=request.user)
    if problem:
        messages.error(request, _("It did not arrive: %(problem)s.") % {"problem": problem})
    else:
        messages.success(request, _("It arrived."))
    return redirect("firm:chats")


def chat_remove(request, pk):
    remove_chat_hook(_hook(pk), by=request.user)
    messages.success(request, _("Removed. Its address is forgotten."))
    return redirect("firm:chats")


def _hook(pk):
    hook = chat_hooks().filter(pk=pk).first()
    if hook is None:
        raise Http404
    return hook
