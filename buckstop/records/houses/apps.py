"""The Django app `houses`."""

from django.apps import AppConfig


class HousesConfig(AppConfig):
    """Keeps the houses."""

    name = "buckstop.records.houses"
    label = "houses"
