"""One line of the table, and the table."""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.reference import CLIENTS, References


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """What was measured, at which size, and what it should reach.

    `beside` names the references that the figure is shown against: "a" is with one client,
    "a8" with eight, "c of Django" the trivial page as a view of Django's. A row without a
    figure was not measured.
    """

    work: str
    size: str = ""
    figure: float | None = None
    unit: str = ""
    beside: tuple[str, ...] = ()
    reach: str = ""


def shown(row: Row) -> str:
    """Write the figure, with no more digits than it deserves."""
    if row.figure is None:
        return "not measured"
    digits = 0 if row.figure >= 100 else 1 if row.figure >= 10 else 2  # noqa: PLR2004 - three digits
    return f"{row.figure:,.{digits}f} {row.unit}"


def against(row: Row, references: References) -> dict[str, float]:
    """Divide each reference by the figure: how many of it one of ours takes."""
    known = {
        "a": references.a[1],
        "a8": references.a[CLIENTS],
        "c": references.c,
        "c of Django": references.django,
    }
    return {name: known[name] / row.figure for name in row.beside if row.figure}


def table(rows: Sequence[Row], references: References) -> str:
    """Write the table as people read it, which is also Markdown."""
    lines: list[tuple[str, ...]] = [("work", "size", "figure", "beside", "should reach")]
    for row in rows:
        beside = "; ".join(
            f"1/{many:,.0f} of ({name})" for name, many in against(row, references).items()
        )
        lines.append((row.work, row.size, shown(row), beside, row.reach))
    widths = [max(len(line[at]) for line in lines) for at in range(len(lines[0]))]
    lines.insert(1, tuple("-" * width for width in widths))
    return "\n".join(
        f"| {' | '.join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))} |"
        for line in lines
    )
