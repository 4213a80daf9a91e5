"""What of a case's stays and duties is worth drawing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from buckstop.domain.buck_passing.holds import Hold
from buckstop.domain.words.ball import How
from buckstop.domain.words.ids import PartyId
from buckstop.domain.words.party import CONSUMER, Holder
from buckstop.letters.ball_path.stays import Duty, beside, drawn, furthest
from buckstop.texts import Language

START = datetime(2026, 9, 1, 2, tzinfo=UTC)
END = START + timedelta(days=30)
STAY = Hold(
    seq=1, holder=Holder(party=CONSUMER), since=START, until=END, how=How.PASS, kick=None,
    idle=False, reason="assigned", expected="respond", sentence=None,
    due=START + timedelta(days=3), lapsed=False, progress=(), task=None,
)  # fmt: skip
DUTY = Duty(
    debtor=PartyId("merchant"), expected="respond", since=START, ended_at=START,
    due=START + timedelta(days=3), lapsed=False,
)  # fmt: skip


def test_a_due_time_further_away_than_the_picture_is_long_is_left_out() -> None:
    far = replace(STAY, due=END + timedelta(days=90))
    last = furthest(START, END)

    assert drawn(STAY, 0, "", last, Language.ZH_HANS).due == STAY.due
    assert drawn(far, 0, "", last, Language.ZH_HANS).due is None


def test_a_stay_that_was_over_at_once_has_no_label() -> None:
    over = replace(STAY, until=START)
    last = furthest(START, END)

    assert drawn(STAY, 0, "", last, Language.ZH_HANS).label == "请答复"
    assert drawn(over, 0, "", last, Language.ZH_HANS).label == ""


def test_a_duty_that_was_over_at_once_is_not_drawn() -> None:
    lanes = {"merchant": 1}
    longer = replace(DUTY, ended_at=END)

    assert not list(beside((DUTY,), (STAY,), lanes, END, Language.ZH_HANS))
    assert len(list(beside((longer,), (STAY,), lanes, END, Language.ZH_HANS))) == 1
