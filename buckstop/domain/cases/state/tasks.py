"""The duties that are open with parties outside the house."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

from buckstop.domain.cases.events import CaseClosed, TaskEnd, TaskEnded, TaskOpened
from buckstop.domain.words.event import Entry
from buckstop.domain.words.ids import ClockId, PartyId, TaskId


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """One duty of one party with one clock."""

    task: TaskId
    debtor: PartyId
    expected: str
    clock: ClockId
    since: datetime
    ended_at: datetime | None = None
    end: TaskEnd | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Tasks:
    """All tasks the case ever had, by id."""

    every: Mapping[TaskId, Task] = field(default_factory=dict)

    @property
    def next_id(self) -> TaskId:
        """Name the next task."""
        return TaskId(f"task-{len(self.every) + 1}")

    @property
    def open(self) -> tuple[Task, ...]:
        """List the tasks that are still owed, oldest first."""
        return tuple(t for t in self.every.values() if t.end is None)

    @property
    def debtors(self) -> tuple[PartyId, ...]:
        """List who owes a task now, each once."""
        return tuple(dict.fromkeys(t.debtor for t in self.open))

    def of(self, debtor: PartyId) -> Task | None:
        """Find the oldest task that a party owes."""
        return next((t for t in self.open if t.debtor == debtor), None)

    def all_of(self, debtor: PartyId) -> tuple[Task, ...]:
        """List the tasks that a party owes, oldest first."""
        return tuple(t for t in self.open if t.debtor == debtor)

    def under(self, clock: ClockId) -> Task | None:
        """Find the open task that a clock runs for."""
        return next((t for t in self.open if t.clock == clock), None)

    def after(self, entry: Entry) -> Self:
        """Follow one fact."""
        match entry.event:
            case TaskOpened() as event:
                task = Task(
                    task=event.task,
                    debtor=event.debtor,
                    expected=event.expected,
                    clock=event.clock,
                    since=entry.recorded_at,
                )
                return replace(self, every={**self.every, task.task: task})
            case TaskEnded() as event:
                task = replace(self.every[event.task], end=event.end, ended_at=entry.recorded_at)
                return replace(self, every={**self.every, task.task: task})
            case CaseClosed():
                over = {
                    t.task: replace(t, end=TaskEnd.DROPPED, ended_at=entry.recorded_at)
                    for t in self.open
                }
                return replace(self, every={**self.every, **over})
            case _:
                return self
