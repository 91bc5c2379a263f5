from lawcrm.firm.models.access_past import AccessPast
from lawcrm.firm.models.audit import AuditEntry, AuditRedaction, AuditSeal
from lawcrm.firm.models.calendar import CalendarFeed
from lawcrm.firm.models.export import Export, ExportPart
from lawcrm.firm.models.invitation import Invitation
from lawcrm.firm.models.notice import Notice
from lawcrm.firm.models.policy import PolicyVersion
from lawcrm.firm.models.sealing import DataKey
from lawcrm.firm.models.session import UserSession
from lawcrm.firm.models.telling import ChatHook, NoticeChoices
from lawcrm.firm.models.user import Department, User
from lawcrm.firm.models.wall import Wall, WallPerson
from lawcrm.firm.models.work import Heartbeat, IdempotencyKey, Job, Outbox, ScheduledRun

__all__ = [
    "AccessPast",
    "AuditEntry",
    "AuditRedaction",
    "AuditSeal",
    "CalendarFeed",
    "ChatHook",
    "DataKey",
    "Department",
    "Export",
    "ExportPart",
    "Heartbeat",
    "IdempotencyKey",
    "Invitation",
    "Job",
    "Notice",
    "NoticeChoices",
    "Outbox",
    "PolicyVersion",
    "ScheduledRun",
    "User",
    "UserSession",
    "Wall",
    "WallPerson",
]
