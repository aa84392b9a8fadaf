from django.apps import AppConfig


class EmployersConfig(AppConfig):
    name = "careers.employers"
    label = "employers"
