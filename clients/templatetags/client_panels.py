"""Drawing what is registered for the client page: its head, its tabs, its panels."""

from django import template
from django.template.loader import get_template

from clients.panels import ClientPage
from clients.presenters.client_page import headline
from clients.tabs import tabs_of

register = template.Library()


@register.simple_tag(takes_context=True)
def draw_panel(context, drawn):
    """{% draw_panel drawn %}: the panel's template with its own context over the page's."""
    with context.push(**drawn["context"]):
        return get_template(drawn["panel"].template).template.render(context)


@register.inclusion_tag("clients/client_header.html", takes_context=True)
def client_header(context):
    """{% client_header %}: the head every page of a client shares. Reads `client`, and `page` where there is one."""
    page = context.get("page")
    if not isinstance(page, ClientPage):
        page = ClientPage(context["request"], context["client"])
    return {"client": page.client, "user": page.user, "head": headline(page), "team": page.team}


@register.inclusion_tag("clients/tabs.html", takes_context=True)
def client_tabs(context):
    """{% client_tabs %}: the tabs, the current one by the address or by `current` in the context."""
    request = context["request"]
    current = context.get("current") or request.resolver_match.view_name
    return {"tabs": tabs_of(request.user, context["client"], current)}
