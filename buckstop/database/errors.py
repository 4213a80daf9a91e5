"""How the database says no."""


class Unusable(Exception):  # noqa: N818 - it reads as a sentence: the database is unusable
    """The database cannot be used; the message says why, and what to do."""
