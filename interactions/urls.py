from django.urls import path

from interactions.views import acts, attachments, call_card, contacts, follow_ups, logging, timeline, triggers

app_name = "interactions"
urlpatterns = [
    path("interactions/", contacts.contact_list, name="list"),
    path("interactions/log/", logging.log, name="log"),
    path("interactions/log/clients/", logging.log_clients, name="log_clients"),
    path("interactions/log/<uuid:pk>/more/", logging.log_more, name="log_more"),
    path("interactions/client/<uuid:pk>/timeline/", timeline.client_timeline, name="client_timeline"),
    path("interactions/client/<uuid:pk>/brief/", timeline.brief, name="brief"),
    path("interactions/client/<uuid:pk>/card/", call_card.card, name="call_card"),
    path("interactions/client/<uuid:pk>/must-know/", timeline.write, name="must_know"),
    path("interactions/must-know/<uuid:pk>/take-down/", timeline.take_down, name="take_down"),
    path("interactions/promise/<uuid:pk>/settle/", call_card.settle, name="settle_promise"),
    path("interactions/log/drafts/", logging.draft_save, name="draft_save"),
    path("interactions/log/drafts/<uuid:pk>/drop/", logging.draft_drop, name="draft_drop"),
    path("interactions/log/several/", acts.log_several, name="log_several"),
    path("interactions/<uuid:pk>/undo/", logging.undo, name="undo"),
    path("interactions/<uuid:pk>/papers/", attachments.add, name="attachment_add"),
    path("interactions/papers/<uuid:pk>/", attachments.fetch, name="attachment"),
    path("interactions/papers/<uuid:pk>/remove/", attachments.remove, name="attachment_remove"),
    path("interactions/<uuid:pk>/pin/", timeline.pin, name="pin"),
    path("interactions/client/<uuid:pk>/next-step/", follow_ups.next_step, name="next_step"),
    path("interactions/matter/<uuid:pk>/progress/", follow_ups.tell_progress, name="tell_progress"),
    path("interactions/<uuid:pk>/", contacts.detail, name="detail"),
    path("interactions/<uuid:pk>/edit/", contacts.edit, name="edit"),
    path("interactions/<uuid:pk>/withdraw/", contacts.withdraw, name="withdraw"),
    path("interactions/<uuid:pk>/reveal/", contacts.reveal, name="reveal"),
    path("settings/follow-ups/", triggers.triggers, name="triggers"),
    path("follow-ups/", follow_ups.follow_up_list, name="follow_ups"),
    path("follow-ups/new/", follow_ups.follow_up_create, name="follow_up_create"),
    path("follow-ups/<uuid:pk>/", follow_ups.follow_up, name="follow_up"),
    path("follow-ups/<uuid:pk>/done/", follow_ups.follow_up_done, name="follow_up_done"),
    path("follow-ups/<uuid:pk>/snooze/", follow_ups.follow_up_snooze, name="follow_up_snooze"),
    path("follow-ups/<uuid:pk>/cancel/", follow_ups.follow_up_cancel, name="follow_up_cancel"),
]
