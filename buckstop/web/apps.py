"""The door for people as a Django app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates, their tags and what is served as it is."""

    name = "buckstop.web"
    label = "web"
