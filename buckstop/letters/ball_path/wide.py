"""The wide ball path: time to the right, one row a lane."""

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
    gap = gap or (DENSE_GAP if len(picture.lanes) >= DENSE_FROM else GAP)
    frame = _frame(picture, width, gap)
    foot = TOP + len(picture.lanes) * gap
    sheet = Sheet()
    _draw_axis(frame, picture, sheet, (width, foot))
    _draw_lanes(frame, picture, sheet, width)
    _draw_tasks(frame, picture, sheet, gap)
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


def _draw_tasks(frame: Frame, picture: Picture, sheet: Sheet, gap: int) -> None:
    for task, row in zip(picture.tasks, rows_of_tasks(picture), strict=True):
        below = TASK_ROWS[min(row, len(TASK_ROWS) - 1)]
        y = frame.lanes[task.lane] + below
        start, end = draw_task(frame, sheet, task, y, 3)
        if row == 0:
            draw_clock(frame, sheet, task, (start, end), ends=False)
        elif task.due is not None and task.due <= picture.edge:
            sheet.tasks.append(path("due", frame.pen.bar(frame.at(task.due), y, 4)))
        if row > 1 or (row and gap < GAP):
            continue  # No room to write here; the text beside the drawing says it.
        room = _free_until(frame, picture, task.lane, start) - start - 14
        label = text("short", (start + 7, y + 14 if row else y - 9), task.name, room=room)
        sheet.texts.append(label)


def _free_until(frame: Frame, picture: Picture, lane: int, start: float) -> float:
    """Find where the next thing on a lane begins, or the sheet ends."""
    begins = [
        stop for stop, hold in zip(frame.stops, picture.holds, strict=False) if hold.lane == lane
    ]
    begins += [frame.at(task.start) for task in picture.tasks if task.lane == lane]
    return min((x for x in begins if x > start), default=frame.moments[-1][1] + RIGHT)


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
