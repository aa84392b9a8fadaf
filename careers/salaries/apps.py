from django.apps import AppConfig


class SalariesConfig(AppConfig):
    name = "careers.salaries"
    label = "salaries"
