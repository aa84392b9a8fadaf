from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "careers.jobs"
    label = "jobs"
