"""An operator can ask whether the log is what was written."""

import pytest

from buckstop.cli import verify
from buckstop.records.cases.queries import case_page
from buckstop.records.log.isolation import inside
from tests.records.cases.builders import Cast, a_case, house
from tests.records.log.test_verify import forger

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast() -> Cast:
    return house(slug="fair")


def test_an_untouched_log_is_whole(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    a_case(cast)
    a_case(cast)
    assert verify.main([]) == 0
    assert capsys.readouterr().out.startswith("2 cases, ")


def test_a_changed_entry_is_named_and_the_exit_code_says_so(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    case, sound = a_case(cast), a_case(cast)
    with forger(cast.house) as owner:
        owner.execute(
            "UPDATE log_entry SET body = body || ' ' WHERE seq = 2 AND case_id = %s", [case]
        )
    with inside(cast.house):
        number = case_page(sound, cast.agent_looks).number
    assert verify.main(["fair"]) == 1
    assert f"{case} entry 2: leaf-differs" in capsys.readouterr().out
    assert verify.main([number.lower()]) == 0
    assert "1 cases" in capsys.readouterr().out


@pytest.mark.parametrize("word", ["nowhere", "H-2026-1109-000000", ""])
def test_what_is_not_there_is_told(
    cast: Cast, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cast.house
    with pytest.raises(SystemExit):
        verify.main([word])
    assert f"no such house or case: {word}" in capsys.readouterr().err
