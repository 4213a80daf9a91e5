"""Who may be asked to prove what (R1-R4)."""

from buckstop.domain.cases.commands import AnswerRequest, AskProof
from buckstop.domain.cases.events import (
    ClockPostponed,
    FactStood,
    LapseReversed,
    ProofAccepted,
    ProofRequested,
    RequestEnd,
    RequestEnded,
    RequestRejected,
    TaskEnd,
)
from buckstop.domain.cases.rules.access import holds, need_member, need_open, need_supervisor
from buckstop.domain.cases.rules.ball import (
    back_from_consumer,
    by_hand,
    end_task,
    ensure_house_clock,
    house_place,
    move,
    must_decide,
    open_task,
    owners_desk,
    pause_clocks,
    place_beside_consumer,
    resume_clocks,
)
from buckstop.domain.cases.rules.draft import Draft
from buckstop.domain.cases.rules.facts import need_items, say
from buckstop.domain.cases.rules.law import bearers, burden_of, named
from buckstop.domain.cases.rules.reach import need_contact
from buckstop.domain.cases.state.clocks import Clock, Running
from buckstop.domain.cases.state.requests import Request
from buckstop.domain.law.assessment import Burden
from buckstop.domain.law.facts import FACTS
from buckstop.domain.words.ball import How
from buckstop.domain.words.calendar import due
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.ids import EvidenceId, FactKey, PartyId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER, HOUSE, Holder, PartyRole, Role
from buckstop.domain.words.standing import Standing


def ask_proof(draft: Draft, command: AskProof) -> None:
    """Ask for proof of one fact, or record that the ask was none and redirect it (R1-R4)."""
    need_open(draft)
    need_member(draft)
    _need_duty(draft)
    if command.fact not in FACTS:
        raise NotAllowed("no-such-fact", fact=command.fact)
    if command.of not in draft.case.parties.members:
        raise NotAllowed("not-a-party", party=command.of)
    if command.of == draft.by.party:
        raise NotAllowed("ask-yourself")
    if any(r.fact == command.fact for r in draft.case.requests.open_with(command.of)):
        raise NotAllowed("asked-and-open", fact=command.fact)
    if command.forced_because is not None:
        need_supervisor(draft)
        need_contact(draft, command.of)
        _request(draft, command, command.of)
        return
    burden = burden_of(draft.case, draft.now, command.fact)
    because = rejected_because(draft, command, burden)
    if because is None and burden is None and command.why is None:
        raise NotAllowed("say-why", fact=command.fact)
    if because is None:
        need_contact(draft, command.of)
        _request(draft, command, command.of)
    else:
        _reject(draft, command, because, burden)


def _need_duty(draft: Draft) -> None:
    """Refuse unless the house or a party with a duty asks; a consumer's wish goes by the desk."""
    if draft.by.party == CONSUMER:
        raise NotAllowed("ask-through-desk")
    if draft.by.party != HOUSE and draft.case.tasks.of(draft.by.party) is None:
        raise NotAllowed("owes-nothing")


def rejected_because(draft: Draft, command: AskProof, burden: Burden | None) -> str | None:
    """Say why nobody need answer this ask, or None where it is valid (R2)."""
    known = draft.case.facts.every.get(command.fact)
    if known is not None and known.standing.settled:
        return "settled"
    before = _asked_before(draft, command) or _given_before(draft, command, burden)
    if before is not None:
        return before
    asked = draft.case.parties.members[command.of].role
    kind = FACTS[command.fact]
    if kind.negative and (burden is None or burden.bearer is not asked):
        return "negative"
    if burden is None:
        return _unlisted(draft, command, kind.keeper)
    if asked is PartyRole.CONSUMER and burden.bearer is not PartyRole.CONSUMER:
        return "burden-elsewhere"
    if asked in {burden.bearer, burden.keeper, *burden.also_kept_by}:
        return None
    return "burden-elsewhere"


def _asked_before(draft: Draft, command: AskProof) -> str | None:
    """Tell whether the party was asked before; after its answer one clarification is free."""
    asked = draft.case.requests.asked(command.fact, command.of)
    answered = [r for r in asked if r.end in {RequestEnd.ANSWERED, RequestEnd.WITHOUT_PROOF}]
    clarified = [r for r in asked if r.clarifies is not None]
    if answered:
        free = command.clarifies in {r.request for r in answered} and not clarified
        return None if free else "answered"
    return "asked-before" if any(r.end is RequestEnd.SILENT for r in asked) else None


def _given_before(draft: Draft, command: AskProof, burden: Burden | None) -> str | None:
    """Tell whether proof of a listed kind is there already, though nobody had asked for it.

    What the consumer gave for the fact is an answer; a respondent's is one once it is accepted.
    """
    if draft.case.requests.asked(command.fact, command.of):
        return None
    kinds = burden.proofs if burden else FACTS[command.fact].proofs
    for item in draft.case.evidence.every.values():
        named = item.facts if command.of == CONSUMER else ()
        is_for = command.fact in {*named, *item.accepted_for}
        if item.by == command.of and item.kind in kinds and is_for:
            return "answered"
    return None


def _unlisted(draft: Draft, command: AskProof, keeper: PartyRole | None) -> str | None:
    """Judge a fact that no finding lists: who asserts it or keeps its record must show it."""
    asked = draft.case.parties.members[command.of]
    known = draft.case.facts.every.get(command.fact)
    if keeper is not None and draft.case.parties.of_role(keeper) and asked.role is not keeper:
        return "burden-elsewhere"
    if known is not None and known.by == draft.by.party:
        return "burden-elsewhere"
    return None


def _reject(draft: Draft, command: AskProof, because: str, burden: Burden | None) -> None:
    node = _asker(draft).node
    targets = _redirected(draft, command, because, burden)
    draft.add(
        RequestRejected(
            fact=command.fact,
            of=command.of,
            by=draft.by.party,
            because=because,
            redirected_to=targets,
            asked_by_node=node,
        )
    )
    for party in targets:
        _request(draft, command, party, redirected_from=command.of)


def _redirected(
    draft: Draft, command: AskProof, because: str, burden: Burden | None
) -> tuple[PartyId, ...]:
    """Name who is asked instead: who bears the burden or keeps the record (R3)."""
    if because in {"settled", "answered", "asked-before"}:
        return ()
    if burden is not None:
        able = bearers(draft.case, burden)
    else:
        keeper = FACTS[command.fact].keeper
        member = draft.case.parties.of_role(keeper) if keeper else None
        able = (member.party,) if member else ()
    asked = {
        r.of
        for r in draft.case.requests.every.values()
        if r.fact == command.fact and r.end is not RequestEnd.MOOT
    }
    members = draft.case.parties.members
    able = tuple(p for p in able if members[p].can_be_reached)
    return tuple(p for p in able if p not in asked | {command.of, CONSUMER, draft.by.party})


def _asker(draft: Draft) -> Holder:
    if draft.by.party != HOUSE:
        return Holder(party=draft.by.party)
    holder = draft.case.custody.holder
    if holder is not None and holder.party == HOUSE:
        return holder
    return owners_desk(draft)


def _request(
    draft: Draft,
    command: AskProof,
    of: PartyId,
    redirected_from: PartyId | None = None,
) -> None:
    burden = burden_of(draft.case, draft.now, command.fact)
    kinds = burden.proofs if burden else FACTS[command.fact].proofs
    rows = burden.rows if burden else ()
    kind = ClockKind.ANSWER if of == CONSUMER else ClockKind.PROVE
    holder, by_holder = draft.case.custody.holder, _moves_ball(draft, command)
    back = holder if by_holder and holder is not None else house_place(draft)
    request = draft.case.requests.next_id
    clock = draft.start(kind, of, request, span=command.span)
    draft.add(
        ProofRequested(
            request=request,
            fact=command.fact,
            of=of,
            by=draft.by.party,
            why=command.why if redirected_from is None else None,  # it was said to another
            kinds=kinds,
            rows=rows,
            clock=clock.clock,
            returns_to=back,
            clarifies=command.clarifies,
            forced_because=command.forced_because,
            redirected_from=redirected_from,
        )
    )
    if draft.by.party == HOUSE and command.forced_because is None:
        _decide_after(draft, clock)
    if of == CONSUMER:
        _ball_to_consumer(draft, command, clock, by_holder=by_holder)
        return
    open_task(draft, of, "prove", clock)
    by_holder = by_holder and redirected_from is None
    _ball_to_debtor(draft, of, by_holder=by_holder, forced=command.forced_because is not None)


def _decide_after(draft: Draft, asked: Clock) -> None:
    """Let the time to decide begin when the proof is due, as often as a pause is allowed.

    After a takeover the ball may leave for a valid request and comes back by itself (C10);
    without this the decision would be due before the proof it waits for.
    """
    rules = draft.now.rules
    for clock in draft.case.clocks.alive(ClockKind.DECIDE, ClockKind.APPEAL_DECIDE):
        later = due(asked.due, rules.lengths[clock.kind], draft.now.calendar)
        if clock.running and clock.postponed < rules.pause_times and later.at > clock.due:
            draft.add(
                ClockPostponed(
                    clock=clock.clock,
                    due=later.at,
                    because="proof-asked",
                    provisional=later.provisional,
                    counted_from=asked.due,
                )
            )


def _moves_ball(draft: Draft, command: AskProof) -> bool:
    """Tell whether the ball goes with the ask: its holder's, or a supervisor's of the house.

    What is forced is no valid request: the consumer gets no ball for it (C7), nor does it leave
    a house that must decide (C10). Where a house assesses nothing, no request is ever valid, and
    the ball went to whoever was asked.
    """
    forced = command.forced_because is not None and draft.now.rules.assesses
    if forced and (command.of == CONSUMER or must_decide(draft)):
        return False
    holder = draft.case.custody.holder
    over = draft.by.role is Role.SUPERVISOR and holder is not None and holder.party == HOUSE
    return over or holds(draft)


def _ball_to_consumer(draft: Draft, command: AskProof, clock: Clock, *, by_holder: bool) -> None:
    """Let the consumer have the ball of a holder who asked; a forced ask rests nothing."""
    if draft.case.clocks.alive(ClockKind.TAKE_UP) and by_holder:
        draft.stop_kinds("taken-up", ClockKind.TAKE_UP)
        ensure_house_clock(draft)
    if command.forced_because is None:
        pause_clocks(draft, draft.case.requests.open_with(CONSUMER)[-1].request)
    if by_holder:
        to = Holder(party=CONSUMER)
        move(draft, to, How.CONSUMER, reason="asked", expected="answer", clock=clock)


def _ball_to_debtor(draft: Draft, of: PartyId, *, by_holder: bool, forced: bool) -> None:
    """Give the one debtor the ball; with several the owner's desk has it (C8).

    A redirect is a roll: the published rule moves the ball, not its holder (R3).
    """
    holder = draft.case.custody.holder
    if forced and must_decide(draft):
        return
    if draft.case.tasks.debtors != (of,) or (holder and holder.party == CONSUMER):
        place_beside_consumer(draft, "several-tasks")
        return
    draft.stop_kinds("asked", ClockKind.TAKE_UP, ClockKind.HANDLE)
    task = draft.case.tasks.of(of)
    move(
        draft,
        Holder(party=of),
        by_hand(draft) if by_holder and draft.by.party == HOUSE else How.ROLL,
        reason="asked",
        expected=task.expected if task else "prove",
        clock=draft.case.clocks.every[task.clock] if task else None,
        named=named(draft.case, draft.now, of),
    )


def answer_request(draft: Draft, command: AnswerRequest) -> None:
    """Answer with an item of a listed kind; words alone leave a respondent's clock running."""
    need_open(draft)
    request = draft.case.requests.every.get(command.request)
    if request is None or request.of != draft.by.party:
        raise NotAllowed("no-such-request")
    need_items(draft, command.evidence)
    items = draft.case.evidence.every
    listed = tuple(e for e in command.evidence if items[e].kind in request.kinds)
    if request.end is not None:
        _answer_late(draft, command, request)
        return
    say(draft, command.text)
    if listed:
        for item in listed:
            if request.fact not in items[item].accepted_for:
                draft.add(ProofAccepted(evidence=item, fact=request.fact, kind=items[item].kind))
        end_request(draft, request, RequestEnd.ANSWERED, command.evidence)
    elif request.of == CONSUMER:
        if not command.evidence and command.text is None:
            raise NotAllowed("nothing-delivered")
        end_request(draft, request, RequestEnd.WITHOUT_PROOF, command.evidence)
    elif not command.evidence and command.text is None:
        raise NotAllowed("nothing-delivered")


def end_request(
    draft: Draft,
    request: Request,
    end: RequestEnd,
    evidence: tuple[EvidenceId, ...] = (),
) -> None:
    """End a request, its clock and its task, and let the ball return by itself."""
    draft.add(RequestEnded(request=request.request, end=end, evidence=evidence))
    draft.stop(f"request-{end}", request.clock)
    if request.of == CONSUMER:
        if not draft.case.requests.open_with(CONSUMER):
            resume_clocks(draft)
            back_from_consumer(draft, f"request-{end}", asked_by=request.returns_to)
        return
    task = draft.case.tasks.under(request.clock)
    if task is not None:
        end_task(draft, task, TaskEnd.DONE, f"request-{end}")
    place_beside_consumer(draft, f"request-{end}")


def settled(draft: Draft, fact: FactKey) -> None:
    """Let the requests for a fact fall away once it is settled (R2)."""
    if not draft.case.facts.standing(fact).settled:
        return
    for request in draft.case.requests.open:
        if request.fact == fact:
            end_request(draft, request, RequestEnd.MOOT)


def _answer_late(draft: Draft, command: AnswerRequest, request: Request) -> None:
    """Reverse the lapse of a request that was answered in time but recorded late."""
    clock = draft.case.clocks.every[request.clock]
    in_time = draft.received_at < clock.due
    if request.end is not RequestEnd.SILENT or clock.state is not Running.LAPSED or not in_time:
        raise NotAllowed("request-ended", end=request.end)
    items = draft.case.evidence.every
    listed = tuple(e for e in command.evidence if items[e].kind in request.kinds)
    in_words = request.of == CONSUMER and (command.evidence or command.text is not None)
    if not listed and not in_words:
        raise NotAllowed("request-ended", end=request.end)
    draft.add(LapseReversed(clock=clock.clock, kind=clock.kind, because="received-in-time"))
    draft.stop("received-in-time", clock.clock)
    fact = draft.case.facts.every.get(request.fact)
    if fact is not None and fact.standing is Standing.PRESUMED:
        draft.add(
            FactStood(fact=fact.fact, standing=Standing.ALLEGED, value=fact.value, by=CONSUMER)
        )
    say(draft, command.text)
    for item in listed:
        draft.add(ProofAccepted(evidence=item, fact=request.fact, kind=items[item].kind))
    end = RequestEnd.ANSWERED if listed else RequestEnd.WITHOUT_PROOF
    draft.add(RequestEnded(request=request.request, end=end, evidence=command.evidence))
