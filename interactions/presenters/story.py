"""A line of the timeline as HTML.

Fifty of them stand on every page of a client. A template takes ten times as long for them, all of it looking up names;
so here the escaping is written out: whatever somebody typed passes through `escape`.
"""

import re
from html import escape

from django.utils.safestring import SafeString

from lawcrm.firm.templatetags.look import icon

_EMPTY_LINES = re.compile(r"\n\s*\n")


def story_line(line, words: tuple[str, ...] = ()) -> SafeString:
    """One interactions.timeline.Line; the words that were looked for are marked in it."""
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
        f"{_within('p', 'story-note as-typed', _dense(item.note), words)}{_promised(item.promised, words)}"
        f"{_within('div', 'story-meta', item.meta, words)}</div></li>\n"
    )


def _dense(note) -> str:
    """A letter's paragraphs without the empty lines between them: among fifty lines they push the others away."""
    return _EMPTY_LINES.sub("\n", str(note))


def _promised(lines, words) -> str:
    drawn = "".join(f"<li>{_marked(str(line), words)}</li>" for line in lines)
    return f'<ul class="story-promised">{drawn}</ul>' if drawn else ""


def _within(tag: str, css: str, text: str, words: tuple[str, ...] = ()) -> str:
    return f'<{tag} class="{css}">{_marked(str(text), words)}</{tag}>' if text else ""


def _marked(text: str, words: tuple[str, ...]) -> str:
    """Escaped piece by piece, so that a mark never falls into an entity."""
    if not words:
        return escape(text)
    pieces = re.split(f"({'|'.join(map(re.escape, words))})", text, flags=re.IGNORECASE)
    return "".join(
        f"<mark>{escape(piece)}</mark>" if number % 2 else escape(piece)
        for number, piece in enumerate(pieces)
    )
