"""How the database says no."""


class Unusable(Exception):
    """The database cannot be used; the message says why, and what to do."""
