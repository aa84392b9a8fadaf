from django.apps import AppConfig


class PathwaysConfig(AppConfig):
    name = "careers.pathways"
    label = "pathways"
