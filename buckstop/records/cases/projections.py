"""What keeps the tables of the cases in step with the facts."""

from collections.abc import Hashable, Iterable, Mapping
from typing import cast

from django.db import connection
from django.db.models import Model

from buckstop.domain.cases.state.case import Case
from buckstop.domain.cases.state.promises import Word
from buckstop.domain.cases.state.tasks import Task
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


def project(batch: Batch[Fold]) -> None:
    """Bring the rows of one case up to what is so after the batch; other logs are not ours."""
    if isinstance(batch.after, Case):
        _project(cast("Batch[Case]", batch))


def _project(batch: Batch[Case]) -> None:
    _put(CaseRow, ("case_id",), [_case(batch)])
    before, after = batch.before, batch.after
    _put(
        PartyRow,
        ("case_id", "party"),
        [
            PartyRow(
                case=batch.case, house=batch.house, party=m.party, role=m.role, name=m.name.ref
            )
            for m in _changed(before.parties.members, after.parties.members)
        ],
    )
    _put(
        ClockRow,
        ("case_id", "clock"),
        [
            ClockRow(
                case=batch.case,
                house=batch.house,
                clock=c.clock,
                kind=c.kind,
                party=c.party,
                subject=c.subject,
                started=c.started,
                due=c.due,
                state=c.state,
                provisional=c.provisional,
            )
            for c in _changed(before.clocks.every, after.clocks.every)
        ],
    )
    _put(
        TaskRow,
        ("case_id", "task"),
        [_task(batch, task) for task in _changed(before.tasks.every, after.tasks.every)],
    )
    _put(
        PromiseRow,
        ("case_id", "promise"),
        [
            PromiseRow(
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
            for p in _changed(before.promises.every, after.promises.every)
        ],
    )
    _put(DecidedRow, ("case_id",), _decided(batch))


def _case(batch: Batch[Case]) -> CaseRow:
    """Write the line of the queue."""
    state = batch.after
    custody, claim, closing = state.custody, state.claim, state.closing
    if state.last_at is None or closing.opened_at is None:
        msg = f"case {batch.case} does not begin with being opened"
        raise ValueError(msg)
    holder, running = custody.holder, state.clocks.running
    return CaseRow(
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


def _task(batch: Batch[Case], task: Task) -> TaskRow:
    return TaskRow(
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


def _put[M: Model](table: type[M], keys: tuple[str, ...], rows: Iterable[M]) -> None:
    """Insert the rows, or bring those that are there up to date."""
    rows = list(rows)
    if not rows:
        return
    meta, quoted = table._meta, connection.ops.quote_name  # noqa: SLF001 - Django's own way
    fields = {str(f.column): f for f in meta.concrete_fields if f.column}
    columns = ", ".join(map(quoted, fields))
    changing = ", ".join(f"{quoted(c)} = excluded.{quoted(c)}" for c in fields if c not in keys)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {meta.db_table} ({columns}) VALUES ({', '.join(['%s'] * len(fields))})"  # noqa: S608 - names of our own tables
            f" ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {changing}",
            [
                [f.get_db_prep_save(getattr(row, f.attname), connection) for f in fields.values()]
                for row in rows
            ],
        )
