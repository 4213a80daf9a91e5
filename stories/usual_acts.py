"""What happens in many stories in the same way."""

from buckstop.domain.cases.commands import (
    ConfirmFulfilment,
    FreezeRecord,
    PassBall,
    ProposeDecision,
    ProveFulfilment,
    SignDecision,
    TakeUp,
)
from buckstop.domain.cases.events import Ruling
from buckstop.domain.words.calendar import Span
from buckstop.domain.words.ids import FactKey, PartyId, RowId
from buckstop.domain.words.purchase import Remedy
from stories.house import DING, HE
from stories.scene import Player, Scene


def takes_up(scene: Scene, by: Player) -> None:
    """Let somebody at the desk take the case in hand."""
    scene.desk(by, TakeUp, person=scene.world.person(by.name))


def asks_to_respond(
    scene: Scene, by: Player, of: str, says: str, *, span: Span | None = None
) -> None:
    """Let the desk give the ball to a respondent."""
    scene.desk(
        by,
        PassBall,
        to=PartyId(of),
        reason="asked-to-respond",
        expected="respond",
        sentence=scene.text(says),
        span=span,
    )


def sends_on(scene: Scene, by: str, to: str, says: str) -> None:
    """Let a respondent say that it is not theirs, and give the ball to somebody else."""
    scene.respondent(
        by,
        PassBall,
        to=PartyId(to),
        reason="not-ours",
        expected="respond",
        sentence=scene.text(says),
    )


def decides(  # noqa: PLR0913 - a decision says all of this
    scene: Scene,
    *,
    reasons: str,
    findings: tuple[str, ...],
    facts: tuple[str, ...],
    ruling: Ruling = Ruling.FOR_CONSUMER,
    debtor: PartyId | None = None,
    remedy: Remedy | None = None,
) -> None:
    """Let the supervisor fix what counts, and propose; what is owed is due in seven days."""
    scene.desk(HE, FreezeRecord)
    scene.desk(
        HE,
        ProposeDecision,
        ruling=ruling,
        debtor=debtor,
        remedy=remedy,
        findings=tuple(map(RowId, findings)),
        facts=tuple(map(FactKey, facts)),
        reasons=scene.text(reasons),
        fulfil_days=7,
    )


def second_signs(scene: Scene) -> None:
    """Let another person than the one who proposed it sign the decision."""
    scene.desk(DING, SignDecision, decision="decision-1")


def fulfils(scene: Scene, by: str, kind: str, name: str) -> None:
    """Let a respondent do what it owes, and prove it."""
    proof = scene.shows(by, kind, name)
    scene.respondent(by, ProveFulfilment, remedy="remedy-1", evidence=proof)


def confirms(scene: Scene) -> None:
    """Let the consumer say that it has come."""
    scene.consumer(ConfirmFulfilment, remedy="remedy-1")
