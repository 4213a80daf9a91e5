"""Sending what was planned: a transport is given it outside any transaction.

What it accepted comes into the case, and only then does it count.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import structlog
from django.db import connection

from buckstop.clockwork.going import went
from buckstop.clockwork.transport import Linked, Transport
from buckstop.domain.cases.commands import RecordNotice
from buckstop.domain.words.event import Channel
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CLOCKWORK, CONSUMER
from buckstop.records.cases.actions import CONTACT_CHANGED, Notice, mark_said
from buckstop.records.cases.due import houses_with_notices, unsent
from buckstop.records.cases.gathering import Letter, letter_of
from buckstop.records.cases.handle import handle
from buckstop.records.cases.queries import time_of
from buckstop.records.log.isolation import HouseId, inside
from buckstop.records.people.links import link_token

LINK_LASTS = timedelta(days=14)
"""How long after the due time a link still opens; an expired one offers a fresh one."""

_LOCK = 0x6E6F74
"""Held by the one worker that sends."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """How many notices a transport was given, and the keys of those it could not be."""

    given: int
    failed: frozenset[str]


def send(transport: Transport, at_most: int = 200, but: Collection[str] = ()) -> Sent:
    """Give what is planned to the transport, leaving out some, and record what it said."""
    given, failed = 0, set[str]()
    with _alone() as alone:
        for house in houses_with_notices() if alone else ():
            with inside(house):
                at = time_of(house)
                waiting = unsent(house, at=at, but=but, most=at_most)
            for notice in waiting:
                if notice.key in failed:
                    continue
                with inside(house):
                    letter = letter_of(house, notice, at=at)
                if letter is not None:
                    wrong = _deliver(house, letter, transport, at)
                    given, failed = given + len(letter.notices) - len(wrong), failed | wrong
    return Sent(given=given, failed=frozenset(failed))


def _deliver(house: HouseId, letter: Letter, transport: Transport, at: datetime) -> set[str]:
    """Send one letter, and record each of its notices in its case; name those that failed."""
    said: list[tuple[Linked, bool]] = []

    def send_it() -> None:
        parts = _linked(house, letter, at)
        accepted = (
            transport.send(parts[0].notice, parts[0].link)
            if letter.key == parts[0].notice.key
            else transport.send_gathered(letter.key, parts)
        )
        said.extend((part, accepted) for part in parts)

    every = {notice.key for notice in letter.notices}
    if not went("a letter failed", house, letter.notices[0].case, send_it):
        return every
    for part, accepted in said:
        mark = partial(_mark, house, part, transport, at, accepted=accepted)
        if went("a notice failed", house, part.notice.case, mark):
            every.discard(part.notice.key)
    return every


def _linked(house: HouseId, letter: Letter, at: datetime) -> tuple[Linked, ...]:
    """Give each notice a link of its own."""
    with inside(house):
        return tuple(
            Linked(
                notice=notice,
                link="" if notice.code == CONTACT_CHANGED else _link(house, notice, at),
            )
            for notice in letter.notices
        )


def _link(house: HouseId, notice: Notice, at: datetime) -> str:
    return link_token(
        house,
        notice.case,
        notice.party,
        purpose="my-case" if notice.party == CONSUMER else "answer",
        expires_at=max(at, notice.due or at) + LINK_LASTS,
    )


def _mark(
    house: HouseId, part: Linked, transport: Transport, at: datetime, *, accepted: bool
) -> None:
    """Mark a notice as said and record it in its case, in one transaction."""
    notice = part.notice
    kept = part.link if transport.keeps_links else ""
    with inside(house):
        fresh = mark_said(
            notice.key, at=at, accepted=accepted, transport=transport.name, link=kept
        )
        # What the old contact accepts or not says nothing of the new one.
        if fresh and notice.code != CONTACT_CHANGED:
            _record(house, notice, accepted=accepted)


def _record(house: HouseId, notice: Notice, *, accepted: bool) -> None:
    """Record in the case what was said; what the case will not have is not sent again."""
    command = RecordNotice(
        by=CLOCKWORK,
        key=f"notice:{notice.key}",
        channel=Channel.CLOCK,
        party=notice.party,
        via=notice.via,
        kind=notice.kind,
        about=notice.about,
        accepted=accepted,
        published_address=notice.via is Channel.POST and notice.party != CONSUMER,
    )
    try:
        handle(notice.case, command)
    except NotAllowed as no:
        _log.error("a notice was not recorded", case=notice.case, house=house, code=no.code)


@contextmanager
def _alone() -> Iterator[bool]:
    """Tell whether nobody else is sending, and keep it so."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        (alone,) = cursor.fetchone()
    try:
        yield bool(alone)
    finally:
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
