"""Input for the contact log: the quick log, the full form, an edit, a withdrawal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from django import forms
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from clients.access import visible_people
from interactions.access import visible_follow_ups
from interactions.actions.attachments import Paper
from interactions.actions.contacts import NextFollowUp
from interactions.actions.promises import PromiseMade
from interactions.enums import Channel, Confidentiality, Initiator, Mood, Purpose
from interactions.presenters.attachments import problem_of_file
from interactions.rules import due
from interactions.rules.attachments import MOST_BYTES, MOST_FILES, NotAccepted, Problem, judge
from interactions.rules.calls import minutes_of
from interactions.rules.notes import tidy
from lawcrm.firm import clock
from lawcrm.firm.forms.base import VersionedForm
from lawcrm.firm.policy import current_policy
from lawcrm.firm.queries.people import working_people
from lawcrm.firm.working_calendar import current_calendar
from matters.access import visible_matters

NO_NEXT, OWN_DATE = "none", "own"
NEXT = (NO_NEXT, due.WEEK, due.MONTH, due.BY_GRADE, OWN_DATE)
LONGEST_NOTE = 20_000


class IdList(forms.Field):
    """Keys chosen in a set of checkboxes."""

    widget = forms.SelectMultiple

    def to_python(self, value):
        try:
            return [UUID(one) for one in value or []]
        except ValueError:
            raise forms.ValidationError(_("Choose from the list.")) from None


def moment_input():
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


def day_input():
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ContactForm(forms.Form):
    """What is known of a contact. Matter, people and colleague are looked up only where given, through the door."""

    channel = forms.ChoiceField(label=gettext_lazy("Channel"), choices=Channel, initial=Channel.PHONE)
    purposes = forms.MultipleChoiceField(
        label=gettext_lazy("Purpose"),
        choices=Purpose,
        error_messages={"required": gettext_lazy("Choose what it was for.")},
    )
    initiator = forms.ChoiceField(
        label=gettext_lazy("Who started it"), choices=Initiator, initial=Initiator.FIRM
    )
    answered = forms.BooleanField(label=pgettext_lazy("contact", "Answered"), required=False, initial=True)
    note = forms.CharField(
        label=gettext_lazy("What was said"), required=False, max_length=LONGEST_NOTE, strip=False
    )
    at = forms.DateTimeField(label=gettext_lazy("When"), required=False, widget=moment_input())
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"), required=False, min_value=1, max_value=24 * 60
    )
    people = IdList(label=gettext_lazy("With whom"), required=False)
    matter = forms.UUIDField(label=gettext_lazy("Matter"), required=False)
    with_lawyer = forms.UUIDField(label=gettext_lazy("Who of us"), required=False)
    colleagues = IdList(label=gettext_lazy("Others of us"), required=False)
    mood = forms.ChoiceField(
        label=gettext_lazy("Client's mood"), required=False, choices=[("", ""), *Mood.choices]
    )
    references = forms.CharField(label=gettext_lazy("References"), required=False, max_length=300)
    confidentiality = forms.ChoiceField(
        label=gettext_lazy("Confidentiality"), required=False, choices=Confidentiality
    )

    def __init__(self, *args, user, client, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.client = user, client

    def clean_at(self):
        at = self.cleaned_data["at"]
        if at and at > clock.now() + timedelta(minutes=5):
            raise forms.ValidationError(
                _("A contact is logged once it has been: give a time that has passed.")
            )
        return at

    def clean_note(self):
        return tidy(self.cleaned_data["note"])

    @cached_property
    def _of_us(self) -> dict:
        """The colleagues named anywhere in the form, in one statement."""
        named = [
            *self.data.getlist("colleagues"),
            *self.data.getlist("promise_who"),
            self.data.get("with_lawyer", ""),
        ]
        keys = {key for one in named if (key := _key(one)) and key != self.user.pk}
        found = {person.pk: person for person in working_people().filter(pk__in=keys)} if keys else {}
        return found | {self.user.pk: self.user}

    def clean_colleagues(self):
        return self._colleagues(self.cleaned_data["colleagues"])

    def _colleagues(self, chosen) -> list:
        if any(key not in self._of_us for key in chosen):
            raise forms.ValidationError(_("Choose somebody of the firm."))
        return [self._of_us[key] for key in dict.fromkeys(chosen)]

    def clean_people(self):
        chosen = self.cleaned_data["people"]
        if not chosen:
            return []
        found = list(visible_people(self.user).filter(pk__in=chosen, places__client=self.client).distinct())
        if len(found) != len(set(chosen)):
            raise forms.ValidationError(_("Choose people who belong to this client."))
        return found

    def clean_matter(self):
        chosen = self.cleaned_data["matter"]
        if not chosen:
            return None
        matter = visible_matters(self.user).filter(pk=chosen, client=self.client).first()
        if matter is None:
            raise forms.ValidationError(_("Choose a matter of this client."))
        return matter

    def clean_with_lawyer(self):
        chosen = self.cleaned_data["with_lawyer"]
        return self._colleagues([chosen])[0] if chosen else self.user

    def clean_confidentiality(self):
        return self.cleaned_data["confidentiality"] or Confidentiality.ORDINARY


_OF_PROMISE = ("text", "who", "on", "id")


class PromiseRows:
    """The promises of a contact form: rows of text, who and by when."""

    @cached_property
    def promise_rows(self) -> list[dict]:
        """The promises as typed: text, who ("" the firm, "client"), on, the key of one there is, and what is wrong.

        The words of one there is taken out take it back.
        """
        if not self.is_bound:
            return list(self.initial.get("promise_rows", []))
        columns = [self.data.getlist(f"promise_{name}") for name in _OF_PROMISE]
        columns[-1] = columns[-1] or [""] * len(columns[0])  # a form of before, or a draft
        rows = [dict(zip(_OF_PROMISE, row, strict=True)) for row in zip(*columns, strict=False)]
        for row in rows:
            row["text"] = row["text"].strip()
            row["problem"] = self._problem_of_promise(row)
        return [row for row in rows if row["text"] or row["on"] or row["id"]]

    def _problem_of_promise(self, row: dict) -> str:
        if row["on"] and not row["text"] and not row["id"]:
            return _("say what was promised.")
        if len(row["text"]) > 300:
            return _("at most 300 characters.")
        if row["who"] not in ("", "client") and _key(row["who"]) not in self._of_us:
            return _("choose who promised.")
        if row["on"]:
            try:
                forms.DateField().clean(row["on"])
            except forms.ValidationError:
                return _("give the day as a date.")
        return ""

    def _promise(self, row: dict) -> PromiseMade:
        """Ours belongs to whoever is named, else to whoever held the contact."""
        day = forms.DateField(required=False).clean(row["on"])
        by_firm = row["who"] != "client"
        owner = self._of_us.get(_key(row["who"])) if by_firm and row["who"] else None
        return PromiseMade(text=row["text"], by_firm=by_firm, owner=owner, due_on=day, pk=_key(row["id"]))

    def _judge_promises(self) -> None:
        for number, row in enumerate(self.promise_rows, start=1):
            if row["problem"]:
                self.add_error(None, _("Promise %(number)d: %(problem)s") % {"number": number, **row})


class LogForm(PromiseRows, ContactForm):
    """A new contact, with what comes of it: the next follow-up, promises, a follow-up done."""

    next = forms.ChoiceField(
        label=gettext_lazy("Again"), required=False, choices=[(code, code) for code in NEXT], initial=NO_NEXT
    )
    next_on = forms.DateField(label=gettext_lazy("On"), required=False, widget=day_input())
    next_title = forms.CharField(label=gettext_lazy("What for"), required=False, max_length=200)
    does = forms.UUIDField(label=gettext_lazy("Settles"), required=False)
    call_started = forms.DateTimeField(required=False)
    call_ended = forms.DateTimeField(required=False)
    draft = forms.UUIDField(required=False)

    KEPT = [
        "note",
        "channel",
        "purposes",
        "initiator",
        "answered",
        "at",
        "minutes",
        "people",
        "matter",
        "with_lawyer",
        "colleagues",
        "mood",
        "references",
        "confidentiality",
        "next",
        "next_on",
        "next_title",
        "does",
        "call_started",
        "call_ended",
        "promise_text",
        "promise_who",
        "promise_on",
    ]  # what a draft keeps of the form

    def clean_next_on(self):
        day = self.cleaned_data["next_on"]
        if day and day < clock.today(self.user):
            raise forms.ValidationError(_("The next follow-up lies in the future."))
        return day

    def clean_does(self):
        """A follow-up finished meanwhile by somebody else is no reason to refuse the contact."""
        chosen = self.cleaned_data["does"]
        return visible_follow_ups(self.user).filter(pk=chosen, client=self.client).first() if chosen else None

    def clean(self):
        values = super().clean()
        if values.get("next") == OWN_DATE and not values.get("next_on") and "next_on" not in self.errors:
            self.add_error("next_on", _("Give the day of the next follow-up."))
        self._judge_promises()
        self._judge_files()
        return values

    def _judge_files(self) -> None:
        """Each file by its own bytes: what is not taken is named, and nothing is logged without it."""
        sent = self.files.getlist("files") if hasattr(self.files, "getlist") else []
        if len(sent) > MOST_FILES:
            self.add_error(None, _("At most %d files go with a contact.") % MOST_FILES)
            return
        self.papers = []
        for file in sent:
            paper, problem = paper_of(file)
            if problem:
                self.add_error(None, problem)
            else:
                self.papers.append(paper)

    def _call(self) -> dict:
        """When it was and how long it took, by the timer where nobody said otherwise."""
        clean, now = self.cleaned_data, clock.now()
        at, minutes, started = clean["at"], clean["minutes"], clean["call_started"]
        if started and (took := minutes_of(started, clean["call_ended"], now)) is not None:
            at, minutes = at or min(started, now), minutes or took
        return {"at": at or now, "minutes": minutes}

    def values(self) -> dict:
        """The clean values as `log_contact` takes them."""
        clean = self.cleaned_data
        names = (
            "channel",
            "purposes",
            "initiator",
            "answered",
            "note",
            "people",
            "matter",
            "mood",
            "references",
            "confidentiality",
            "with_lawyer",
            "colleagues",
        )
        return {
            **{name: clean[name] for name in names},
            **self._call(),
            "papers": self.papers,
            "promises": [self._promise(row) for row in self.promise_rows],
            "next_follow_up": self._next_follow_up(),
            "does_follow_up": clean["does"],
        }

    def _next_follow_up(self) -> NextFollowUp | None:
        clean = self.cleaned_data
        choice = clean["next"] or NO_NEXT
        if choice == NO_NEXT:
            return None
        owner = clean["with_lawyer"]
        zone = clock.zone_of(owner)
        if choice == OWN_DATE:
            due_at = due.morning_of(clean["next_on"], zone)
        else:
            cadence = current_policy().cadence_days[self.client.cadence_grade]
            due_at = due.preset_due(choice, clock.today(owner), zone, cadence, current_calendar())
        return NextFollowUp(due_at=due_at, owner=owner, title=clean["next_title"])


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def paper_of(file) -> tuple[Paper | None, str]:
    """An uploaded file as it may be kept, or why not in words."""
    if file.size > MOST_BYTES:
        return None, problem_of_file(file.name, Problem.TOO_LARGE)
    data = file.read()
    try:
        judge(file.name, data)
    except NotAccepted as refused:
        return None, problem_of_file(file.name, refused.problem)
    return Paper(name=file.name, data=data), ""


class PromisesField(forms.Field):
    """Promises stand in rows of their own (PromiseRows); the field makes them one of the record's values."""

    widget = forms.MultipleHiddenInput


class EditForm(PromiseRows, VersionedForm, ContactForm):
    """An edit. The note of a confidential contact is not shown: left empty it stays as it is."""

    promises = PromisesField(label=gettext_lazy("Promises"), required=False)

    def __init__(self, data=None, *, instance, **kwargs):
        if instance.confidentiality == Confidentiality.CONFIDENTIAL:
            self.SEALED = ("note",)
        super().__init__(data, instance=instance, **kwargs)

    def values_of(self, instance) -> dict:
        values = {name: getattr(instance, name) for name in self.base_fields if hasattr(instance, name)}
        values |= {
            "people": [str(person.pk) for person in instance.people.all()],
            "matter": instance.matter_id,
            "with_lawyer": instance.with_lawyer_id,
            "colleagues": [str(pk) for pk in instance.colleague_ids],
            "promises": [_row_of(one) for one in instance.promises.select_related("follow_up", "owner")],
        }
        values["promise_rows"] = [row for row in values["promises"] if not row["finished"]]
        return {name: value for name, value in values.items() if name not in (*self.SEALED, "version")}

    @cached_property
    def _of_us(self) -> dict:
        """Whoever a promise is left with may have gone meanwhile."""
        left = {
            one.owner_id: one.owner for one in self.instance.promises.select_related("owner") if one.owner
        }
        return left | super()._of_us

    @property
    def finished_promises(self) -> list[dict]:
        """Kept, or given up: to be read here, not to be changed."""
        return [row for row in self.initial["promises"] if row["finished"]]

    def clean_promises(self):
        """All as they shall be; a form without the rows changes none."""
        if "promise_text" not in self.data:
            return [self._promise(row) for row in self.initial["promises"] if not row["finished"]]
        return [self._promise(row) for row in self.promise_rows if row["text"] and not row["problem"]]

    def clean(self):
        values = super().clean()
        self._judge_promises()
        return values

    def clean_at(self):
        """The field knows minutes only: left empty or as it was, the seconds stay."""
        at, kept = super().clean_at(), self.instance.at
        return kept if at in (None, kept.replace(second=0, microsecond=0)) else at

    def as_text(self, name: str, value) -> str:
        """Keys of people, matters and colleagues by the names the reader may see."""
        if name == "promises":
            return (
                " · ".join(" ".join(filter(None, (text, on))) for _pk, _who, text, on in value or ()) or "–"
            )
        if not value or name not in {"at", "people", "matter", "with_lawyer", "colleagues"}:
            return super().as_text(name, value)
        if name == "at":
            return date_format(clock.local(datetime.fromisoformat(value), self.user), "DATETIME_FORMAT")
        if name == "people":
            found = visible_people(self.user).filter(pk__in=value)
        elif name == "matter":
            found = visible_matters(self.user).filter(pk=value)
        else:
            found = working_people().filter(pk__in=value if name == "colleagues" else [value])
        return ", ".join(str(one) for one in found) or "–"

    def _plain(self, values: dict) -> dict:
        """Comparable whatever was typed: minutes in UTC, lists in one order, one kind of line end."""
        values = dict(values)
        if values.get("at"):
            values["at"] = values["at"].astimezone(UTC).replace(second=0, microsecond=0).isoformat()
        for name in ("people", "purposes", "colleagues"):
            values[name] = sorted(str(getattr(one, "pk", one)) for one in values.get(name) or [])
        values["note"] = (values.get("note") or "").replace("\r\n", "\n")
        values["promises"] = [_plain_promise(one) for one in values.get("promises") or []]
        return super()._plain(values)


def _row_of(promise) -> dict:
    """A promise there is, as a row of the form."""
    who = (str(promise.owner_id) if promise.owner_id else "") if promise.by_firm else "client"
    on = promise.due_on.isoformat() if promise.due_on else ""
    row = {"text": promise.text, "who": who, "on": on, "id": str(promise.pk), "problem": ""}
    return row | {"finished": promise.is_finished, "words": str(promise.owner or "")}


def _plain_promise(one) -> list[str]:
    """A row, or what was made of it, comparable: key, who, text, day."""
    if isinstance(one, dict):
        return [one["id"], one["who"], one["text"], one["on"]]
    who = (str(one.owner.pk) if one.owner else "") if one.by_firm else "client"
    return [str(one.pk or ""), who, one.text, one.due_on.isoformat() if one.due_on else ""]


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)
    cancel_follow_ups = forms.BooleanField(
        label=gettext_lazy("Cancel the follow-ups that came of it too"), required=False
    )


class PaperForm(forms.Form):
    """A file, or a reference: what it is, and where."""

    file = forms.FileField(label=gettext_lazy("A small file"), required=False)
    name = forms.CharField(label=pgettext_lazy("paper", "What it is"), required=False, max_length=200)
    address = forms.CharField(
        label=gettext_lazy("Where it is"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("A link into the document system, or a number there."),
    )

    def clean(self):
        values = super().clean()
        file = values.get("file")
        if file:
            self.paper, problem = paper_of(file)
            if problem:
                self.add_error("file", problem)
        elif values.get("address"):
            self.paper = Paper(name=values["name"], address=values["address"])
        else:
            raise forms.ValidationError(_("Choose a file, or say where the paper is."))
        return values


class ActForm(LogForm):
    """One contact with several clients: what belongs to one of them alone is left to each."""

    def __init__(self, *args, clients, **kwargs):
        super().__init__(*args, client=clients[0] if clients else None, **kwargs)
        self.clients = clients

    def clean(self):
        values = super().clean()
        if not self.clients:
            raise forms.ValidationError(_("Choose the clients."))
        return values

    def values(self) -> dict:
        own = {"people", "matter", "does_follow_up", "next_follow_up"}
        return {name: value for name, value in super().values().items() if name not in own}

    def next_of(self, client) -> NextFollowUp | None:
        """When to get in touch with this one again: by its own grade."""
        self.client = client
        return self._next_follow_up()
