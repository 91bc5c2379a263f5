"""Contacts logged elsewhere come into the log with their true author and time, and go again when taken back.

Nothing is planned from them: what they called for was done, or not, long ago.
"""

from clients.actions.importing.writers import Writer, register
from clients.actions.relationship import assess_clients
from clients.importing.judging import apply_finding
from clients.models import ImportRow, ImportRun
from clients.queries.matching import keys_visible_to
from clients.queries.undoing import what_hangs_on
from clients.rules.names import normal_form
from interactions.enums import Confidentiality, Initiator, Purpose
from interactions.importing import ContactFinder, moment_of, names_in, note_of, strangers
from interactions.models import Contact
from interactions.queries.past_contacts import contacts_held, people_named
from lawcrm.firm import clock
from lawcrm.firm.actions import audit

Verdict, Outcome = ImportRow.Verdict, ImportRow.Outcome


def write_contacts(run: ImportRun, rows: list[ImportRow], values: dict[int, dict], plan, by) -> None:
    """All rows of a chunk at once; a contact that the log has got meanwhile is left alone."""
    finder = ContactFinder(by=by, plan=plan, run=run)
    for row, found in zip(rows, finder.find([values[row.number] for row in rows]), strict=True):
        apply_finding(row, found)
    rows = [row for row in rows if row.verdict == Verdict.CREATE]
    named = people_named({row.client_id for row in rows})
    contacts = []
    for row in rows:
        contact = _contact(row, values[row.number], named, clock.zone_of(by))
        row.object_id = contact.pk
        contacts.append(contact)
    Contact.objects.bulk_create(contacts)
    _name_people(rows, contacts, values, named)
    deeds = [
        (contact, {"at": [None, contact.at.isoformat()], "channel": [None, contact.channel]})
        for contact in contacts
    ]
    audit.record_many(by=by, verb="contact.imported", deeds=deeds)
    assess_clients({row.client_id for row in rows}, by=by)


def _contact(row: ImportRow, said: dict, named: dict, zone) -> Contact:
    contact = Contact(
        client_id=row.client_id,
        at=moment_of(said, zone),
        minutes=said.get("minutes"),
        channel=said["channel"],
        initiator=said.get("initiator", Initiator.FIRM),
        answered=said.get("answered", "yes") == "yes",
        purposes=said.get("purposes") or [Purpose.OTHER.value],
        mood=said.get("mood", ""),
        references=said.get("references", ""),
        confidentiality=said.get("confidentiality", Confidentiality.ORDINARY),
        logged_by_id=said["author"],
        with_lawyer_id=said["author"],
    )
    note = note_of(said, strangers(said, row.client_id, named))
    sealed = contact.confidentiality == Confidentiality.CONFIDENTIAL
    contact.sealed_note, contact.note = (note, "") if sealed else ("", note)
    return contact


def _name_people(rows, contacts, values, named) -> None:
    link = Contact.people.through
    pairs = {
        (contact.pk, person)
        for row, contact in zip(rows, contacts, strict=True)
        for name in names_in(values[row.number])
        if (person := named.get((row.client_id, normal_form(name))))
    }
    link.objects.bulk_create([link(contact_id=contact, person_id=person) for contact, person in pairs])


def take_back_contacts(rows: list[ImportRow], by) -> None:
    """Contacts that nobody has edited, withdrawn or planned anything from go; the audit trail remembers them."""
    contacts, visible = (
        contacts_held({row.object_id for row in rows}),
        keys_visible_to(by, {row.client_id for row in rows}),
    )
    hanging = what_hangs_on(contacts, Contact, besides=("contact_people",))
    leaving = []
    for row in rows:
        contact = contacts.get(row.object_id)
        if contact is None or contact.client_id not in visible:
            row.outcome = Outcome.FAILED
            row.why = [{"code": "gone" if contact is None else "hidden", "params": {}}]
        elif contact.version > 1 or contact.pk in hanging:
            code, params = (
                ("in_use", {"what": hanging[contact.pk]})
                if contact.pk in hanging
                else ("edited", {"fields": []})
            )
            row.outcome, row.why = Outcome.KEPT, [{"code": code, "params": params}]
        else:
            row.outcome = Outcome.REVERSED
            leaving.append(contact)
    audit.record_many(by=by, verb="contact.import_removed", deeds=[(contact, {}) for contact in leaving])
    Contact.objects.unscoped().filter(pk__in=[contact.pk for contact in leaving]).delete()
    assess_clients({contact.client_id for contact in leaving}, by=by)


register(ImportRun.Kind.CONTACTS, Writer(write_contacts, take_back_contacts, chunk=500))
