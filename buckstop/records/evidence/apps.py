"""The Django app `evidence`."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Keeps what people send."""

    name = "buckstop.records.evidence"
    label = "evidence"
