"""One import: the file, how its columns were read, and every row with its verdict."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from clients.queries.importing import ImportRunQuerySet
from lawcrm.firm.ids import new_id


class ImportRun(models.Model):
    class State(models.TextChoices):
        READING = "reading", _("Being read")
        PREVIEW = "preview", _("To look at")
        COMMITTING = "committing", _("Being written")
        PAUSED = "paused", _("Paused")
        STOPPED = "stopped", _("Stopped")
        DONE = "done", _("Done")
        UNDOING = "undoing", _("Being taken back")
        UNDONE = "undone", _("Taken back")
        FAILED = "failed", _("Not readable")

    class Kind(models.TextChoices):
        """What the rows are."""

        CLIENTS = "clients", _("Clients")
        PEOPLE = "people", _("People at clients")
        CONTACTS = "contacts", _("Contacts logged")
        MATTERS = "matters", _("Matters")
        INVOICES = "invoices", _("Invoices")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    made_by = models.ForeignKey("firm.User", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.CLIENTS)
    part_of = models.ForeignKey("self", models.CASCADE, null=True, related_name="parts")  # of one workbook
    sheet = models.CharField(max_length=40, blank=True)
    file_name = models.CharField(max_length=200)
    file_hash = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=80, blank=True)
    encoding = models.CharField(max_length=20, blank=True)  # of a text file, once known
    state = models.CharField(max_length=12, choices=State, default=State.READING)
    headings = ArrayField(models.CharField(max_length=200), default=list)
    heading_row = models.PositiveIntegerField(default=1)
    mapping = models.JSONField(default=dict)  # clients/importing/plan.py
    warnings = models.JSONField(default=list)  # [{code, params}]
    counts = models.JSONField(
        default=dict
    )  # rows by verdict; then created, updated; then reversed, kept, failed
    made_tags = ArrayField(models.UUIDField(), default=list)  # that the firm did not have before
    problem = models.JSONField(default=dict)  # {code, params} of a file that could not be read
    job = models.OneToOneField("firm.Job", models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    committed_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("firm.User", models.PROTECT, null=True, related_name="+")

    objects = ImportRunQuerySet.as_manager()
    wall_paths = {}  # seen by those who may import

    class Meta:
        ordering = ["-id"]

    def __str__(self):
        return self.file_name


class ImportRow(models.Model):
    """A row of the file: its cells as they stood, what they were taken for, and what is to happen."""

    class Verdict(models.TextChoices):
        CREATE = "create", _("Create")
        UPDATE = "update", _("Update")
        SAME = "same", _("Same")
        ASK = "ask", _("Ask")
        REFUSE = "refuse", _("Refuse")

    class Outcome(models.TextChoices):
        REVERSED = "reversed", _("Taken back")
        KEPT = "kept", _("Kept: changed since")
        FAILED = "failed", _("Could not be taken back")

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()  # as the sheet counts
    cells = models.BinaryField(default=b"")  # sealed JSON: the raw cells may hold identity numbers
    values = models.BinaryField(default=b"")  # sealed JSON: clean values by field
    keys = ArrayField(models.CharField(max_length=32), default=list)  # keyed prints of what must not repeat
    verdict = models.CharField(max_length=8, choices=Verdict)
    decision = models.CharField(max_length=8, choices=Verdict, blank=True)  # a person's answer where we asked
    problems = models.JSONField(
        default=list
    )  # [{column, field, code, params}]; values stay sealed in `cells`
    notes = models.JSONField(default=list)  # fields read otherwise than they stood
    reasons = models.JSONField(default=list)  # why it was taken for this client: [{code, params}]
    candidates = ArrayField(models.UUIDField(), default=list)  # clients it may be, likeliest first
    changes = models.JSONField(default=dict)  # what an update changes: {field: [old, new]}
    client_id = models.UUIDField(null=True)  # the matched client, or the id the new one gets
    applied_at = models.DateTimeField(null=True)
    object_id = models.UUIDField(null=True)  # what was written, where it is not the client itself
    before = models.BinaryField(default=b"")  # sealed JSON: what an update wrote over, by field
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)  # of taking the import back
    why = models.JSONField(default=list)  # what kept it from being taken back: [{code, params}]

    wall_paths = {}  # seen through its run

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="import_row_once")]
        indexes = [
            models.Index(fields=["run", "verdict", "number"], name="import_rows_by_verdict"),
            # whether a client is of this import: asked of a few clients with each chunk that is written
            models.Index(
                fields=["client_id"],
                name="import_rows_by_client",
                condition=models.Q(client_id__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.run_id}:{self.number}"


class ImportMapping(models.Model):
    """A mapping kept by name, recalled by the signature of the headings."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(_("name"), max_length=80, unique=True)
    signature = models.CharField(max_length=64, db_index=True)
    columns = models.JSONField()
    made_by = models.ForeignKey("firm.User", models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    wall_paths = {}

    def __str__(self):
        return self.name
