"""The listed grounds of refusal and of bounce, each with any one proof that supports it."""

from collections.abc import Iterator
from dataclasses import dataclass

from buckstop.domain.law import facts, proofs
from buckstop.domain.law.answer import Confidence
from buckstop.domain.law.assessment import Ground, GroundUse
from buckstop.domain.law.question import Question, weakest
from buckstop.domain.words.ids import FactKey, ProofKind
from buckstop.domain.words.party import PartyRole
from buckstop.domain.words.purchase import Problem

_SELLERS = (PartyRole.MERCHANT, PartyRole.PLATFORM, PartyRole.ISSUER)
_TESTERS = (PartyRole.OUTSIDE, PartyRole.WARRANTY_CENTRE)
_CARRIERS = (PartyRole.COURIER, PartyRole.PLATFORM)
_FAULT = frozenset({Problem.MALFUNCTION, Problem.UNUSABLE, Problem.REPAIR_DRAGGING})
_PROMISED = frozenset({Problem.WRONG_DESCRIPTION, Problem.COUNTERFEIT})


@dataclass(frozen=True, slots=True)
class _Listed:
    """One ground as listed; without `problems` it is open in every case."""

    code: str
    needs: tuple[ProofKind, ...]
    issuers: tuple[PartyRole, ...]
    establishes: FactKey | None
    rows: tuple[str, ...]
    problems: frozenset[Problem] = frozenset()
    confidence: Confidence = Confidence.A
    use: GroundUse = GroundUse.REFUSAL


_DAMAGE = (proofs.APPRAISAL_REPORT, proofs.JOINT_CONDITION_RECORD, proofs.REPAIR_RECORD)
_SALE = (proofs.ORDER_RECORD, proofs.INVOICE)

_LISTED = (
    _Listed("human-damage", _DAMAGE, _TESTERS, facts.HUMAN_DAMAGE,
            ("SBP-24", "EVD-91", "EVD-41"), _FAULT, Confidence.B),
    _Listed("liquid-ingress", _DAMAGE, _TESTERS, facts.LIQUID_INGRESS,
            ("SBP-24", "EVD-91", "EVD-41"), _FAULT, Confidence.B),
    _Listed("unauthorised-repair", _DAMAGE, _TESTERS, facts.UNAUTHORISED_REPAIR,
            ("SBP-24", "EVD-91"), _FAULT, Confidence.B),
    _Listed("not-a-defect", (proofs.APPRAISAL_REPORT, proofs.REPAIR_RECORD), _TESTERS,
            facts.SOUND_AT_DELIVERY, ("CPL-23-3", "EVD-91"), _FAULT),
    _Listed("warranty-over", (*_SALE, proofs.ACTIVATION_RECORD), _SELLERS, None,
            ("SBP-24", "EVD-91"), _FAULT | {Problem.OUT_OF_WARRANTY}),
    _Listed("not-intact", (proofs.APPRAISAL_REPORT, proofs.JOINT_CONDITION_RECORD,
                           proofs.UNBOXING_RECORD), _SELLERS, facts.USED_BEYOND_INSPECTION,
            ("CPL-25", "SDR-9", "REG-19"), frozenset({Problem.RETURN_REFUSED}), Confidence.B),
    _Listed("not-returnable", (proofs.PURCHASE_CONFIRMATION,), _SELLERS,
            facts.EXCLUSION_CONFIRMED, ("CPL-25", "SDR-20", "REG-19"),
            frozenset({Problem.RETURN_REFUSED})),
    _Listed("return-asked-late", (proofs.DELIVERY_RECORD, proofs.CHAT_RECORD), _SELLERS,
            facts.RETURN_ASKED_ON, ("CPL-25", "SDR-10"), frozenset({Problem.RETURN_REFUSED})),
    _Listed("refund-paid", (proofs.PAYMENT_RECORD,), (*_SELLERS, PartyRole.PAYMENT),
            facts.REFUND_PAID, ("EVD-91",),
            frozenset({Problem.REFUND_NOT_RECEIVED, Problem.RETURN_REFUSED})),
    _Listed("goods-not-returned", (proofs.DELIVERY_RECORD, proofs.WAYBILL), _CARRIERS,
            facts.RETURN_SENT, ("CPL-25", "SDR-13"), frozenset({Problem.REFUND_NOT_RECEIVED})),
    _Listed("delivered-intact", (proofs.DELIVERY_RECORD, proofs.JOINT_CONDITION_RECORD),
            _CARRIERS, facts.CONFORMING_DELIVERY, ("ECL-20", "CIV-512"),
            frozenset({Problem.COURIER_DAMAGE}), Confidence.B),
    _Listed("consumer-chose-courier", (proofs.ORDER_RECORD, proofs.CHAT_RECORD), _SELLERS,
            facts.CONSUMER_CHOSE_COURIER, ("ECL-20",),
            frozenset({Problem.COURIER_DAMAGE, Problem.NOT_RECEIVED}), Confidence.B),
    _Listed("delivered", (proofs.DELIVERY_RECORD,), _CARRIERS, facts.DELIVERED_TO_RECIPIENT,
            ("ECL-51", "EXP-M28"), frozenset({Problem.NOT_RECEIVED, Problem.NOT_SHIPPED})),
    _Listed("complete", (proofs.PACKING_RECORD, proofs.DELIVERY_RECORD), _SELLERS,
            facts.COMPLETE_DELIVERY, ("EVD-91",), frozenset({Problem.MISSING_PART})),
    _Listed("as-described", (proofs.LISTING_VERSION, proofs.APPRAISAL_REPORT), _SELLERS,
            facts.DIFFERS_FROM_LISTING, ("CPL-23-1",), _PROMISED),
    _Listed("flaw-told", (proofs.LISTING_VERSION, proofs.CHAT_RECORD), _SELLERS,
            facts.FLAW_KNOWN, ("CPL-23-1",), _PROMISED, Confidence.B),
    _Listed("card-used", (proofs.USAGE_LEDGER,), _SELLERS, facts.USED_AMOUNT,
            ("EVD-91", "PRE-25"), frozenset({Problem.PREPAID_COLLAPSED})),
    _Listed("consented", (proofs.CONSENT_RECORD,), _SELLERS, facts.CONSENTED,
            ("EVD-91", "OTM-18"),
            frozenset({Problem.CHARGED_WRONGLY, Problem.RENEWAL_UNASKED})),
    _Listed("made-up", (proofs.APPRAISAL_REPORT, proofs.DELIVERY_RECORD), _SELLERS,
            facts.MADE_UP, ("REG-49-2",), confidence=Confidence.B),
    _Listed("not-our-sale", _SALE, _SELLERS, facts.SOLD_BY_OTHER, ("CPL-40-1",)),
    _Listed("not-the-seller", _SALE, _SELLERS, facts.SOLD_BY_OTHER, ("house:bounce",),
            use=GroundUse.BOUNCE),
    _Listed("not-the-carrier", (proofs.WAYBILL,), _CARRIERS, None, ("house:bounce",),
            use=GroundUse.BOUNCE),
    _Listed("wrong-desk", (proofs.COMPETENCE_LIST,), (PartyRole.HOUSE,), None,
            ("house:bounce",), use=GroundUse.BOUNCE),
    _Listed("other-named", (proofs.FINDING_NAMING_OTHER,), (PartyRole.HOUSE,), None,
            ("house:bounce",), use=GroundUse.BOUNCE),
)  # fmt: skip


def grounds(question: Question) -> Iterator[Ground]:
    """List the grounds that are open in a matter, by the rows in force."""
    for listed in _LISTED:
        rows = question.rows(*listed.rows)
        if rows and (not listed.problems or question.matter.problem in listed.problems):
            yield Ground(
                code=listed.code,
                use=listed.use,
                needs=listed.needs,
                issuers=listed.issuers,
                establishes=listed.establishes,
                rows=rows,
                confidence=weakest(rows, listed.confidence),
            )
