"""The settings page: the ways a person may go from there."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from lawcrm.firm.access_table import access_table


@dataclass(frozen=True)
class Way:
    url_name: str
    title: str
    text: str
    icon: str


SECTIONS = (
    (
        _("You"),
        (
            Way(
                "firm:preferences",
                _("Language and time zone"),
                _("What you read, and when it is nine o'clock."),
                "language",
            ),
            Way(
                "firm:notice_choices",
                _("How you are told"),
                _("In the app, by mail, in the team chat; quiet hours, a morning mail."),
                "bell",
            ),
            Way(
                "firm:calendar",
                _("Calendar"),
                _("An address for the calendar you use anyway."),
                "calendar",
            ),
            Way(
                "interactions:mail_in",
                _("Mail into the log"),
                _("Your private address, and the mail that waits for you."),
                "mail",
            ),
            Way("firm:password", _("Password"), _("At least twelve characters."), "lock"),
            Way(
                "firm:own_walls",
                _("Walls that name you"),
                _("The walls that name you, and their notices."),
                "wall",
            ),
            Way("firm:exports", _("Your exports"), _("Files you made from lists."), "download"),
            Way(
                "firm:sessions",
                _("Where you are signed in"),
                _("End the sessions you do not know."),
                "device-desktop",
            ),
        ),
    ),
    (
        _("The firm"),
        (
            Way(
                "firm:users",
                _("People"),
                _("Who belongs to the firm, their role and what they see."),
                "users",
            ),
            Way(
                "firm:departments", _("Departments"), _("The tree people and clients belong to."), "building"
            ),
            Way(
                "firm:policy",
                _("Policy"),
                _("Cadences, thresholds and limits of the firm."),
                "adjustments-horizontal",
            ),
            Way(
                "firm:working_days",
                _("Working days"),
                _("Public holidays, make-up days and days of the firm's own."),
                "calendar-event",
            ),
            Way(
                "interactions:triggers",
                _("What raises follow-ups"),
                _("Birthdays, progress owed, dates, silence: on or off, how early, whose."),
                "alarm-snooze",
            ),
            Way(
                "clients:grades",
                _("Grades the score speaks for"),
                _("Where the score and the grade that counts do not agree."),
                "stairs-up",
            ),
            Way(
                "firm:chats",
                _("Team chats"),
                _("WeCom, DingTalk, Feishu, Slack: where people are told that something waits."),
                "messages",
            ),
            Way("firm:walls", _("Walls"), _("Who is kept from which client or matter."), "wall"),
            Way(
                "clients:import_upload",
                _("Import"),
                _("Clients, matters, invoices and contacts from spreadsheets, with a preview."),
                "upload",
            ),
        ),
    ),
    (
        _("The record"),
        (
            Way(
                "clients:privacy_requests",
                _("Requests for erasure"),
                _("Who asked, what stood against it, what was done."),
                "shield-lock",
            ),
            Way(
                "firm:retention",
                _("How long things are kept"),
                _("By class of data, with what would go before it goes."),
                "hourglass",
            ),
            Way("firm:audit", _("Audit trail"), _("Who did what, and when."), "history"),
            Way(
                "firm:machinery",
                _("Work in the background"),
                _("Imports, assessments, reminders: what runs, and what did not."),
                "activity",
            ),
        ),
    ),
)


def settings_sections(user) -> list[dict]:
    """The sections with at least one way open to the user."""
    sections = [
        {"title": title, "ways": [way for way in map(lambda w: _open(w, user), ways) if way]}
        for title, ways in SECTIONS
    ]
    return [section for section in sections if section["ways"]]


def _open(way: Way, user) -> dict | None:
    rule = access_table().get(way.url_name)
    if rule is None or not rule.allows_person(user):
        return None
    try:
        return {"url": reverse(way.url_name), "title": way.title, "text": way.text, "icon": way.icon}
    except NoReverseMatch:
        return None
