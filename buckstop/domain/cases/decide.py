"""The table of contents of the rules: which rule answers which command."""

from collections.abc import Callable, Mapping
from typing import Any

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.now import Now
from buckstop.domain.cases.rules import (
    closing,
    codes,
    contacts,
    custody,
    decisions,
    facts,
    fulfilment,
    joining,
    lapses,
    notices,
    offers,
    opening,
    promises,
    reach,
    refusals,
    requests,
    spans,
    standing,
    statutory,
    timeliness,
)
from buckstop.domain.cases.rules.draft import Draft
from buckstop.domain.cases.state.case import Case
from buckstop.domain.cases.state.clocks import Clock
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Event
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CLOCKWORK

RULES: Mapping[type[ask.Command], Callable[[Draft, Any], None]] = {
    ask.OpenCase: opening.open_case,
    ask.JoinParty: opening.join_party,
    ask.GiveContact: reach.give_contact,
    ask.ChangeOwner: opening.change_owner,
    ask.TakeUp: opening.take_up,
    ask.PassBall: custody.pass_ball,
    ask.AssignTask: custody.assign_task,
    ask.DeliverTask: custody.deliver_task,
    ask.BounceBall: custody.bounce_ball,
    ask.AskTakeover: custody.ask_takeover,
    ask.TakeOver: custody.take_over_by_hand,
    ask.RefuseTakeover: custody.refuse_takeover,
    ask.Urge: custody.urge,
    ask.StateFact: standing.state_fact,
    ask.SubmitEvidence: facts.submit_evidence,
    ask.AcceptProof: facts.accept_proof,
    ask.SendMessage: facts.send_message,
    ask.WriteNote: facts.write_note,
    ask.CorrectInformation: facts.correct_information,
    ask.AskProof: requests.ask_proof,
    ask.AnswerRequest: requests.answer_request,
    ask.Promise: promises.promise,
    ask.KeepPromise: promises.keep_promise,
    ask.RetractAcknowledgement: promises.retract_acknowledgement,
    ask.RecordOtherSide: promises.record_other_side,
    ask.ContradictRecord: promises.contradict_record,
    ask.LogContact: contacts.log_contact,
    ask.ClaimContacts: contacts.claim_contacts,
    ask.AgreeClaim: refusals.agree_claim,
    ask.Refuse: refusals.refuse,
    ask.MakeOffer: offers.make_offer,
    ask.AcceptOffer: offers.accept_offer,
    ask.RejectOffer: offers.reject_offer,
    ask.WithdrawOffer: offers.withdraw_offer,
    ask.ProveFulfilment: fulfilment.prove_fulfilment,
    ask.ConfirmFulfilment: fulfilment.confirm_fulfilment,
    ask.DisputeFulfilment: fulfilment.dispute_fulfilment,
    ask.FreezeRecord: decisions.freeze_record,
    ask.ProposeDecision: decisions.propose_decision,
    ask.SignDecision: decisions.sign_decision,
    ask.SendBackDecision: decisions.send_back_decision,
    ask.Appeal: decisions.appeal,
    ask.Withdraw: closing.withdraw,
    ask.Reopen: closing.reopen,
    ask.CloseUnreachable: closing.close_unreachable,
    ask.HandOver: closing.hand_over,
    ask.RecordOutsideResult: closing.record_outside_result,
    ask.JoinInto: joining.join_into,
    ask.Absorb: joining.absorb,
    ask.UndoJoin: joining.undo_join,
    ask.LinkCase: joining.link_case,
    ask.RecordNotice: notices.record_notice,
    ask.RederiveClocks: notices.rederive_clocks,
}
"""Every command and the one rule that answers it."""


def decide(case: Case, command: ask.Command, now: Now) -> tuple[Event, ...]:
    """Answer a command with the facts that follow from it.

    Lapses due by now must have been applied before. Raises NotAllowed.
    """
    if case.seq == 0 and not isinstance(command, ask.OpenCase):
        raise NotAllowed("no-case")
    codes.need_codes(command)
    spans.need_span(command, now.rules)
    draft = Draft(case, now, command.by, command.received_at)
    if timeliness.reverse_if_in_time(draft, command):
        RULES[type(command)](draft, command)
        if not timeliness.answered(draft):
            draft = Draft(case, now, command.by, command.received_at)
            RULES[type(command)](draft, command)
    else:
        RULES[type(command)](draft, command)
    promises.kept_by(draft, tuple(draft.events))
    return _finished(draft, case)


def next_lapse(case: Case, now: Now) -> Clock | None:
    """Find the clock whose lapse must be applied next, if one is due by now."""
    return lapses.next_lapse(case, now)


def lapse(case: Case, clock: Clock, now: Now) -> tuple[Event, ...]:
    """Answer a clock that has run out with its one consequence, as one batch (K6)."""
    draft = Draft(case, now, CLOCKWORK)
    lapses.lapse(draft, clock)
    return _finished(draft, case)


def _finished(draft: Draft, before: Case) -> tuple[Event, ...]:
    custody.thresholds(draft, before.custody)
    if draft.case.open:
        statutory.start_due(draft)
        check(draft.case)
    return tuple(draft.events)


def check(case: Case) -> None:
    """Hold the first invariant: an open case has a holder, an owner and a running clock.

    Raises AssertionError where a rule broke it, so that nothing of the kind is ever recorded.
    """
    custody_now = case.custody
    if custody_now.holder is None or custody_now.owner is None:
        msg = "an open case without a holder or an owner"
        raise AssertionError(msg)
    if not any(c.kind is not ClockKind.STATUTORY for c in case.clocks.running):
        msg = "an open case without a running clock"
        raise AssertionError(msg)
