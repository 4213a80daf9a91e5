"""What the law says of a case as its facts stand."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from buckstop.domain.cases.now import Now
from buckstop.domain.cases.state.case import Case
from buckstop.domain.cases.state.facts import Fact as Held
from buckstop.domain.law.assess import assess
from buckstop.domain.law.assessment import Assessment, Burden
from buckstop.domain.law.facts import SELLER_REACHABLE, Fact
from buckstop.domain.law.question import Matter
from buckstop.domain.words.calendar import Calendar, local_day
from buckstop.domain.words.ids import FactKey, PartyId
from buckstop.domain.words.party import HOUSE, PartyRole
from buckstop.domain.words.purchase import Problem, Purchase
from buckstop.domain.words.standing import Standing


def assessment(case: Case, now: Now) -> Assessment:
    """Assess the case on the day of `now`."""
    facts = tuple((f.fact, f.standing, f.value) for f in _facts(case))
    roles = frozenset(m.role for m in case.parties.members.values())
    return _assess(
        case.claim.problem, case.claim.purchase, roles, facts, local_day(now.at), now.calendar
    )


def _facts(case: Case) -> Iterator[Held]:
    """List the facts; that a contact fails counts while it does, and of the seller only (K8)."""
    seller = case.parties.of_role(PartyRole.MERCHANT)
    for fact in case.facts.every.values():
        if fact.fact != SELLER_REACHABLE or (seller is not None and seller.contact_fails):
            yield fact


def bearers(case: Case, burden: Burden) -> tuple[PartyId, ...]:
    """Name the parties of the case that bear a burden or keep its record, each once."""
    roles = (burden.keeper, burden.bearer, *burden.also_kept_by)
    members = [case.parties.of_role(r) for r in roles if r and r is not PartyRole.CONSUMER]
    return tuple(dict.fromkeys(m.party for m in members if m and m.party != HOUSE))


def named(case: Case, now: Now, party: PartyId) -> bool:
    """Tell whether a finding names the party as one who must act."""
    if not now.rules.assesses:
        return False
    member = case.parties.members.get(party)
    says = assessment(case, now)
    roles = set(says.responsible)
    roles |= {b.bearer for b in says.burdens} | {b.keeper for b in says.burdens if b.keeper}
    return member is not None and member.role in roles


def burden_of(case: Case, now: Now, fact: FactKey) -> Burden | None:
    """Find who must prove a fact."""
    return assessment(case, now).burden(fact)


@lru_cache(maxsize=512)
def _assess(  # noqa: PLR0913, PLR0917 - the cache wants plain values
    problem: Problem,
    purchase: Purchase,
    roles: frozenset[PartyRole],
    facts: tuple[tuple[FactKey, Standing, str | None], ...],
    on: date,
    calendar: Calendar,
) -> Assessment:
    known = {key: Fact(standing, value) for key, standing, value in facts}
    matter = Matter(problem=problem, purchase=purchase, parties=roles)
    return assess(matter, known, on, calendar)
