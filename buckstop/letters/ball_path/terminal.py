"""The ball path in a terminal: lanes side by side, one row a move, Chinese counted as two."""

import unicodedata

from buckstop.letters.ball_path.lettering import clean, clusters
from buckstop.letters.ball_path.picture import Came, Picture
from buckstop.letters.ball_path.told import Told, text_version

COLUMN_MOST = 13
COLUMNS_ROOM = 66
COLUMN_LEAST = 3
CORNERS = {(True, True): "╮", (True, False): "╭", (False, True): "╯", (False, False): "╰"}
"""By whether the corner is the receiver's, and whether the move goes right."""
LINES = {Came.IDLE: "╌", Came.RULE: "┄", Came.TAKEOVER: "═"}


def cells_of(text: str) -> int:
    """Tell how many cells a terminal gives a text."""
    return sum(
        1 + (unicodedata.east_asian_width(cluster[0]) in "WF") for cluster in clusters(text)
    )


def padded(text: str, cells: int) -> str:
    """Cut or fill a text to exactly `cells`."""
    kept = ""
    for cluster in clusters(text):
        if cells_of(kept + cluster) > cells:
            break
        kept += cluster
    return kept + " " * (cells - cells_of(kept))


def terminal(picture: Picture) -> str:
    """Draw the ball path as plain text: a column for every lane, a line or two for every hold."""
    column = max(COLUMN_LEAST, min(COLUMN_MOST, COLUMNS_ROOM // len(picture.lanes)))
    names = (padded(clean(lane.short) or clean(lane.name), column - 1) for lane in picture.lanes)
    rows = [clean(picture.title), "", " ".join(names).rstrip()]
    for i, told in enumerate(text_version(picture)):
        rows += [
            f"{_move(picture, i, column)}  {_said(picture, told)}".rstrip(),
            f"{_stay(picture, i, column)}  {told.length}".rstrip(),
        ]
    end = picture.words.moment_of(picture.local(picture.end))
    word = picture.words.closed if picture.closed else picture.words.now
    mark = "✓" if picture.closed else "●"
    rows.append(f"{_cells(picture, column, {picture.holds[-1].lane: mark})}  {end} {word}")
    return "\n".join(rows) + "\n"


def _said(picture: Picture, told: Told) -> str:
    return picture.words.comma.join(part for part in (told.when, told.how, told.note) if part)


def _cells(picture: Picture, column: int, marks: dict[int, str]) -> str:
    cells = (marks.get(n, "·").ljust(column) for n in range(len(picture.lanes)))
    return "".join(cells)[: 1 - column]


def _stay(picture: Picture, i: int, column: int) -> str:
    hold = picture.holds[i]
    mark = "║" if hold.came is Came.TAKEOVER else "│"
    return _cells(picture, column, {hold.lane: "✗" if hold.lapsed else mark})


def _move(picture: Picture, i: int, column: int) -> str:
    hold = picture.holds[i]
    if i == 0 or picture.holds[i - 1].lane == hold.lane:
        return _cells(picture, column, {hold.lane: "○" if i == 0 else "│"})
    source = picture.holds[i - 1].lane
    right = hold.lane > source
    low, high = sorted((source, hold.lane))
    row = list(_cells(picture, column, {}))
    row[low * column : high * column] = LINES.get(hold.came, "─") * ((high - low) * column)
    row[source * column] = CORNERS[False, not right]
    row[hold.lane * column] = CORNERS[True, right]
    kick = picture.kick_numbers()[i]
    if kick is not None:
        middle = (low + high) * column // 2
        number = f"{kick}"
        row[middle : middle + len(number)] = number
    return "".join(row)
