"""What keeps the tables of the cases in step with the facts."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import cache
from typing import cast

from django.db import connection
from django.db.models import Model

from buckstop.domain.cases.state.case import Case
from buckstop.domain.cases.state.promises import Word
from buckstop.domain.words.event import Sealed
from buckstop.records.cases.like_cases import findings_key
from buckstop.records.cases.models import (
    FAR,
    CaseRow,
    ClockRow,
    DecidedRow,
    PartyRow,
    PromiseRow,
    TaskRow,
)
from buckstop.records.log.projection import Batch, Fold

TABLES = (
    "cases_case",
    "cases_party",
    "cases_clock",
    "cases_task",
    "cases_promise",
    "cases_decided",
)


def project(batches: Sequence[Batch[Fold]]) -> None:
    """Bring the rows of each case up to what is so after its batch; other logs are not ours."""
    ours = [cast("Batch[Case]", batch) for batch in batches if isinstance(batch.after, Case)]
    for table, keys, rows_of in (
        (CaseRow, ("case_id",), _case),
        (PartyRow, ("case_id", "party"), _parties),
        (ClockRow, ("case_id", "clock"), _clocks),
        (TaskRow, ("case_id", "task"), _tasks),
        (PromiseRow, ("case_id", "promise"), _promises),
        (DecidedRow, ("case_id",), _decided),
    ):
        _put(table, keys, [row for batch in ours for row in rows_of(batch)])


def _parties(batch: Batch[Case]) -> Iterator[PartyRow]:
    for m in _changed(batch.before.parties.members, batch.after.parties.members):
        yield PartyRow(
            case=batch.case, house=batch.house, party=m.party, role=m.role, name=m.name.ref
        )


def _clocks(batch: Batch[Case]) -> Iterator[ClockRow]:
    for c in _changed(batch.before.clocks.every, batch.after.clocks.every):
        yield ClockRow(
            case=batch.case,
            house=batch.house,
            clock=c.clock,
            kind=c.kind,
            party=c.party,
            subject=c.subject,
            started=c.started,
            due=c.due,
            wakes=c.wakes,
            state=c.state,
            provisional=c.provisional,
        )


def _promises(batch: Batch[Case]) -> Iterator[PromiseRow]:
    for p in _changed(batch.before.promises.every, batch.after.promises.every):
        yield PromiseRow(
            case=batch.case,
            house=batch.house,
            promise=p.promise,
            kind=p.kind,
            by=p.by,
            node=p.node,
            person=p.person or "",
            at=p.at,
            word=p.word,
            ended=p.ended,
        )


def _case(batch: Batch[Case]) -> Iterator[CaseRow]:
    """Write the line of the queue."""
    state = batch.after
    custody, claim, closing = state.custody, state.claim, state.closing
    if state.last_at is None or closing.opened_at is None:
        msg = f"case {batch.case} does not begin with being opened"
        raise ValueError(msg)
    holder, running = custody.holder, state.clocks.running
    yield CaseRow(
        case=batch.case,
        house=batch.house,
        seq=state.seq,
        last_at=state.last_at,
        number=claim.number,
        title=_ref(claim.title),
        problem=claim.problem,
        goods=claim.purchase.goods,
        price_fen=claim.purchase.price,
        ordered_on=claim.purchase.ordered_on,
        open=closing.open,
        outcome=closing.outcome or "",
        given_up=closing.given_up,
        opened_at=closing.opened_at,
        closed_at=closing.closed_at,
        owner=custody.owner or "",
        deputy=custody.deputy or "",
        desk=custody.desk or "",
        holder_party=holder.party if holder else "",
        holder_desk=(holder.desk if holder else None) or "",
        holder_person=(holder.person if holder else None) or "",
        since=custody.since,
        expected=custody.expected,
        due=running[0].due if running else FAR,
        due_kind=running[0].kind if running else "",
        kicks=custody.kicks,
        passes=custody.passes,
        takeovers=custody.takeovers,
        taken_over=custody.taken_over,
        takeover_wished=custody.takeover_wished is not None,
        urged=len(closing.urged),
        lapses=len(closing.lapses),
        broken=state.promises.count(Word.BROKEN),
        decision_proposed=state.decisions.proposed is not None,
    )


def _decided(batch: Batch[Case]) -> list[DecidedRow]:
    """Write the decision that stands, once it does."""
    stands = batch.after.decisions.pronounced
    if stands is None or stands == batch.before.decisions.pronounced:
        return []
    written = stands.written
    return [
        DecidedRow(
            case=batch.case,
            house=batch.house,
            problem=batch.after.claim.problem,
            findings=findings_key(written.findings),
            ruling=written.ruling,
            remedy=written.remedy.kind if written.remedy else "",
            amount_fen=written.remedy.amount if written.remedy else 0,
            at=stands.at,
        )
    ]


def _tasks(batch: Batch[Case]) -> Iterator[TaskRow]:
    for task in _changed(batch.before.tasks.every, batch.after.tasks.every):
        yield TaskRow(
            case=batch.case,
            house=batch.house,
            task=task.task,
            debtor=task.debtor,
            expected=task.expected,
            clock=task.clock,
            since=task.since,
            ended_at=task.ended_at,
            end=task.end or "",
        )


def _ref(sealed: Sealed | None) -> str:
    return sealed.ref if sealed else ""


def _changed[K: Hashable, V](before: Mapping[K, V], after: Mapping[K, V]) -> list[V]:
    return [value for key, value in after.items() if before.get(key) != value]


def _put(table: type[Model], keys: tuple[str, ...], rows: Sequence[Model]) -> None:
    """Insert the rows, or bring those that are there up to date."""
    if not rows:
        return
    names, query = _upsert(cast("Hashable", table), keys)
    with connection.cursor() as cursor:
        cursor.executemany(query, [[getattr(row, name) for name in names] for row in rows])


@cache
def _upsert(table: Hashable, keys: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Write the statement for a table, once, and name the fields that go into it."""
    meta = cast("type[Model]", table)._meta  # noqa: SLF001 - Django's own way
    fields = {
        f.attname: connection.ops.quote_name(f.column) for f in meta.concrete_fields if f.column
    }
    changing = ", ".join(
        f"{column} = excluded.{column}"
        for column in fields.values()
        if column.strip('"') not in keys
    )
    query = (
        f"INSERT INTO {meta.db_table} ({', '.join(fields.values())})"  # noqa: S608 - names of our own tables
        f" VALUES ({', '.join(['%s'] * len(fields))})"
        f" ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {changing}"
    )
    return tuple(fields), query
