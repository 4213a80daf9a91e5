"""The demo houses that a first start shows."""


def load() -> None:
    """Load the demo houses into an empty database. There are none yet."""
