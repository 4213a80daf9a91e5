"""Who is who: the parties of a case, the people who act, and where the ball can be."""

from dataclasses import dataclass
from enum import StrEnum

from buckstop.domain.words.ids import DeskId, PartyId, PersonId

CONSUMER = PartyId("consumer")
HOUSE = PartyId("house")


class PartyRole(StrEnum):
    """The part that a party has in the purchase."""

    CONSUMER = "consumer"
    HOUSE = "house"
    MERCHANT = "merchant"
    PLATFORM = "platform"
    COURIER = "courier"
    WARRANTY_CENTRE = "warranty-centre"
    ISSUER = "issuer"
    CUSTODIAN = "custodian"
    PAYMENT = "payment"
    OUTSIDE = "outside"


class Role(StrEnum):
    """In what capacity somebody acts."""

    CONSUMER = "consumer"
    RESPONDENT = "respondent"
    AGENT = "agent"
    SUPERVISOR = "supervisor"
    BOT = "bot"
    CLOCKWORK = "clockwork"


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """Who acts: for which party, in what capacity, and (at the house) which person and desk."""

    role: Role
    party: PartyId
    person: PersonId | None = None
    desk: DeskId | None = None


CLOCKWORK = Actor(role=Role.CLOCKWORK, party=HOUSE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Holder:
    """Where the ball is: a party, and inside the house one desk and (once taken) one person."""

    party: PartyId
    desk: DeskId | None = None
    person: PersonId | None = None

    @property
    def node(self) -> str:
        """Name the place on the ball path: a party, or one desk of the house."""
        return f"{self.party}/{self.desk}" if self.desk else self.party
