"""What everybody can try with a case, by their role: whether it is allowed is seen by trying."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.now import Now
from buckstop.domain.cases.state.case import Case
from buckstop.domain.words.party import Actor, Role
from buckstop.records.cases.probes import Probe

type _Build = Callable[[Probe], ask.Command]

_BOTH: tuple[_Build, ...] = (
    Probe.send_message,
    Probe.submit_evidence,
    Probe.urge,
    Probe.make_offer,
    Probe.accept_offer,
    Probe.reject_offer,
    Probe.withdraw_offer,
    Probe.answer_request,
    Probe.state_fact,
    Probe.keep_promise,
    Probe.appeal,
    Probe.give_contact,
)
_CONSUMER: tuple[_Build, ...] = (
    *_BOTH,
    Probe.log_contact,
    Probe.claim_contacts,
    Probe.record_other_side,
    Probe.ask_takeover,
    Probe.confirm_fulfilment,
    Probe.dispute_fulfilment,
    Probe.withdraw,
    Probe.reopen,
    Probe.record_outside_result,
)
_RESPONDENT: tuple[_Build, ...] = (
    *_BOTH,
    Probe.agree_claim,
    Probe.refuse,
    Probe.bounce_ball,
    Probe.deliver_task,
    Probe.promise,
    Probe.contradict_record,
    Probe.prove_fulfilment,
    Probe.ask_proof,
)
_AGENT: tuple[_Build, ...] = (
    Probe.send_message,
    Probe.write_note,
    Probe.submit_evidence,
    Probe.urge,
    Probe.take_up,
    Probe.bounce_ball,
    Probe.make_offer,
    Probe.withdraw_offer,
    Probe.assign_task,
    Probe.ask_proof,
    Probe.state_fact,
    Probe.accept_proof,
    Probe.promise,
    Probe.keep_promise,
    Probe.contradict_record,
    Probe.correct_information,
    Probe.log_contact,
    Probe.prove_fulfilment,
    Probe.change_owner,
    Probe.join_party,
    Probe.give_contact,
    Probe.freeze_record,
    Probe.propose_decision,
    Probe.sign_decision,
    Probe.send_back_decision,
    Probe.close_unreachable,
    Probe.reopen,
    Probe.take_over,
    Probe.refuse_takeover,
    Probe.force_proof,
    Probe.retract_acknowledgement,
    Probe.hand_over,
    Probe.record_outside_result,
)
_PROBES: Mapping[Role, tuple[_Build, ...]] = MappingProxyType(
    {
        Role.CONSUMER: _CONSUMER,
        Role.RESPONDENT: _RESPONDENT,
        Role.AGENT: _AGENT,
        Role.SUPERVISOR: _AGENT,
    }
)
"""What each can try; an agent sees the supervisor's acts too, with why not."""


def probes_of(case: Case, by: Actor, now: Now) -> Mapping[str, ask.Command]:
    """Build a command for everything that the actor could try, by its verb: `accept-offer`."""
    probe = Probe(case, by, now)
    return {build.__name__.replace("_", "-"): build(probe) for build in _PROBES[by.role]}
