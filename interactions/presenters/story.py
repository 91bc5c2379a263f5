"""A line of the timeline as HTML.

Fifty of them stand on every page of a client. A template takes ten times as long for them, all of it looking up names;
so here the escaping is written out: whatever somebody typed passes through `escape`.
"""

from html import escape

from django.utils.safestring import SafeString

from lawcrm.firm.templatetags.look import icon


def story_line(line) -> SafeString:
    """One interactions.timeline.Line."""
    item = line.item
    css = (" from-client" if item.from_client else "") + (" is-quiet" if item.quiet else "")
    title = escape(str(item.title))
    if item.url:
        title = f'<a href="{escape(item.url)}">{title}</a>'
    who = f"{item.who} · {line.hour}" if item.who and line.hour else item.who
    tags = "".join(f'<span class="mini">{escape(str(tag))}</span>' for tag in item.tags)
    return SafeString(
        f'<li class="story-item{css}" data-row>\n<span class="story-when">'
        f'<time datetime="{escape(line.when)}">{escape(line.day)}</time> <small>{escape(line.ago)}</small></span>'
        f'<span class="story-mark">{icon(item.icon)}</span>\n<div class="story-text"><div class="story-head">'
        f"<strong>{title}</strong>{_within('span', 'story-meta', who)}{tags}</div>"
        f"{_within('p', 'story-note as-typed', item.note)}{_within('div', 'story-meta', item.meta)}</div></li>\n"
    )


def _within(tag: str, css: str, text: str) -> str:
    return f'<{tag} class="{css}">{escape(str(text))}</{tag}>' if text else ""
