"""What `buckstop story` prints."""

import json

import pytest

from buckstop.texts import Language, say
from stories.__main__ import main
from stories.book import BOOK

ASKED = {
    *("case", "events", "open", "outcome", "holder", "owner", "kicks", "passes", "takeovers"),
    *("promises_kept", "promises_broken", "requests_rejected", "reasks", "lapses", "contacts"),
    "index",
}


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run the command and read what it prints."""
    assert main(arguments) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("name", BOOK)
def test_json_is_one_object_or_a_list_of_runs(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said = json.loads(printed(capsys, name, "--json"))
    runs = said if isinstance(said, list) else [said]
    assert all(set(run) >= ASKED for run in runs)
    assert all(set(run["contacts"]) >= {"consumer", "desk", "matched"} for run in runs)
    assert [run.get("run", "") for run in runs] == [run.name for run in BOOK[name].runs]


@pytest.mark.parametrize("name", BOOK)
def test_words_tell_path_clocks_index_and_what_is_not_there_yet(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said = printed(capsys, name)
    for part in ("经过", "球的走法", "应得", "时限", "承诺", "沟通", "推诿指数", "结果"):
        assert f"— {part} —" in said
    assert "还没有：" in said
    assert "（已删除）" not in said


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", BOOK)
def test_a_story_is_told_in_every_language(
    name: str, language: Language, capsys: pytest.CaptureFixture[str]
) -> None:
    said = printed(capsys, name, "--language", language)
    assert say(f"story.title.{name}", language) in said
    assert say("story.section.path", language) in said


def test_what_people_said_stays_as_they_said_it(capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(capsys, "ball-game", "--language", "en")
    assert "许澄 (service desk)  ball → 木羽家居: 在等店家反馈" in said
    assert "kick 1, 在等店家反馈" in said


def test_the_second_run_says_that_it_was_moved(capsys: pytest.CaptureFixture[str]) -> None:
    assert "搬到 2025 年 5 月 1 日以后" in printed(capsys, "fuel-card")


def test_an_offer_below_the_entitlement_is_said_to_be(capsys: pytest.CaptureFixture[str]) -> None:
    assert "方案“退款 1,500 元”低于应得" in printed(capsys, "fuel-card")


def test_an_unknown_name_lists_the_stories(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(("hundred-calls",))
    listed = capsys.readouterr().err
    assert all(name in listed for name in BOOK)


def test_money_that_comes_with_a_repair_is_not_its_price(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "青屿数码店：修好，另付 36 元，确认收到" in printed(capsys, "phone-warranty")


def test_a_clock_that_nobody_set_names_no_day(capsys: pytest.CaptureFixture[str]) -> None:
    before, _ = printed(capsys, "fuel-card").split("══ 第二遍")
    assert "客服一线：答复，这家机构没有规定最迟什么时候" in before
    assert "2026-" not in before


def test_who_gave_up_and_came_back_is_still_told_to_have_given_up(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "曾结案：消费者撤回（太累），计为放弃；后来恢复办理" in printed(capsys, "gave-up")


@pytest.mark.parametrize("name", BOOK)
def test_terms_and_parties_of_the_index_add_up_to_its_points(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said = json.loads(printed(capsys, name, "--json"))
    for run in said if isinstance(said, list) else [said]:
        points = sum(run["index_terms"].values())
        assert sum(run["index_parties"].values()) == points
        assert run["index"] == int(100 * points / (points + 4) + 0.5)
