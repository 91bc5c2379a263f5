"""Drawing a registered panel inside the client page."""

from django import template
from django.template.loader import get_template

register = template.Library()


@register.simple_tag(takes_context=True)
def draw_panel(context, drawn):
    """{% draw_panel drawn %}: the panel's template with its own context over the page's."""
    with context.push(**drawn["context"]):
        return get_template(drawn["panel"].template).template.render(context)
