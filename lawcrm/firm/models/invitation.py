"""One-time links with which a person sets a password; administrators never set one."""

from django.db import models
from django.db.models import Q

from lawcrm.firm.ids import new_id


class Invitation(models.Model):
    """A link for one person. Only a hash of its token is kept; a newer link ends the older ones."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey("firm.User", models.CASCADE, related_name="invitations")
    token_hash = models.BinaryField(max_length=32, unique=True)
    made_by = models.ForeignKey("firm.User", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], name="one_open_invitation", condition=Q(used_at__isnull=True)
            )
        ]

    def __str__(self):
        return f"{self.user_id} {self.expires_at:%Y-%m-%d}"
