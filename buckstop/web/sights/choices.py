"""What a desk person may pick from in a form about a case."""

from collections.abc import Iterator

from buckstop.domain.cases.events import RequestEnd
from buckstop.domain.cases.state.promises import Record, Word
from buckstop.domain.cases.state.remedies import Delivery
from buckstop.domain.law.assessment import GroundUse
from buckstop.domain.words.party import CONSUMER, HOUSE
from buckstop.records.cases.lines.proof import FactLine
from buckstop.records.cases.page import CasePage
from buckstop.texts import law
from buckstop.web.language import fact_name, said, t, tongue
from buckstop.web.sights import answers
from buckstop.web.sights.names import Names

type Choices = list[tuple[str, str]]
NOBODY: Choices = [("", "—")]


def targets(page: CasePage, names: Names) -> Choices:
    """List where the ball may go, and where that would be a kick."""
    return [
        (
            x.node,
            t("{who}（会算踢一次）", who=names.node(x.node)) if x.kick else names.node(x.node),
        )
        for x in page.targets
        if x.act.allowed
    ]


def parties(page: CasePage, *, consumer: bool = True) -> Choices:
    """List the parties with what they are."""
    return [
        (p.party, t("{name}（{role}）", name=p.name, role=said(f"cases.role.{p.role}")))
        for p in page.parties.values()
        if consumer or p.party != CONSUMER
    ]


def reachable(page: CasePage) -> Choices:
    """List whose contact the reader can tell.

    The desk tells anybody's, a respondent its own, a consumer also a shop's that nobody can reach.
    """
    lost = [p for p in page.parties.values() if p.party != CONSUMER and not p.contact_works]
    if page.viewer == CONSUMER:
        return [(CONSUMER, t("我自己的")), *((p.party, p.name) for p in lost)]
    if page.viewer != HOUSE:
        return [(page.viewer, page.parties[page.viewer].name)]
    named = dict(parties(page))
    return [(p, named[p]) for p in dict.fromkeys((*(p.party for p in lost), *named))]


def facts(page: CasePage) -> Choices:
    """Name each fact with its standing and who must prove it."""
    return [(line.fact, _fact(line)) for line in page.facts]


def _fact(line: FactLine) -> str:
    name, standing = fact_name(line.fact), said(f"cases.standing.{line.standing}")
    if line.burden is None:
        return t("{fact}（{standing}）", fact=name, standing=standing)
    who = said(f"cases.role.{line.burden.bearer}")
    return t("{fact}（{standing}，{who}举证）", fact=name, standing=standing, who=who)


def items(page: CasePage) -> Choices:
    """List what was handed in."""
    return [(item.evidence, item.name) for item in page.evidence]


def kinds(page: CasePage) -> Choices:
    """List the kinds of proof that are there or asked for, then the common ones."""
    wanted = (kind for fact in page.facts if fact.burden for kind in fact.burden.proofs)
    known = dict.fromkeys((*(item.kind for item in page.evidence), *wanted, *_COMMON))
    return [(kind, said(f"law.proof.{kind}")) for kind in known]


_COMMON = ("chat-record", "payment-record", "bank-statement", "delivery-record", "order-record")


def grounds(page: CasePage) -> Choices:
    """List on what grounds the ball may be given back, each with the proof that it needs."""
    return [
        (
            ground.code,
            t("{ground}（要有：{proofs}）", ground=law.ground(ground.code, tongue()),
              proofs=law.proofs(ground.needs, tongue())),
        )
        for ground in page.assessment.grounds
        if ground.use is GroundUse.BOUNCE
    ]  # fmt: skip


def answered(page: CasePage) -> Choices:
    """List the answers that may still be asked about once."""
    ended = {RequestEnd.ANSWERED, RequestEnd.WITHOUT_PROOF}
    return [
        (r.request, t("澄清上次的答复：{fact}", fact=fact_name(r.fact)))
        for r in page.requests
        if r.end in ended
    ]


def open_promises(page: CasePage) -> Choices:
    """List what the house has promised and not done yet."""
    return [
        (p.promise, p.text or said(f"cases.promise.{p.kind}"))
        for p in page.promises
        if p.word is Word.OPEN and p.by == HOUSE
    ]


def acknowledgements(page: CasePage) -> Choices:
    """List what was acknowledged and stands."""
    return [
        (p.promise, p.text or said(f"cases.promise.{p.kind}"))
        for p in page.promises
        if p.word is Word.STANDING
    ]


def waiting_records(page: CasePage) -> Choices:
    """List what the consumer recorded of the house, which may still be contradicted."""
    return [
        (r.record, r.text or said(f"cases.record.{r.kind}"))
        for r in page.records
        if r.of == HOUSE and r.state is Record.WAITING
    ]


def remedies(page: CasePage, names: Names) -> Choices:
    """List what is owed and not shown to be done."""
    undone = {Delivery.OWED, Delivery.DISPUTED}
    return [
        (o.remedy, t("{who}：{what}", who=names.party(o.by), what=answers.remedy(o.what)))
        for o in page.owed
        if o.delivery in undone
    ]


def own_offers(page: CasePage) -> Choices:
    """List the open offers that the house made; what it recommends it cannot take back."""
    mine = (o for o in page.offers if o.open and o.by == HOUSE and not o.recommended)
    return [(o.offer, answers.remedy(o.remedy)) for o in mine]


def burdens(page: CasePage) -> dict[str, object]:
    """Say of each fact who must prove it, for the table beside a form."""
    return {"name": t("谁举证"), "rows": tuple(_burdens(page))}


def _burdens(page: CasePage) -> Iterator[dict[str, str]]:
    for line in page.facts:
        if line.burden is not None:
            yield {"label": fact_name(line.fact), "text": law.burden(line.burden, tongue())}
