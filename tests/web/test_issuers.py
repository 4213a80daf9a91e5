"""Proof of a ground is handed in with who issued it."""

import pytest

from buckstop.domain.cases.events import EvidenceSubmitted
from buckstop.domain.words.party import PartyRole
from buckstop.records.log import store
from buckstop.records.log.isolation import inside
from tests.web.given import at_desk, by_link, house, opened_complaint, picture, post, text_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("issuer", "supported"), [("courier", False), ("", True)])
def test_a_proof_supports_only_from_who_may_issue_it(*, issuer: str, supported: bool) -> None:
    here = house()
    opened = opened_complaint(here)
    desk = at_desk(here, "zhouning")
    post(desk, f"/cases/{opened.number}/take-up")
    said = {"to": "merchant", "expected": "respond", "sentence": "请店家三天内答复。"}
    post(desk, f"/cases/{opened.number}/pass", **said)
    merchant, _ = by_link(opened)
    url = f"/answer/{opened.number}/merchant"
    assert 'name="issuer-complete-packing-record"' in text_of(merchant.get(url))

    proof = {
        "issuer-complete-packing-record": issuer,
        "proof-complete-packing-record": picture("打包.png"),
    }
    post(merchant, url, answer="refuse", ground="complete", go="send", **proof)

    (refusal,) = opened.page().refusals
    assert refusal.supported is supported


def test_an_item_handed_in_beside_an_answer_says_who_issued_it() -> None:
    here = house()
    opened = opened_complaint(here)
    desk = at_desk(here, "zhouning")
    post(desk, f"/cases/{opened.number}/take-up")
    said = {"to": "merchant", "expected": "respond", "sentence": "请店家三天内答复。"}
    post(desk, f"/cases/{opened.number}/pass", **said)
    merchant, _ = by_link(opened)
    url = f"/answer/{opened.number}/merchant"
    assert 'name="issuer"' in text_of(merchant.get(url))

    told = {"kind": "delivery-record", "issuer": "courier", "files": picture("签收.png")}
    post(merchant, f"{url}/evidence", **told)

    with inside(here.house):
        events = [entry.event for entry in store.read(store.head(opened.case))]
    (item,) = [event for event in events if isinstance(event, EvidenceSubmitted)]
    assert (item.kind, item.issuer) == ("delivery-record", PartyRole.COURIER)
