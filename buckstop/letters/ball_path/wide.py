"""The wide ball path: time to the right, one row a lane."""

from collections import defaultdict
from itertools import pairwise

from buckstop.letters.ball_path.axis import ticks
from buckstop.letters.ball_path.badges import draw_badges
from buckstop.letters.ball_path.frame import RADIUS, Frame, linear, scale
from buckstop.letters.ball_path.lettering import width_of
from buckstop.letters.ball_path.pen import Pen, Sheet, path, text
from buckstop.letters.ball_path.picture import Came, Picture
from buckstop.letters.ball_path.strokes import (
    draw_clock,
    draw_ends,
    draw_task,
    draw_track,
    rows_of_tasks,
)

WIDTH = 1080
GAP = 58
DENSE_GAP = 44
DENSE_FROM = 7
"""From this many lanes on, rows stand closer."""
LEFT, TOP, RIGHT = 128, 50, 40
NAME_ROOM = LEFT - 20
APART = 20
TASK_ROWS = (0, 22, 30)
"""How far below its lane a task runs, by row: beside a hold it clears the hold's clock."""
LABEL = 12
TONES = {Came.KICK: " k", Came.TAKEOVER: " t"}


def wide(picture: Picture, width: int = WIDTH, gap: int | None = None) -> str:
    """Draw the ball path for a container of at least 720; `gap` lies between two lanes."""
    rows = rows_of_tasks(picture)
    dense = len(picture.lanes) >= DENSE_FROM and not any(rows)
    gap = gap or (DENSE_GAP if dense else GAP)
    frame = _frame(picture, width, gap)
    foot = TOP + len(picture.lanes) * gap
    sheet = Sheet()
    _draw_axis(frame, picture, sheet, (width, foot))
    _draw_lanes(frame, picture, sheet, width)
    _draw_tasks(frame, picture, sheet, rows)
    for i, hold in enumerate(picture.holds):
        draw_clock(frame, sheet, hold, (frame.stops[i], frame.stops[i + 1]), ends=False)
    draw_track(frame, picture, sheet)
    _draw_labels(frame, picture, sheet)
    draw_ends(frame, picture, sheet)
    draw_badges(frame, picture, sheet, width)
    _draw_calls(frame, picture, sheet, foot)
    height = foot + (34 if picture.contacts else 12)
    return sheet.svg("wide", picture.key, (width, height), (picture.title, picture.desc))


def _frame(picture: Picture, width: int, gap: int) -> Frame:
    stops = linear(picture, LEFT, width - RIGHT, APART)
    return Frame(
        pen=Pen(down=False),
        moments=scale(picture, stops, width - RIGHT),
        lanes=tuple(TOP + gap / 2 + lane * gap for lane in range(len(picture.lanes))),
        stops=stops,
        clock_off=14,
    )


def _draw_axis(frame: Frame, picture: Picture, sheet: Sheet, size: tuple[int, int]) -> None:
    width, foot = size
    now, said = frame.stops[-1], picture.words.now
    half = 0.0 if picture.closed else width_of(said, LABEL) / 2 + 6
    free = 0.0
    for moment, label in ticks(picture, width - LEFT - RIGHT):
        x = frame.at(moment)
        sheet.ground.append(path("grid", f"M{frame.pen.point(x, TOP - 8)}V{foot}"))
        start, end = x + 5, x + 5 + width_of(label, LABEL)
        clear = picture.closed or end < now - half or start > now + half
        if free <= start and end <= width and clear:
            sheet.texts.append(text("axis", (start, TOP - 18), label, room=width))
            free = end + 8
    if not picture.closed:
        sheet.ground.append(path("now", f"M{frame.pen.point(now, TOP - 8)}V{foot}"))
        sheet.texts.append(text("axis n", (now, TOP - 18), said, room=2 * RIGHT))


def _draw_lanes(frame: Frame, picture: Picture, sheet: Sheet, width: int) -> None:
    for i, (lane, y) in enumerate(zip(picture.lanes, frame.lanes, strict=True)):
        sheet.ground.append(path("lane", frame.pen.line(LEFT - 8, width - 12, y)))
        here = " here" if not picture.closed and i == picture.holds[-1].lane else ""
        sheet.texts.append(text(f"name{here}", (0, y - 2), lane.name, room=NAME_ROOM, size=14))
        sheet.texts.append(text("what", (0, y + 15), lane.what, room=NAME_ROOM))


def _draw_tasks(frame: Frame, picture: Picture, sheet: Sheet, rows: tuple[int, ...]) -> None:
    starts = _starts(frame, picture, rows)
    for task, row in zip(picture.tasks, rows, strict=True):
        below = TASK_ROWS[min(row, len(TASK_ROWS) - 1)]
        y = frame.lanes[task.lane] + below
        start, end = draw_task(frame, sheet, task, y, 3)
        if row == 0:
            draw_clock(frame, sheet, task, (start, end), ends=False)
        elif task.due is not None and task.due <= picture.edge:
            sheet.tasks.append(path("due", frame.pen.bar(frame.at(task.due), y, 4)))
        if row > 1:
            continue  # No room to write here; the text beside the drawing says it.
        later = (x for x in starts[task.lane, row] if x > start)
        room = min(later, default=frame.moments[-1][1] + RIGHT) - start - 14
        label = text("short", (start + 7, y + 14 if row else y - 9), task.name, room=room)
        sheet.texts.append(label)


def _starts(
    frame: Frame, picture: Picture, rows: tuple[int, ...]
) -> defaultdict[tuple[int, int], list[float]]:
    """Find where something begins on each lane and row, which a label may not run into."""
    found: defaultdict[tuple[int, int], list[float]] = defaultdict(list)
    for hold, x in zip(picture.holds, frame.stops, strict=False):
        found[hold.lane, 0].append(x)
    for task, row in zip(picture.tasks, rows, strict=True):
        found[task.lane, row].append(frame.at(task.start))
    return found


def _draw_labels(frame: Frame, picture: Picture, sheet: Sheet) -> None:
    for hold, (start, end) in zip(picture.holds, pairwise(frame.stops), strict=True):
        if hold.label and width_of(hold.label, LABEL) < end - start - 2 * RADIUS + 4:
            x, y = start + RADIUS + 2, frame.lanes[hold.lane] - 9
            kind = f"short{TONES.get(hold.came, '')}"
            sheet.texts.append(text(kind, (x, y), hold.label, room=end - start))


def _draw_calls(frame: Frame, picture: Picture, sheet: Sheet, foot: int) -> None:
    if picture.contacts:
        calls = "".join(
            f"M{frame.pen.point(frame.at(moment), foot + 8)}v9" for moment in picture.contacts
        )
        sheet.marks.append(path("rug", calls))
        sheet.texts.append(text("what", (0, foot + 17), picture.words.calls, room=NAME_ROOM))
