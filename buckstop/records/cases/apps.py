"""The Django app `cases`."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Keeps what pages ask of the cases."""

    name = "buckstop.records.cases"
    label = "cases"
