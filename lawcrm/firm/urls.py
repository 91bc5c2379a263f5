from django.urls import path

from lawcrm.firm.views import audit, gallery, health, jobs, notices, own, people, policy, signing_in, walls

app_name = "firm"
urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("jobs/<uuid:pk>/", jobs.job, name="job"),
    path("jobs/<uuid:pk>/cancel/", jobs.job_cancel, name="job_cancel"),
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.notices_read, name="notices_read"),
    path("notices/<uuid:pk>/open/", notices.notice_open, name="notice_open"),
    path("ui/", gallery.gallery, name="gallery"),
    path("accounts/login/", signing_in.login, name="login"),
    path("accounts/logout/", signing_in.logout, name="logout"),
    path("accounts/language/", signing_in.language, name="language"),
    path("accounts/invitation/<str:token>/", signing_in.accept, name="accept_invitation"),
    path("settings/", own.settings_hub, name="settings"),
    path("settings/preferences/", own.preferences, name="preferences"),
    path("settings/password/", own.password, name="password"),
    path("settings/sessions/", own.sessions, name="sessions"),
    path("settings/sessions/end/", own.sessions_end, name="sessions_end"),
    path("settings/sessions/<uuid:pk>/end/", own.session_end, name="session_end"),
    path("settings/policy/", policy.policy, name="policy"),
    path("settings/people/", people.users, name="users"),
    path("settings/people/new/", people.user_create, name="user_create"),
    path("settings/people/<uuid:pk>/", people.user_edit, name="user_edit"),
    path("settings/people/<uuid:pk>/link/", people.user_invite, name="user_invite"),
    path("settings/people/<uuid:pk>/sign-out/", people.user_sign_out, name="user_sign_out"),
    path("audit/", audit.audit, name="audit"),
    path("walls/", walls.walls, name="walls"),
    path("walls/client/<uuid:pk>/", walls.wall, {"kind": "client"}, name="wall_client"),
    path("walls/matter/<uuid:pk>/", walls.wall, {"kind": "matter"}, name="wall_matter"),
    path("walls/<uuid:pk>/lift/", walls.wall_lift, name="wall_lift"),
    path("settings/departments/", people.departments, name="departments"),
    path("settings/departments/new/", people.department_create, name="department_create"),
    path("settings/departments/<uuid:pk>/", people.department_edit, name="department_edit"),
]
