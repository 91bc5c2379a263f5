"""The relationship network in words; its picture is drawn by clients/presenters/network_picture.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clients.enums import Grade, LinkKind, OutsideKind
from clients.presenters.profile import Deed
from clients.rules.acquaintance import Acquaintance, Closeness, Hanging, hangs_on
from clients.rules.facts import has_ended
from lawcrm.firm.policy import current_policy
from lawcrm.firm.templatetags.look import ago

# What the second end is to the first, where that is another word.
TURNED = {
    LinkKind.REFERRER: gettext_lazy("Referred by them"),
    LinkKind.SHAREHOLDER: gettext_lazy("Holding"),
}
SENTENCES = {
    LinkKind.FAMILY: gettext_lazy("%(one)s is family of %(other)s"),
    LinkKind.COLLEAGUE: gettext_lazy("%(one)s is a colleague of %(other)s"),
    LinkKind.BUSINESS_PARTNER: gettext_lazy("%(one)s is a business partner of %(other)s"),
    LinkKind.REFERRER: gettext_lazy("%(one)s referred %(other)s"),
    LinkKind.SHAREHOLDER: gettext_lazy("%(one)s is a shareholder of %(other)s"),
    LinkKind.GROUP_COMPANY: gettext_lazy("%(one)s is in one group with %(other)s"),
    LinkKind.OPPOSING_PARTY: gettext_lazy("%(one)s is an opposing party of %(other)s"),
}


def kind_words(kind: str, turned: bool) -> str:
    return str(TURNED.get(kind, LinkKind(kind).label) if turned else LinkKind(kind).label)


# -- the table --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class End:
    """One end of a link. `kind`: client, person, organisation (outside) or outside (a person outside)."""

    key: str
    name: str
    kind: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class LinkRow:
    one: End  # of the network's own: the client, or somebody there
    what: str  # what the other is to it
    other: End
    sentence: str
    note: str
    span: str
    former: bool
    deeds: tuple[Deed, ...]
    edit_url: str = ""


def end_of(link, side: str) -> End:
    if client := getattr(link, f"{side}_client"):
        return End(f"c{client.pk}", client.name, "client", reverse("clients:network", args=[client.pk]))
    if person := getattr(link, f"{side}_person"):
        return End(f"p{person.pk}", person.name, "person", reverse("clients:person", args=[person.pk]))
    name = getattr(link, f"{side}_name")
    kind = "outside" if link.outside_kind == OutsideKind.PERSON else "organisation"
    return End(f"n{name.casefold()}", name, kind)


def link_rows(
    links, own_keys: set[str], today: date, deeds_for=lambda link: (), edit_url=lambda link: ""
) -> list[LinkRow]:
    """Each link read from the side of the network's own people."""
    rows = []
    for link in links:
        first, second = end_of(link, "from"), end_of(link, "to")
        turned = first.key in own_keys  # the other end is the second one
        one, other = (first, second) if turned else (second, first)
        rows.append(
            LinkRow(
                one=one,
                what=kind_words(link.kind, turned),
                other=other,
                sentence=str(SENTENCES[link.kind]) % {"one": first.name, "other": second.name},
                note=link.note,
                span=_span(link.since, link.until),
                former=has_ended(link.until, today),
                deeds=deeds_for(link),
                edit_url=edit_url(link),
            )
        )
    return rows


def _span(since: date | None, until: date | None) -> str:
    if since and until:
        return f"{date_format(since, 'YEAR_MONTH_FORMAT')} – {date_format(until, 'YEAR_MONTH_FORMAT')}"
    if until:
        return _("until %s") % date_format(until, "YEAR_MONTH_FORMAT")
    return _("since %s") % date_format(since, "YEAR_MONTH_FORMAT") if since else ""


# -- who of us knows them -----------------------------------------------------------------------------------------

CLOSENESS = {
    Closeness.CLOSE: gettext_lazy("knows well"),
    Closeness.REGULAR: gettext_lazy("knows"),
    Closeness.SLIGHT: gettext_lazy("has met"),
}


@dataclass(frozen=True, slots=True)
class KnowsRow:
    of_us: str
    person: str
    person_url: str
    words: str
    strength: int  # of 100, the strongest being 100
    contacts: str
    last: str


def knows_rows(found: list[Acquaintance], colleagues: dict, people: dict, shown: int = 12) -> list[KnowsRow]:
    """`people`: names by id; somebody not among them is not the reader's to see and left out."""
    known = [one for one in found if one.person is None or one.person in people]
    strongest = known[0].strength if known else 1
    return [
        KnowsRow(
            of_us=colleagues[one.of_us].display_name,
            person=people[one.person] if one.person else _("nobody by name"),
            person_url=reverse("clients:person", args=[one.person]) if one.person else "",
            words=str(CLOSENESS[one.closeness]),
            strength=max(round(100 * one.strength / strongest), 1),
            contacts=ngettext("%d contact", "%d contacts", one.contacts) % one.contacts,
            last=ago(one.last_on),
        )
        for one in known[:shown]
        if one.of_us in colleagues
    ]


def key_person_warnings(client, met: list, there: dict, names, today: date) -> list[str]:
    """What a key client hangs on, on either side; nothing of other clients.

    `met`: the contacts as acquaintance sees them; `there`: who is at the client now, names by id; `names(ids)` gives
    the people of the firm by id.
    """
    if client.grade != Grade.A:
        return []
    policy = current_policy()
    found = hangs_on(
        met,
        people_there=len(there),
        today=today,
        share=policy.hanging_share,
        fewest=policy.hanging_contacts,
    )
    ours = [warning.who for warning in found if warning.side == "ours"]
    colleagues = names(ours) if ours else {}
    words = [hanging_words(warning, colleagues, there) for warning in found]
    lone = not client.team_ids and {one.of_us for one in met} <= {client.responsible_id}
    return [nobody_beside(client.responsible), *words] if lone and not ours else words


def hanging_words(warning: Hanging, colleagues: dict, people: dict) -> str:
    share = f"{round(100 * warning.share)} %"
    if warning.side == "ours":
        return _("On our side this key client hangs on %(name)s: %(share)s of all contact. Who else should know them?") % {
            "name": colleagues[warning.who].display_name, "share": share,
        }  # fmt: skip
    if not people:
        return _("Nobody is named at this key client. Who decides, who pays, who picks up the phone?")
    if warning.who in people and warning.share < 1:
        return _("On their side this key client hangs on %(name)s: %(share)s of all contact. Whom else should we know?") % {
            "name": people[warning.who], "share": share,
        }  # fmt: skip
    name = people.get(warning.who) or next(iter(people.values()))
    return _("On their side we know only %(name)s. Whom else should we know at this key client?") % {
        "name": name
    }


def nobody_beside(lawyer) -> str:
    return _("Of us only %(name)s works for this key client. Who else should know them?") % {
        "name": lawyer.display_name
    }
