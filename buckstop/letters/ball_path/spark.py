"""The ball path in a list: no names, clocks, labels or numbers."""

from buckstop.letters.ball_path.badges import draw_kick_dots
from buckstop.letters.ball_path.frame import Frame, linear, scale
from buckstop.letters.ball_path.pen import Pen, Sheet, path
from buckstop.letters.ball_path.picture import Picture
from buckstop.letters.ball_path.strokes import draw_ends, draw_track

WIDTH = 330
GAP = 20
LEFT, TOP, RIGHT, FOOT = 12, 6, 14, 6
APART = 10


def spark(picture: Picture, width: int = WIDTH, gap: int = GAP) -> str:
    """Draw the ball path small enough for a row of a list."""
    stops = linear(picture, LEFT, width - RIGHT, APART)
    frame = Frame(
        pen=Pen(down=False),
        moments=scale(picture, stops, width - RIGHT),
        lanes=tuple(TOP + gap / 2 + lane * gap for lane in range(len(picture.lanes))),
        stops=stops,
        clock_off=0,
    )
    sheet = Sheet()
    for y in frame.lanes:
        sheet.ground.append(path("lane", frame.pen.line(LEFT - 8, width - 4, y)))
    draw_track(frame, picture, sheet)
    draw_ends(frame, picture, sheet)
    draw_kick_dots(frame, picture, sheet)
    height = TOP + len(picture.lanes) * gap + FOOT
    return sheet.svg("spark", picture.key, (width, height), (picture.title, picture.desc))
