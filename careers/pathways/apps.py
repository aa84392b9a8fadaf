from importlib import import_module

from django.apps import AppConfig


class PathwaysConfig(AppConfig):
    name = "careers.pathways"
    label = "pathways"

    def ready(self):
        # Its hook and its signals; hooks of the admin are in `wagtail_hooks`.
        import_module("careers.pathways.page_links")
