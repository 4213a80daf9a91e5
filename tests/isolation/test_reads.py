"""Every read of personal data leaves a trace, which a supervisor can see and nobody can delete."""

import pytest
from pytest_django.fixtures import Settings

from buckstop.cli import verify
from buckstop.records.log.isolation import inside
from buckstop.records.people.models import PersonalText, ReadTrace
from buckstop.records.people.traces import PAGE, leave_trace
from buckstop.records.people.vault import erase
from buckstop.web.sights.reads import DONE
from tests.isolation.visitors import (
    TOLD,
    Whole,
    a_whole_case,
    addresses,
    another_complaint,
    ask,
    filled,
    insider,
)
from tests.web.browsing import Browser
from tests.web.kit import a_house

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole(settings: Settings) -> Whole:
    fair = a_house()
    settings.HOUSE = fair.slug
    return a_whole_case(fair)


def traces(whole: Whole) -> list[ReadTrace]:
    with inside(whole.scene.fair.house):
        return list(ReadTrace.objects.order_by("id"))


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_address_shows_a_word_of_a_case_without_a_trace_of_who_saw_it(
    whole: Whole, method: str
) -> None:
    case, shown = whole.scene.fair.case(whole.scene.number), 0
    for one in addresses():
        client, capacity = insider(whole, one)
        before = len(traces(whole))
        answer = ask(client, method, filled(one, number=whole.scene.number, digest=whole.digest))
        new = traces(whole)[before:]
        if answer.betrays():
            shown += 1
            assert {trace.capacity for trace in new} == {capacity}, one.name
            assert any(case in trace.cases for trace in new), one.name
    assert shown > 20


def test_looking_into_lists_and_searching_leave_a_trace_of_every_case_in_them(
    whole: Whole,
) -> None:
    scene = whole.scene
    _, other = another_complaint(scene.fair)
    cases = {number: scene.fair.case(number) for number in (scene.number, other)}
    for address, purpose in (("/queue?filter=all", "queue"), (f"/queue?find={other}", "search")):
        before = len(traces(whole))
        page = scene.agent.get(address)
        new = [trace for trace in traces(whole)[before:] if trace.purpose == purpose]
        assert {str(trace.person) for trace in new} == {scene.fair.agent}
        shown = {case for number, case in cases.items() if f"/cases/{number}" in page.html}
        assert cases[other] in shown
        assert {case for trace in new for case in trace.cases} >= shown


def test_a_file_whose_name_was_erased_is_still_traced(whole: Whole) -> None:
    address = f"{whole.scene.desk}/files/{whole.digest}"
    with inside(whole.scene.fair.house):
        for text in PersonalText.objects.all():
            erase(str(text.ref))
    assert ask(whole.scene.agent.client, "get", address).status == 200
    trace = traces(whole)[-1]
    assert (trace.purpose, trace.about) == ("file", whole.digest)
    assert str(trace.person) == whole.scene.fair.agent


def test_a_supervisor_sees_who_read_what_when(whole: Whole) -> None:
    scene = whole.scene
    scene.agent.get(f"{scene.desk}/files/{whole.digest}")
    page = scene.supervisor.get("/supervision/reads")
    assert page.status == 200
    for word in ("查阅记录", "安宁", "客服", "看案卷", "打开文件", whole.digest[:12],
                 "消费者", "被投诉的一方", scene.number, "登录"):  # fmt: skip
        assert word in page.text, word
    assert [word for word in TOLD if word in page.html] == []


def test_reads_are_found_by_case_and_by_person(whole: Whole) -> None:
    scene = whole.scene
    _, number = another_complaint(scene.fair)
    scene.agent.get(f"/cases/{number}")
    scene.supervisor.get(f"/cases/{number}")
    reads = "/supervision/reads"

    def who(query: str) -> set[str]:
        shown = scene.supervisor.get(f"{reads}?{query}").html.partition("<tbody>")[2]
        return {name for name in ("安宁", "梅青", "被投诉的一方") if name in shown}

    assert who(f"number={number}") == {"安宁", "梅青"}
    assert who(f"number={scene.number}") == {"安宁", "梅青", "被投诉的一方"}
    assert who(f"number={number}&person={scene.fair.agent}") == {"安宁"}
    assert who(f"person={scene.fair.supervisor}") == {"梅青"}
    wrong = scene.supervisor.get(f"{reads}?number=NO-SUCH")
    assert "没有这个案号" in wrong.text
    for typed in ("number=%00", "before=x", f"before={'9' * 40}", "person=x", "number=林晓禾"):
        assert scene.supervisor.get(f"{reads}?{typed}").status in {200, 404}, typed


def test_more_reads_than_fit_on_a_page_go_on_on_the_next(whole: Whole) -> None:
    fair, case = whole.scene.fair, whole.scene.fair.case(whole.scene.number)
    with inside(fair.house):
        for number in range(PAGE):
            leave_trace(fair.supervisor_looks, "file", [case], about=f"file{number:02}")
    first = whole.scene.supervisor.get("/supervision/reads?person=")
    more = next(tag["href"] for name, tag in first.read.tags if "before=" in tag.get("href", ""))
    second = whole.scene.supervisor.get(more)
    on_both = [f"file{number:02}" for number in range(PAGE)]
    assert [name for name in on_both if name in first.text and name in second.text] == []
    assert [name for name in on_both if name not in first.text + second.text] == []


def test_looking_at_the_reads_and_signing_in_are_traced_too(whole: Whole) -> None:
    scene = whole.scene
    scene.supervisor.get("/supervision/reads")
    assert traces(whole)[-1].purpose == "reads"
    scene.fair.browser_of("anna")
    assert traces(whole)[-1].purpose == "sign-in"
    assert str(traces(whole)[-1].person) == scene.fair.agent


def test_every_purpose_is_said_in_words(whole: Whole) -> None:
    for one in addresses():
        client, _ = insider(whole, one)
        ask(client, "get", filled(one, number=whole.scene.number, digest=whole.digest))
    whole.scene.agent.get(f"/queue?find={whole.scene.number}")
    used = {trace.purpose for trace in traces(whole)}
    assert {"case", "file", "queue", "search", "reads", "sign-in"} <= used
    assert used <= set(DONE)


def test_operators_are_shown_nothing_personal(
    whole: Whole, capsys: pytest.CaptureFixture[str]
) -> None:
    before = len(traces(whole))
    assert verify.main([whole.scene.number]) == 0
    said = capsys.readouterr()
    assert [word for word in TOLD if word in said.out + said.err] == []
    assert len(traces(whole)) == before


def test_what_is_typed_anew_by_a_stranger_leaves_no_trace_of_a_case(whole: Whole) -> None:
    before = len(traces(whole))
    Browser().get("/open")
    assert len(traces(whole)) == before
