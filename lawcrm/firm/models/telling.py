"""How a person wants to be told, and the team chats the firm speaks in."""

from datetime import time

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lawcrm.firm.ids import new_id
from lawcrm.firm.sealed import SealedGuard, SealedTextField

MORNING = time(8)


class NoticeChoices(models.Model):
    """What a person chose: by kind of event and channel, quiet hours, the morning mail. Nobody's row: as it always was.

    `choices` holds {"follow_ups": {"app": true, "mail": "now"|"morning"|"off", "chat": false}, ...}; a kind or channel
    left out has its default (lawcrm.firm.notices.WAYS).
    """

    person = models.OneToOneField(
        "firm.User", models.CASCADE, primary_key=True, related_name="notice_choices"
    )
    choices = models.JSONField(default=dict)
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("until"), null=True, blank=True)
    quiet_weekends = models.BooleanField(_("quiet at weekends"), default=False)
    morning_mail = models.BooleanField(_("morning mail"), default=False)
    monday_mail = models.BooleanField(_("Monday's overview"), default=False)
    mail_at = models.TimeField(_("at"), default=MORNING)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="quiet_hours_begin_and_end",
            )
        ]
        indexes = [
            models.Index(
                fields=["mail_at"],
                name="choices_with_a_digest",
                condition=Q(morning_mail=True) | Q(monday_mail=True),
            )
        ]

    def __str__(self):
        return f"choices of {self.person_id}"


class ChatHookQuerySet(SealedGuard, models.QuerySet):
    pass


class ChatHook(models.Model):
    """A group of a team chat, reached by its webhook. Whoever knows the address can write there: it is kept sealed."""

    class Format(models.TextChoices):
        GENERIC = "generic", _("Generic JSON")
        WECOM = "wecom", _("WeCom")
        DINGTALK = "dingtalk", _("DingTalk")
        FEISHU = "feishu", _("Feishu / Lark")
        SLACK = "slack", _("Slack")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(_("name"), max_length=80)
    format = models.CharField(_("kind of chat"), max_length=10, choices=Format)
    department = models.ForeignKey(
        "firm.Department",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="chat_hooks",
        verbose_name=_("department"),
    )
    host = models.CharField(max_length=255)  # of the address: what may be shown of it
    address = SealedTextField(_("address"))
    secret = SealedTextField(_("secret"))
    is_active = models.BooleanField(default=True)
    last_sent_at = models.DateTimeField(null=True)
    last_problem = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ChatHookQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["department"],
                condition=Q(is_active=True),
                name="one_chat_per_department",
                nulls_distinct=False,
            )
        ]

    def __str__(self):
        return self.name
