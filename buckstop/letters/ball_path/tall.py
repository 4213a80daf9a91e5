"""The tall ball path, for phones: time down, one column a lane, a sentence beside every hold."""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from math import ceil, log2

from buckstop.letters.ball_path.badges import draw_badges
from buckstop.letters.ball_path.frame import Frame, scale
from buckstop.letters.ball_path.lettering import clean, fit, width_of, wrap
from buckstop.letters.ball_path.pen import Pen, Sheet, num, path, text
from buckstop.letters.ball_path.picture import Came, Lane, Picture
from buckstop.letters.ball_path.strokes import (
    draw_clock,
    draw_ends,
    draw_task,
    draw_track,
    rows_of_tasks,
)
from buckstop.letters.ball_path.told import length_of

WIDTH = 322
LEFT = 14
COLUMN_MOST = 42
COLUMNS_ROOM = 168
BESIDE = 30
"""From the last lane to the text."""
HEAD = 38
HEAD_ROW = 16
HEAD_APART = 38
LINE = 20
SAY_SIZE = 13
MOST_LINES = 4
MOST_TASK_LINES = 2
LENGTH_SIZE = 12
TASK_RING = 8
TASK_INDENT = 22
TIMES_TOO_FINE_DAYS = 100
"""Above this length of case, hours and minutes are left out."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """The text beside one hold, in lines: its sentence, the tasks that began in it, its length."""

    hold: int
    say: tuple[str, ...]
    tasks: tuple[tuple[int, tuple[str, ...]], ...]
    length: tuple[str, ...]

    @property
    def count(self) -> int:
        """All its lines under the date."""
        return len(self.say) + len(self.length) + sum(len(lines) for _, lines in self.tasks)


def tall(picture: Picture, width: int = WIDTH) -> str:
    """Draw the ball path for a phone; time is compressed, and each hold says its length."""
    column = min(COLUMN_MOST, COLUMNS_ROOM / len(picture.lanes))
    beside = LEFT + (len(picture.lanes) - 1) * column + BESIDE
    rows = _rows(picture, width - beside)
    frame = _frame(picture, rows, column)
    sheet = Sheet()
    _draw_heads(frame, picture, sheet, column)
    _draw_tasks(frame, picture, sheet)
    for i, hold in enumerate(picture.holds):
        draw_clock(frame, sheet, hold, (frame.stops[i], frame.stops[i + 1]), ends=True)
    draw_track(frame, picture, sheet)
    draw_ends(frame, picture, sheet)
    draw_badges(frame, picture, sheet, width)
    for row in rows:
        _write_row(frame, picture, sheet, row, (beside, width - beside))
    _write_end(frame, picture, sheet, (beside, width - beside))
    height = ceil(frame.stops[-1] + 26)
    return sheet.svg("tall", picture.key, (width, height), (picture.title, picture.desc))


def letter_of(task: int) -> str:
    """Name a task by a letter, the same in the drawing and beside it."""
    return chr(ord("a") + task) if task < 26 else ""  # noqa: PLR2004 - the alphabet


def _rows(picture: Picture, room: float) -> list[Row]:
    begun: dict[int, list[tuple[int, tuple[str, ...]]]] = {}
    for n, task in enumerate(picture.tasks):
        hold = max(0, bisect_right(picture.stops[:-1], task.start) - 1)
        said = picture.words.task.format(who=_short(picture.lanes[task.lane]), what=task.name)
        lines = tuple(wrap(said, SAY_SIZE, room - TASK_INDENT, MOST_TASK_LINES))
        begun.setdefault(hold, []).append((n, lines))
    last = len(picture.holds) - 1
    return [
        Row(
            hold=i,
            say=tuple(wrap(hold.note or hold.label, SAY_SIZE, room, MOST_LINES)),
            tasks=tuple(begun.get(i, ())),
            length=()
            if i == last and picture.closed
            else tuple(wrap(length_of(picture, i), LENGTH_SIZE, room, MOST_TASK_LINES)),
        )
        for i, hold in enumerate(picture.holds)
    ]


def _head_rows(column: float) -> int:
    return ceil(HEAD_APART / column)


def _frame(picture: Picture, rows: list[Row], column: float) -> Frame:
    top = HEAD + HEAD_ROW * min(_head_rows(column), len(picture.lanes)) + 16
    heights = [
        max(
            40 + 13 * log2(1 + length.total_seconds() / 86400),
            26 + LINE * max(row.count, 1),
        )
        for length, row in zip(picture.lengths, rows, strict=True)
    ]
    stops = tuple(accumulate(heights, initial=float(top)))
    return Frame(
        pen=Pen(down=True),
        moments=scale(picture, stops, stops[-1] + 14),
        lanes=tuple(LEFT + lane * column for lane in range(len(picture.lanes))),
        stops=stops,
        clock_off=10,
    )


def _draw_heads(frame: Frame, picture: Picture, sheet: Sheet, column: float) -> None:
    top, count = frame.stops[0], _head_rows(column)
    room = max(HEAD_APART, column * count) - 8 * (count > 1)
    for i, (lane, x) in enumerate(zip(picture.lanes, frame.lanes, strict=True)):
        sheet.ground.append(path("lane", frame.pen.line(top - 24, frame.stops[-1] + 14, x)))
        here = " here" if not picture.closed and i == picture.holds[-1].lane else ""
        name = fit(_short(lane), 12, room)
        middle = max(x, width_of(name, 12) / 2)
        y = top - 34 - HEAD_ROW * (i % count)
        sheet.texts.append(text(f"name m{here}", (middle, y), _short(lane), room=room))


def _short(lane: Lane) -> str:
    return clean(lane.short) or clean(lane.name)


def _draw_tasks(frame: Frame, picture: Picture, sheet: Sheet) -> None:
    rows = rows_of_tasks(picture)
    for n, (task, row) in enumerate(zip(picture.tasks, rows, strict=True)):
        x = max(frame.lanes[task.lane] - 9 * row, TASK_RING + 1)
        start, _ = draw_task(frame, sheet, task, x, TASK_RING)
        sheet.tasks.append(_letter(x, start, n))


def _letter(x: float, y: float, task: int) -> str:
    place = f'x="{num(x)}" y="{num(y + 4)}"'
    return f'<text class="what" text-anchor="middle" {place}>{letter_of(task)}</text>'


def _write_row(
    frame: Frame, picture: Picture, sheet: Sheet, row: Row, place: tuple[float, float]
) -> None:
    (x, room), i, words = place, row.hold, picture.words
    hold = picture.holds[i]
    tone = " k" if hold.came is Came.KICK else ""
    long = picture.spoken.days > TIMES_TOO_FINE_DAYS
    local = picture.local(hold.start)
    when = words.date_of(local) if long else words.moment_of(local)
    y = frame.stops[i] + 4
    sheet.texts.append(text(f"when{tone}", (x, y), when, room=room, size=13))
    for line in row.say:
        y += LINE
        sheet.texts.append(text("say", (x, y), line, room=room + SAY_SIZE, size=SAY_SIZE))
    for n, lines in row.tasks:
        sheet.tasks.append(frame.pen.circle("task", y + LINE - 4, x + TASK_RING, TASK_RING))
        sheet.texts.append(_letter(x + TASK_RING, y + LINE - 4, n))
        for line in lines:
            y += LINE
            sheet.texts.append(text("say", (x + TASK_INDENT, y), line, room=room, size=SAY_SIZE))
    for line in row.length:
        y += LINE
        sheet.texts.append(text(f"what{tone}", (x, y), line, room=room + LENGTH_SIZE))


def _write_end(frame: Frame, picture: Picture, sheet: Sheet, place: tuple[float, float]) -> None:
    x, room = place
    words, end = picture.words, picture.local(picture.end)
    said = f"{words.date_of(end)} {words.closed}"
    if not picture.closed:
        full = f"{words.now} · {words.moment_of(end)}"
        fits = width_of(full, SAY_SIZE) <= room
        said = full if fits else f"{words.now} · {words.date_of(end)}"
    sheet.texts.append(text("when", (x, frame.stops[-1] + 5), said, room=room, size=SAY_SIZE))
