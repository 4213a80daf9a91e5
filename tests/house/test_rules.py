"""What holds for every file that is kept."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAYERS = Path(sys.executable).with_name("lint-imports")

# Put together here, so that this file does not name what it looks for.
INDEX = re.compile("|".join(("index" + "-url", r"--extra-index", r"--find-links", "pypi" + r"\.")))
MACHINE = re.compile(r"(?<![\w.~$}])/(?:ro" + r"ot|wo" + r"rk|ho" + r"me/\w+)/\w")


def kept() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


def lines_with(pattern: re.Pattern[str], files: list[Path]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in files
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), start=1)
        if pattern.search(line)
    ]


def test_every_room_keeps_to_its_layer() -> None:
    done = subprocess.run([LAYERS], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_pins_carry_hashes_and_name_no_registry() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        text = path.read_text()
        pins = re.findall(r"^[\w.\[\]-]+==.*?(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
        assert pins
        assert all("--hash=sha256:" in pin for pin in pins)
        assert "http" not in text
        assert not lines_with(INDEX, [path])


def test_nothing_kept_names_a_folder_of_some_machine() -> None:
    assert not lines_with(MACHINE, kept())


@pytest.mark.parametrize(
    ("line", "is_found"),
    [
        ("cd /ro" + "ot/project", True),
        ("data = '/ho" + "me/li/data'", True),
        ("GET /wo" + "rk/7", True),
        ("see docs/wo" + "rk/notes", False),
        ("$HOME/.venv", False),
    ],
)
def test_folders_of_machines_are_told_from_others(line: str, *, is_found: bool) -> None:
    assert bool(MACHINE.search(line)) is is_found


def test_every_folder_says_what_lives_there() -> None:
    folders = {path.parent for path in kept() if path.suffix == ".py"} - {ROOT}
    silent = [
        str(folder.relative_to(ROOT))
        for folder in folders
        if not (folder / "__init__.py").exists()
        or not ast.get_docstring(ast.parse((folder / "__init__.py").read_text()))
    ]
    assert not silent
