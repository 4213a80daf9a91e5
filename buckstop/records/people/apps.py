"""The Django app `people`."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Keeps people and what is personal."""

    name = "buckstop.records.people"
    label = "people"
