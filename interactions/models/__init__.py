from interactions.models.contact import Contact, ContactRevision, Promise
from interactions.models.follow_up import FollowUp

__all__ = ["Contact", "ContactRevision", "FollowUp", "Promise"]
