from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "lawcrm.desk"
    label = "desk"
