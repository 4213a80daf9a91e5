"""Clocks reckoned anew when a calendar is published (K9): acts of single cases, one by one."""

from hashlib import sha256

import structlog

from buckstop.domain.cases.commands import RederiveClocks
from buckstop.domain.cases.events import ClockPostponed
from buckstop.domain.words.calendar import Calendar
from buckstop.domain.words.event import Channel
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CLOCKWORK
from buckstop.records.cases.due import cases_of_year
from buckstop.records.cases.handle import handle
from buckstop.records.cases.queries import time_of
from buckstop.records.houses.queries import calendar_at
from buckstop.records.log import store
from buckstop.records.log.isolation import HouseId, inside

_log = structlog.get_logger(__name__)


def rederive(house: HouseId, year: int) -> int:
    """Reckon clocks anew that a year's calendar may move; tell in how many cases one did.

    The key is made of the calendar, so that whoever is interrupted can begin again.
    """
    with inside(house):
        cases, calendar = cases_of_year(house, year), calendar_at(time_of(house))
    changed = 0
    for case in cases:
        key = f"calendar:{case}:{_mark(calendar)}"
        command = RederiveClocks(by=CLOCKWORK, key=key, channel=Channel.CLOCK)
        try:
            with inside(house):
                before = store.head(case).seq
                entries = handle(case, command)
        except NotAllowed as no:
            _log.warning("a case was not reckoned anew", case=case, house=house, code=no.code)
        else:
            moved = [e for e in entries if isinstance(e.event, ClockPostponed)]
            changed += any(entry.seq > before for entry in moved)
    return changed


def _mark(calendar: Calendar) -> str:
    known = sorted(
        (notice.year, sorted(notice.off_days), sorted(notice.make_up_days))
        for notice in calendar.notices
    )
    return sha256(repr(known).encode()).hexdigest()
