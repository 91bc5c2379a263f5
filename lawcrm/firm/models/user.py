"""People of the firm and the departments they belong to."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from lawcrm.firm.ids import new_id
from lawcrm.firm.roles import DEFAULT_SCOPE, Role, Scope
from lawcrm.firm.words import is_chinese


class Department(models.Model):
    """A department; departments form a tree. `path` holds the ids from the root down, for subtree queries."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(_("name"), max_length=120, unique=True)
    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=400, editable=False, db_index=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return (self.name_zh if is_chinese() else "") or self.name

    def save(self, *args, **kwargs):
        self.path = f"{self.parent.path if self.parent else ''}/{self.id.hex}"
        super().save(*args, **kwargs)


class UserManager(BaseUserManager):
    def get_by_natural_key(self, username):
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """One person of the firm. Written only by actions; ended people stay, inactive, for the record."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(_("user name"), max_length=60, unique=True)
    email = models.EmailField(_("email"), unique=True)
    given_name = models.CharField(_("given name"), max_length=60)
    family_name = models.CharField(_("family name"), max_length=60)
    name_zh = models.CharField(_("Chinese name"), max_length=60, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role)
    scope = models.CharField(_("sees"), max_length=20, choices=Scope, blank=True)
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="people")
    supervisor = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="supervises",
        verbose_name=_("supervising partner"),
    )
    language = models.CharField(_("language"), max_length=10, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=60, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    # Pages the person put into the left rail: [{"key", "label", "url"}, ...]; see actions/shortcuts.py.
    shortcuts = models.JSONField(default=list, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email"]

    class Meta:
        ordering = ["family_name", "given_name"]
        constraints = [
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="user_role_known"),
            models.UniqueConstraint(Upper("username"), name="user_name_once_in_any_case"),
            models.UniqueConstraint(Upper("email"), name="user_email_once_in_any_case"),
        ]

    def __str__(self):
        return self.display_name

    def save(self, *args, **kwargs):
        self.scope = self.scope or DEFAULT_SCOPE[self.role]
        super().save(*args, **kwargs)

    @property
    def display_name(self) -> str:
        """The name as the reader's language orders it: 陈伟 in Chinese, Wei Chen in English."""
        return ordered_name(self.given_name, self.family_name, self.name_zh)

    get_full_name = get_short_name = lambda self: self.display_name

    # What Django's auth machinery asks of a user; permissions themselves are lawcrm.firm.roles.
    is_staff = False
    is_superuser = False


def ordered_name(given_name: str, family_name: str, name_zh: str) -> str:
    """A name as the reader's language orders it, from its columns: long lists make no users."""
    if is_chinese():
        return name_zh or f"{family_name} {given_name}"
    return f"{given_name} {family_name}"
