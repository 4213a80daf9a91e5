"""The Django app `operations`."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Keeps what operators must know."""

    name = "buckstop.records.operations"
    label = "operations"
