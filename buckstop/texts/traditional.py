"""Write the traditional Chinese catalogues from the simplified ones.

Characters only, in the forms read today (為, 裡, 才); the words stay those of the mainland.
Run `python -m buckstop.texts.traditional` after editing a `.zh-hans.toml` file.
"""

from collections.abc import Iterator
from pathlib import Path

from opencc import OpenCC

CATALOGUE = Path(__file__).parent / "catalogue"
_NOTE = "# Written by `python -m buckstop.texts.traditional` from the simplified catalogue.\n"

_CONVERTER = OpenCC("s2tw")
_MISREAD = {
    "髮卡": "發卡",
    "沒有采取": "沒有採取",
    "平臺": "平台",
    "臺賬": "台賬",
    "服務檯": "服務台",
}
"""What the converter gets wrong, as with who issues a card for a hairpin, or makes stiff."""


def traditional(text: str) -> str:
    """Write a simplified text in traditional characters."""
    converted = str(_CONVERTER.convert(text))
    for wrong, right in _MISREAD.items():
        converted = converted.replace(wrong, right)
    return converted


def written(folder: Path) -> Iterator[tuple[Path, str]]:
    """Give each traditional file with the text that it ought to have."""
    for simplified in sorted(folder.glob("*.zh-hans.toml")):
        area = simplified.name.removesuffix(".zh-hans.toml")
        text = traditional(simplified.read_text("utf-8"))
        yield folder / f"{area}.zh-hant.toml", _NOTE + text


if __name__ == "__main__":
    for path, text in written(CATALOGUE):
        path.write_text(text, encoding="utf-8")
