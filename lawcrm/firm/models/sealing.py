"""Data keys, each wrapped by the key-encryption key that lives outside the database."""

from django.db import models

from lawcrm.firm.ids import new_id


class DataKey(models.Model):
    class Purpose(models.TextChoices):
        SEAL = "seal"
        INDEX = "index"
        AUDIT = "audit"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.PositiveIntegerField()
    purpose = models.CharField(max_length=10, choices=Purpose)
    wrapped = models.BinaryField()
    kek_fingerprint = models.CharField(max_length=32)
    made_at = models.DateTimeField(auto_now_add=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["purpose", "number"], name="data_key_number_once")]

    def __str__(self):
        return f"{self.purpose} {self.number}"
