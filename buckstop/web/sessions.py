"""What a session holds: links, secrets and what was typed, which a copy of the database must not.

Losing the master key ends every session, and nothing else of them is lost.
"""

from django.contrib.sessions.serializers import JSONSerializer

from buckstop.records.people.envelope import enclose, opened, parted

_BOUND = b"session"


class Sealed:
    """Writes a session so that only who has the master key can read it."""

    def dumps(self, obj: object) -> bytes:
        """Write it."""
        return enclose(JSONSerializer().dumps(obj), bound_to=_BOUND).in_one

    def loads(self, data: bytes) -> object:
        """Read it."""
        return JSONSerializer().loads(opened(parted(data), bound_to=_BOUND))
