from django.apps import AppConfig

from . import checks


class SearchConfig(AppConfig):
    name = "search"
    label = "search"

    def ready(self):
        checks.register_checks()
