"""Whether the log of a case is what was written: every digest, from the stored bytes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from buckstop.domain.evidence.chain import START, Fault, Link, faults
from buckstop.domain.words.ids import CaseId
from buckstop.records.log import canonical
from buckstop.records.log.canonical import Json
from buckstop.records.log.forms import NotReadable, write_moment
from buckstop.records.log.known import CODEC
from buckstop.records.log.store import head


def verify(case: CaseId) -> tuple[Fault, ...]:
    """Name every fault of a case's log; empty if there is none.

    `seq-gap`, `leaf-differs`, `chain-broken`: a line is missing, its bytes or its digest were
    changed. `not-canonical`, `not-readable`: its bytes are no line of ours. `column-differs`:
    what stands beside the bytes says something else. `head-differs`: lines are missing at the
    end.
    """
    end = head(case)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT seq, body, salt, leaf, digest, case_id::text, house::text, batch, kind,"
            " version, occurred_at, received_at, recorded_at, actor, channel"
            " FROM log_entry WHERE case_id = %s ORDER BY seq",
            [case],
        )
        rows = [_Row(*row) for row in cursor.fetchall()]
    links = [row.link() for row in rows]
    found = [*faults(links), *(fault for row in rows for fault in row.faults())]
    last = links[-1] if links else None
    if end.seq != (last.seq if last else 0) or end.digest != (last.digest if last else START):
        found.append(Fault(seq=end.seq, code="head-differs"))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the table, as it stands."""

    seq: int
    body: str
    salt: bytes
    leaf: bytes
    digest: bytes
    case: str
    house: str
    batch: int
    kind: str
    version: int
    occurred_at: datetime
    received_at: datetime
    recorded_at: datetime
    actor: str
    channel: str

    def link(self) -> Link:
        """Return what the chain covers."""
        return Link(
            seq=self.seq,
            content=self.body.encode(),
            salt=bytes(self.salt),
            leaf=bytes(self.leaf),
            digest=bytes(self.digest),
        )

    def faults(self) -> Iterator[Fault]:
        """Name what is wrong with the bytes, or with what stands beside them."""
        try:
            said = canonical.read(self.body)
            CODEC.read(self.body)
        except (canonical.NotCanonical, NotReadable):
            yield Fault(seq=self.seq, code="not-readable")
            return
        if canonical.write(said) != self.body:
            yield Fault(seq=self.seq, code="not-canonical")
        if not isinstance(said, dict) or canonical.write(self._beside(said)) != self.body:
            yield Fault(seq=self.seq, code="column-differs")

    def _beside(self, said: Mapping[str, Json]) -> Json:
        """Return the line that the columns tell; only the fact itself has none."""
        return {
            "event": said["event"],
            "seq": self.seq,
            "case": self.case,
            "house": self.house,
            "batch": self.batch,
            "kind": self.kind,
            "version": self.version,
            "occurred_at": write_moment(self.occurred_at),
            "received_at": write_moment(self.received_at),
            "recorded_at": write_moment(self.recorded_at),
            "by": canonical.read(self.actor),
            "channel": self.channel,
        }
