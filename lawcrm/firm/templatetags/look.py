"""Template helpers of the look: icons, the rail, dates as people say them, and small drawings (SVG, no styles)."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from uuid import UUID

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from lawcrm.firm.access_table import access_table
from lawcrm.firm.exporting import listing_of
from lawcrm.firm.look import TYPES, initials_of

register = template.Library()


# -- icons ------------------------------------------------------------------------------------------
@cache
def _sprite() -> str:
    return static("vendor/icons/icons.svg")


@register.simple_tag
def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """One icon of the sprite. Without `label` it is decoration and hidden from screen readers; size: sm or lg."""
    kind = f"icon icon-{size}" if size else "icon"
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}#{}"/></svg>',
            kind,
            label,
            _sprite(),
            name,
        )
    return _plain_icon(kind, name)


@lru_cache(maxsize=512)
def _plain_icon(kind: str, name: str) -> SafeString:
    """Drawn once: a page shows a hundred of them, and few kinds."""
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', kind, _sprite(), name)


# -- numbers ----------------------------------------------------------------------------------------
@register.filter
def amount(value) -> str:
    """A sum of money as the reader groups digits, without cents where there are none: 320,000."""
    if value is None:
        return "–"
    whole = value == int(value)
    return f"{value:,.0f}" if whole else f"{value:,.2f}"


# -- the rail ---------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Place:
    url_name: str
    label: str
    icon: str
    under: tuple[str, ...]  # the URL namespaces or names that light this entry


PLACES = (
    Place("desk:today", gettext_lazy("Today"), "sun-high", ("desk:today",)),
    Place("clients:list", gettext_lazy("Clients"), "users", ("clients",)),
    Place("matters:list", gettext_lazy("Matters"), "briefcase", ("matters",)),
    Place("interactions:list", gettext_lazy("Contact log"), "messages", ("interactions",)),
    Place("care:greetings", gettext_lazy("Care"), "heart-handshake", ("care",)),
    Place("surveys:list", gettext_lazy("Surveys"), "clipboard-text", ("surveys",)),
    Place(
        "interactions:complaints", gettext_lazy("Complaints"), "message-report", ("interactions:complaints",)
    ),
    Place("desk:insights", gettext_lazy("Insights"), "chart-bar", ("desk:insights",)),
    Place("firm:settings", gettext_lazy("Settings"), "settings", ("firm",)),
)


NOWHERE = {"firm:notices", "firm:job"}  # reached from the bell or from where the work was asked for


@cache
def _address(url_name: str) -> str | None:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return None


def _current(match, context=None) -> Place | None:
    if match is None:
        return None
    if match.view_name in NOWHERE:
        return None
    if listing := _exported(match, context or {}):
        namespace = listing.url_name.partition(":")[0]
        return next((place for place in PLACES if namespace in place.under), None)
    exact = {name: place for place in PLACES for name in place.under if ":" in name}
    wide = {name: place for place in PLACES for name in place.under if ":" not in name}
    return exact.get(match.view_name) or wide.get(match.namespace)


def _exported(match, context):
    """The list a page of the export is about: it belongs where the list does."""
    export = context.get("export") if match.view_name == "firm:export" else None
    code = (
        match.kwargs.get("listing")
        if match.view_name == "firm:export_new"
        else getattr(export, "listing", "")
    )
    return listing_of(code) if code else None


@register.simple_tag(takes_context=True)
def shell_part(context, part: str) -> SafeString:
    """One part of the shell (templates/shell/<part>.html): rail, bar, bottom, tail, head.

    It is the same for everybody of one role in one language at one place, so each is drawn once per process:
    that spares every page a third of its template work.
    """
    request = context.get("request")
    user = getattr(request, "user", None)
    role = user.role if user is not None and user.is_authenticated and user.is_active else ""
    here = _current(getattr(request, "resolver_match", None), context)
    draw = _draw_shell_part.__wrapped__ if settings.DEBUG else _draw_shell_part
    drawn = draw(part, role, get_language(), here.url_name if here else "")
    if part != "rail" or not role:
        return drawn
    return SafeString(drawn.replace(_SHORTCUTS, _draw_shortcuts(user.shortcuts, request.get_full_path())))


_SHORTCUTS = "<!--shortcuts-->"


def _draw_shortcuts(shortcuts: list[dict], address: str) -> SafeString:
    """The pages a person put into the rail (lawcrm.firm.actions.shortcuts)."""
    if not shortcuts:
        return SafeString("")
    lines = format_html_join(
        "",
        '<li><a href="{}"{}>{}</a></li>',
        (
            (one["url"], SafeString(' aria-current="page"') if one["url"] == address else "", one["label"])
            for one in shortcuts
        ),
    )
    return format_html('<ul class="rail-shortcuts">{}</ul>', lines)


@cache
def _draw_shell_part(part: str, role: str, language: str, here: str) -> SafeString:
    open_places = [
        {
            "url": _address(place.url_name),
            "url_name": place.url_name,
            "label": place.label,
            "icon": place.icon,
            "current": place.url_name == here,
        }
        for place in PLACES
        if _opens(role, place.url_name)
    ]
    addresses = {
        name.replace(":", "_"): _address(name) if _opens(role, name) else ""
        for name in ("interactions:log", "desk:search", "firm:notices", "firm:sessions")
    }
    addresses["call_card"] = _card_address() if _opens_any(role, "interactions:call_card") else ""
    return render_to_string(f"shell/{part}.html", {"places": open_places, **addresses})


@cache
def _card_address() -> str:
    """Where the call card of a client is; scripts put the client's key in place of the zeros."""
    return reverse("interactions:call_card", args=[UUID(int=0)])


def _opens_any(role: str, url_name: str) -> bool:
    """The same for a page of some record."""
    rule = access_table().get(url_name)
    return rule is not None and role in rule.roles


def _opens(role: str, url_name: str) -> bool:
    """Whether the page exists and the URL table lets this role read it."""
    rule = access_table().get(url_name)
    return rule is not None and _address(url_name) is not None and role in rule.roles


@register.simple_tag(takes_context=True)
def url_if_open(context, url_name: str, *arguments) -> str:
    """The address of a page, or an empty text where it does not exist or this person may not open it."""
    user = getattr(context.get("request"), "user", None)
    rule = access_table().get(url_name)
    if user is None or rule is None or not user.is_authenticated or not rule.allows_person(user):
        return ""
    try:
        return reverse(url_name, args=arguments)
    except NoReverseMatch:
        return ""


# -- dates ------------------------------------------------------------------------------------------
def _as_date(value) -> date:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


@register.filter
def day(value) -> str:
    """A date without what goes without saying: 12 March, with the year only when it is another one."""
    if not value:
        return ""
    the_day = _as_date(value)
    same_year = the_day.year == timezone.localdate().year
    return date_format(the_day, "MONTH_DAY_FORMAT" if same_year else "DATE_FORMAT")


@register.filter
def clock_time(value) -> str:
    """14:05 in the reader's zone."""
    return f"{timezone.localtime(value):%H:%M}" if value else ""


_NEAR = {0: gettext_lazy("today"), 1: gettext_lazy("yesterday"), -1: gettext_lazy("tomorrow")}


@register.filter
def ago(value) -> str:
    """today, yesterday, 5 days ago, 3 months ago; for the future: tomorrow, in 5 days."""
    if not value:
        return ""
    days = (timezone.localdate() - _as_date(value)).days
    if days in _NEAR:
        return str(_NEAR[days])
    if abs(days) < 60:
        count, words = abs(days), _days
    elif abs(days) < 730:
        count, words = abs(days) // 30, _months
    else:
        count, words = abs(days) // 365, _years
    return words(count, days > 0)


def _days(count, past):
    text = (
        ngettext("%d day ago", "%d days ago", count) if past else ngettext("in %d day", "in %d days", count)
    )
    return text % count


def _months(count, past):
    text = (
        ngettext("%d month ago", "%d months ago", count)
        if past
        else ngettext("in %d month", "in %d months", count)
    )
    return text % count


def _years(count, past):
    text = (
        ngettext("%d year ago", "%d years ago", count)
        if past
        else ngettext("in %d year", "in %d years", count)
    )
    return text % count


@register.filter
def due(value) -> str:
    """How a duty's day reads: today, tomorrow, 3 days late, 12 March."""
    if not value:
        return ""
    days = (_as_date(value) - timezone.localdate()).days
    if days < 0:
        return ngettext("%d day late", "%d days late", -days) % -days
    if days == 0:
        return _("today")
    return _("tomorrow") if days == 1 else day(value)


@register.filter
def is_late(value) -> bool:
    """Past its moment: a time before now, or a date before today."""
    if not value:
        return False
    return value < timezone.now() if isinstance(value, datetime) else value < timezone.localdate()


# -- small drawings ---------------------------------------------------------------------------------
@register.simple_tag
def stacked_bar(parts, label: str = "", thin: bool = False) -> SafeString:
    """A bar divided by count. parts: objects or dicts with `code` (a relationship type) and `count`."""
    pairs = [(_get(part, "code"), _get(part, "count") or 0) for part in parts]
    total = sum(count for _code, count in pairs) or 1
    drawn, at = [], 0.0
    for code, count in pairs:
        width = 1000 * count / total
        if count:
            drawn.append(
                (f"type-{code}" if code in TYPES else "part-plain", f"{at:.1f}", f"{max(width - 3, 1):.1f}")
            )
        at += width
    rects = format_html_join("", '<rect class="{}" x="{}" width="{}" y="0" height="10"/>', drawn)
    return format_html(
        '<svg class="stackbar{}" viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>',
        " stackbar-thin" if thin else "",
        label,
        rects,
    )


def _get(part, name):
    return part.get(name) if isinstance(part, dict) else getattr(part, name, None)


@register.simple_tag
def sparkline(values, label: str = "") -> SafeString:
    """A line through a few numbers, the last one dotted. Give `label` the figures in words."""
    points = [float(value) for value in values]
    if len(points) < 2:
        return SafeString("")
    low, high = min(points), max(points)
    spread = (high - low) or 1
    placed = [
        (100 * i / (len(points) - 1), 22 - 20 * (value - low) / spread) for i, value in enumerate(points)
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
    last_x, last_y = placed[-1]
    return format_html(
        '<svg class="spark" viewBox="0 0 100 24" role="img" aria-label="{}"><polyline points="{}"/>'
        '<circle cx="{}" cy="{}" r="2.5"/></svg>',
        label,
        line,
        f"{last_x:.1f}",
        f"{last_y:.1f}",
    )


@register.simple_tag
def share_bar(value, of=100) -> SafeString:
    """A thin bar for a share; the figure beside it says the number."""
    width = 0 if not of else max(0.0, min(1000.0, 1000 * float(value or 0) / float(of)))
    return format_html(
        '<span class="bar" aria-hidden="true"><svg viewBox="0 0 1000 10" preserveAspectRatio="none">'
        '<rect width="{}" height="10"/></svg></span>',
        f"{width:.0f}",
    )


@register.filter
def initials(name) -> str:
    """王小明 gives 小明, Anna Maria Bell gives AB."""
    return initials_of(str(name or ""))
