"""The Django app `log`."""

from django.apps import AppConfig


class LogConfig(AppConfig):
    """Keeps the log."""

    name = "buckstop.records.log"
    label = "log"
