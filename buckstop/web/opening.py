"""Making a complaint a case: everything that was told, in one command, and its secret."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from buckstop.domain.cases.commands import Alleged, NewParty, OpenCase, SubmitEvidence
from buckstop.domain.law.facts import RETURN_ASKED_ON
from buckstop.domain.words.calendar import local_day
from buckstop.domain.words.event import Channel, Sealed
from buckstop.domain.words.ids import CaseId, FactKey, PartyId, PersonId, ProofKind
from buckstop.domain.words.money import Fen
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER, Actor, PartyRole, Role
from buckstop.domain.words.purchase import Goods, Problem, Purchase, Remedy, RemedyKind
from buckstop.records.cases import queries
from buckstop.records.cases.handle import case_id_of, handle, open_case
from buckstop.records.cases.joining import join_if_certain
from buckstop.records.houses import queries as houses
from buckstop.records.log.isolation import HouseId
from buckstop.records.people import access
from buckstop.records.people import queries as people
from buckstop.records.people.access import Capacity
from buckstop.records.people.links import give_secret
from buckstop.records.people.vault import seal_all
from buckstop.web.kept import Kept
from buckstop.web.language import said, t

SHOP = PartyId("merchant")
_BY = Actor(role=Role.CONSUMER, party=CONSUMER)

_ALLEGED: Mapping[Problem, str] = {
    Problem.MALFUNCTION: "malfunction",
    Problem.REPAIR_DRAGGING: "malfunction",
    Problem.MISSING_PART: "part-missing",
    Problem.WRONG_DESCRIPTION: "differs-from-listing",
    Problem.NOT_SHIPPED: "not-received",
    Problem.NOT_RECEIVED: "not-received",
    Problem.COURIER_DAMAGE: "damaged-on-arrival",
    Problem.REFUND_NOT_RECEIVED: "refund-not-received",
    Problem.CHARGED_WRONGLY: "not-consented",
    Problem.RENEWAL_UNASKED: "not-consented",
}
"""The fact that a kind of problem states by itself."""

_GIVES_BACK = frozenset({RemedyKind.REFUND, RemedyKind.RETURN, RemedyKind.EXCHANGE})
"""What is asked for in time or never: waiting for an answer must not cost the right."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """A complaint as it was told, checked by its forms."""

    key: str
    story: str
    order: Mapping[str, Any]
    problem: Problem
    remedy: RemedyKind
    amount: Fen | None
    name: str
    contact: str
    files: tuple[Kept, ...]


def open_complaint(house: HouseId, told: Told) -> tuple[str, str]:
    """Open the case, once; give its number and the secret that opens it to its consumer."""
    case = case_id_of(house, channel=Channel.WEB, key=told.key)
    sealed = _sealed(case, told)
    owner, deputy = _owner_and_deputy()
    opened = open_case(
        house,
        OpenCase(
            by=_BY,
            key=told.key,
            number="",
            owner=owner,
            deputy=deputy,
            problem=told.problem,
            purchase=_purchase(told, sealed),
            demand=Remedy(kind=told.remedy, amount=told.amount or Fen(0)),
            title=sealed["title"],
            story=sealed["story"],
            consumer=_consumer(told, sealed),
            respondents=(_shop(told, sealed),),
            alleged=_alleged(told, local_day(queries.time_of(house))),
        ),
    )
    for number, file in enumerate(told.files):
        handle(opened, _submitted(told, number, file))
    join_if_certain(house, opened)
    called = queries.number_of(opened, access.consumer(house, opened))
    return called, give_secret(house, opened, CONSUMER, called, seed=told.key)


def _owner_and_deputy() -> tuple[PersonId, PersonId | None]:
    """Make the desk's lead answerable, with a colleague of the same desk beside."""
    agents = [c for c in people.colleagues() if c.capacity is Capacity.AGENT]
    leads = [desk.lead for desk in houses.desks() if desk.lead is not None]
    owner = next((lead for lead in leads if any(a.person == lead for a in agents)), None)
    if owner is None:
        if not agents:
            raise NotAllowed("nobody-at-the-desk")
        owner = agents[0].person
    return owner, next((a.person for a in agents if a.person != owner), None)


def _sealed(case: CaseId, told: Told) -> Mapping[str, Sealed]:
    """Put every text of the complaint into the vault, by what it is."""
    order = told.order
    reach = (str(order["shop_mail"] or ""), str(order["shop_phone"] or ""))
    texts = {
        "title": _title(told),
        "story": told.story,
        "item": str(order["item"]),
        "name": told.name,
        "contact": told.contact,
        "shop": str(order["shop"]),
    }
    if any(reach):
        texts["shop_address"] = " ".join(part for part in reach if part)
    if order.get("order_no"):
        texts["order_no"] = str(order["order_no"])
    return dict(zip(texts, seal_all(case, texts.values()), strict=True))


def _title(told: Told) -> str:
    problem = said(f"cases.problem.{told.problem}")
    return t("{item}：{problem}", item=str(told.order["item"])[:40], problem=problem)


def _purchase(told: Told, sealed: Mapping[str, Sealed]) -> Purchase:
    order = told.order
    return Purchase(
        goods=Goods(str(order["goods"])),
        price=order["price"],
        ordered_on=order["ordered_on"],
        received_on=order["received_on"],
        discovered_on=order["discovered_on"],
        order_no=sealed.get("order_no"),
        item=sealed["item"],
    )


def _consumer(told: Told, sealed: Mapping[str, Sealed]) -> NewParty:
    via = Channel.MAIL if "@" in told.contact else Channel.PHONE
    return NewParty(
        party=CONSUMER,
        role=PartyRole.CONSUMER,
        name=sealed["name"],
        reach=(via,),
        address=sealed["contact"],
    )


def _shop(told: Told, sealed: Mapping[str, Sealed]) -> NewParty:
    mail, phone = str(told.order["shop_mail"] or ""), str(told.order["shop_phone"] or "")
    reach = [way for way, known in ((Channel.MAIL, mail), (Channel.PHONE, phone)) if known]
    return NewParty(
        party=SHOP,
        role=PartyRole.MERCHANT,
        name=sealed["shop"],
        reach=tuple(reach),
        address=sealed.get("shop_address"),
    )


def _alleged(told: Told, on: date) -> tuple[Alleged, ...]:
    """Say what the complaint states by itself; a wish to give it back counts from this day."""
    fact = _ALLEGED.get(told.problem)
    stated = [Alleged(fact=FactKey(fact))] if fact else []
    if told.remedy in _GIVES_BACK and told.problem is not Problem.REFUND_NOT_RECEIVED:
        stated.append(Alleged(fact=RETURN_ASKED_ON, value=on.isoformat()))
    return tuple(stated)


def _submitted(told: Told, number: int, file: Kept) -> SubmitEvidence:
    return SubmitEvidence(
        by=_BY,
        key=f"{told.key}:file-{number}",
        kind=ProofKind("chat-record"),
        name=file.name,
        media_type=file.media_type,
        size=int(file.size),
        sha256=file.sha256,
        sm3=file.sm3,
    )
