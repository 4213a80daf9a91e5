"""The marks that every ball path is made of, for time to the right and time down alike."""

from datetime import datetime

from buckstop.letters.ball_path.frame import Frame
from buckstop.letters.ball_path.pen import Sheet, path
from buckstop.letters.ball_path.picture import Came, Hold, Picture, Task

TONES = {Came.KICK: " k", Came.TAKEOVER: " t", Came.IDLE: " i", Came.RULE: " r"}
BROKEN = frozenset({Came.IDLE, Came.RULE})
"""Ways that break the line on the elbow only."""
INSET = 12.0
"""Of a clock that may not leave its hold."""

type Span = tuple[datetime, datetime]


def draw_track(frame: Frame, picture: Picture, sheet: Sheet) -> None:
    """Draw every elbow and the hold it opens; the track never breaks."""
    pen, last = frame.pen, len(picture.holds) - 1
    radii = frame.radii([hold.lane for hold in picture.holds])
    for i, hold in enumerate(picture.holds):
        lane, end = frame.lanes[hold.lane], frame.stops[i + 1] - radii[i + 1]
        straight = pen.line(frame.stops[i] + radii[i], end, lane)
        if i == 0:
            _trace(sheet, Came.PASS if hold.came in BROKEN else hold.came, straight)
            continue
        source = frame.lanes[picture.holds[i - 1].lane]
        elbow = pen.elbow(frame.stops[i], source, lane, radii[i])
        if hold.came in BROKEN:
            _trace(sheet, hold.came, elbow)
            _trace(sheet, Came.PASS, straight)
        else:
            _trace(sheet, hold.came, elbow + pen.along(end))
    due = picture.holds[last].due
    if not picture.closed and due is not None and due > picture.end:
        lane = frame.lanes[picture.holds[last].lane]
        sheet.track.append(path("ahead", pen.line(frame.stops[-1], frame.at(due), lane)))


def _trace(sheet: Sheet, came: Came, d: str) -> None:
    sheet.track.append(path(f"track{TONES.get(came, '')}", d))
    if came is Came.TAKEOVER:
        sheet.track.append(path("track t in", d))


def draw_clock(
    frame: Frame, sheet: Sheet, hold: Hold | Task, span: tuple[float, float], *, ends: bool
) -> None:
    """Draw the time limit beside a hold or task: until its due time, crossed if that lapsed.

    `ends` says that a clock may not run on past the stay it belongs to.
    """
    if hold.due is None:
        return
    pen, (start, end) = frame.pen, span
    across = frame.lanes[hold.lane] + frame.clock_off
    due = frame.at(hold.due)
    if ends:
        inset = min(INSET, (end - start) / 4)
        start, end = start + inset, end - inset
        due = min(due, end)
    due = max(due, start)
    sheet.clocks.append(path("clock", pen.bar(start, across, 3) + pen.line(start, due, across)))
    if hold.lapsed:
        if end > due + 2:
            sheet.clocks.append(path("late", pen.line(due, end, across)))
        sheet.clocks.append(path("lapse", pen.cross(due, across, 4)))
    elif hold.due <= frame.moments[-1][0]:
        sheet.clocks.append(path("due", pen.bar(due, across, 5)))


def draw_task(
    frame: Frame, sheet: Sheet, task: Task, across: float, ring: float
) -> tuple[float, float]:
    """Draw a duty beside the ball, and say from where to where it went."""
    pen = frame.pen
    start = frame.at(task.start)
    end = max(frame.at(task.end), start + ring)
    end = min(end, frame.moments[-1][1])
    start = min(start, end)
    sheet.tasks.append(path("task", pen.line(start, end, across)))
    if task.open:
        back = pen.point(end - 6, across - 4)
        head = f"M{back}L{pen.point(end, across)}L{pen.point(end - 6, across + 4)}"
    else:
        head = pen.bar(end, across, 6)
    sheet.tasks.append(path("task", head))
    sheet.tasks.append(pen.circle("task", start, across, ring))
    return start, end


def rows_of_tasks(picture: Picture) -> tuple[int, ...]:
    """Give each task a row beside its lane: 0 on the lane itself, where nothing else runs."""
    busy: dict[tuple[int, int], list[Span]] = {}
    for i, hold in enumerate(picture.holds):
        busy.setdefault((hold.lane, 0), []).append((hold.start, picture.stops[i + 1]))
    rows = []
    for task in picture.tasks:
        row = 0
        while any(a < task.end and task.start < b for a, b in busy.get((task.lane, row), ())):
            row += 1
        busy.setdefault((task.lane, row), []).append((task.start, task.end))
        rows.append(row)
    return tuple(rows)


def draw_ends(frame: Frame, picture: Picture, sheet: Sheet) -> None:
    """Draw the start, every progress, and the ball or the check at the end."""
    pen = frame.pen
    for i, hold in enumerate(picture.holds):
        for moment in hold.progress:
            place = frame.within(i, moment)
            sheet.marks.append(pen.circle("gain", place, frame.lanes[hold.lane], 5))
    first, last = (frame.lanes[picture.holds[i].lane] for i in (0, -1))
    sheet.marks.append(pen.circle("start", frame.stops[0], first, 5))
    end = frame.stops[-1]
    if not picture.closed:
        ring, ball = pen.circle("ring", end, last, 9), pen.circle("", end, last, 9)
        sheet.marks.append(f'<g class="ball">{ring}{ball}</g>')
        return
    x, y = (last, end) if pen.down else (end, last)
    check = f'<path d="M{x - 4.5:.1f} {y:.1f}l3.2 3.4l6 -6.6"/>'
    sheet.marks.append(f'<g class="done">{pen.circle("", end, last, 10)}{check}</g>')
