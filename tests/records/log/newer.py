"""What the next version of this program would write, written now."""

import json

from django.db import connection

from buckstop.domain.evidence.chain import follow
from buckstop.domain.evidence.digests import leaf
from buckstop.domain.words.ids import CaseId
from buckstop.records.log import canonical, store
from buckstop.records.log.isolation import HouseId, inside

_SALT = bytes(16)


def a_newer_line(house: HouseId, case: CaseId) -> None:
    """Let a neighbour of the next version append to a case an event of its own version."""
    with inside(house):
        head = store.lock(case)
        with connection.cursor() as cursor:
            cursor.execute("SELECT body FROM log_entry WHERE case_id = %s AND seq = 1", [case])
            (body,) = cursor.fetchone()
        said = json.loads(body)
        said |= {"version": said["version"] + 1, "seq": head.seq + 1, "batch": head.seq + 1}
        said["event"] |= {"something_new": "yes"}
        _append(head, canonical.write(said))


def _append(head: store.Head, body: str) -> None:
    mark = leaf(_SALT, body.encode())
    digest = follow(head.digest, mark)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE log_head SET seq = seq + 1, digest = %s WHERE case_id = %s",
            [digest, head.case],
        )
        cursor.execute(
            "INSERT INTO log_entry (case_id, house, batch, seq, kind, version, occurred_at,"
            " received_at, recorded_at, actor, channel, body, salt, leaf, digest)"
            " SELECT case_id, house, seq + %s, seq + %s, kind, version + 1, occurred_at,"
            " received_at, recorded_at, actor, channel, %s, %s, %s, %s"
            " FROM log_entry WHERE case_id = %s AND seq = 1",
            [head.seq, head.seq, body, _SALT, mark, digest, head.case],
        )
