"""Who answers to the consumer, in the order in which they are named."""

from buckstop.domain.law import facts
from buckstop.domain.law.assessment import Assessment, Finding
from buckstop.domain.law.question import Question
from buckstop.domain.words.party import PartyRole
from buckstop.domain.words.purchase import Problem


def judge(question: Question) -> Assessment:
    """Name the addressees; all matching rows add up."""
    named: list[PartyRole] = []
    findings: list[Finding] = []
    carrier_chosen = question.holds(facts.CONSUMER_CHOSE_COURIER)
    if question.matter.problem is Problem.COURIER_DAMAGE and carrier_chosen:
        named.append(PartyRole.COURIER)
    else:
        named.append(question.seller)
        findings.append(_seller(question))
    for fact, code, ids in (
        (_cannot_name(question), "platform-cannot-name-seller", ("CPL-44-1",)),
        (question.holds(facts.PLATFORM_KNEW), "platform-knew", ("CPL-44-2", "ECL-38-1")),
        (question.holds(facts.ADVANCE_PROMISED), "platform-promised", ("CPL-44-1", "ECL-58")),
    ):
        finding = question.finding(code, *ids)
        if fact and finding.rows:
            named.append(PartyRole.PLATFORM)
            findings.append(finding)
    identity = question.burden(facts.SELLER_IDENTIFIED, "CPL-44-1", bearer=PartyRole.PLATFORM)
    has_platform = PartyRole.PLATFORM in question.matter.parties
    third_party = has_platform and question.seller is not PartyRole.PLATFORM
    if third_party:
        findings.append(question.finding("platform-must-assist", "ECL-61"))
    return Assessment(
        findings=tuple(findings),
        burdens=(identity,) if third_party else (),
        responsible=tuple(dict.fromkeys(named)),
        unsettled=("platform-identity-time",) if third_party else (),
    )


def _cannot_name(question: Question) -> bool:
    """Tell whether the platform names no seller who can be reached: a dead contact is none."""
    if question.fails(facts.SELLER_IDENTIFIED):
        return True
    through_it = PartyRole.PLATFORM in question.matter.parties
    dead = question.fails(facts.SELLER_REACHABLE)
    return through_it and dead and not question.holds(facts.SELLER_IDENTIFIED)


def _seller(question: Question) -> Finding:
    if question.seller is PartyRole.ISSUER:
        return question.finding("issuer-answers", "CPL-53", "PRE-1")
    if question.seller is PartyRole.PLATFORM:
        ids = ("ECL-37", "NCI-4", "CPL-40-1")
        return question.finding("platform-answers-as-seller", *ids)
    return question.finding("seller-answers", "CPL-40-1")
