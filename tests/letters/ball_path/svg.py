"""Read a drawing back: every point that its shapes touch."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

SPACE = "{http://www.w3.org/2000/svg}"
TOKEN = re.compile(r"[A-Za-z]|-?\d+(?:\.\d+)?")
ARGUMENTS = {"M": 2, "m": 2, "L": 2, "l": 2, "Q": 4, "H": 1, "V": 1, "h": 1, "v": 1}


def read(drawing: str) -> ET.Element:
    """Parse a drawing as the XML that a browser would find inside a page."""
    return ET.fromstring(drawing)  # noqa: S314 - our own drawing


def size_of(svg: ET.Element) -> tuple[float, float]:
    """Read the width and height of a drawing."""
    _, _, width, height = (float(n) for n in svg.attrib["viewBox"].split())
    return width, height


def points_of(svg: ET.Element) -> Iterator[tuple[float, float]]:
    """Go through all the points that lines, circles, boxes and texts start or end at."""
    for element in svg.iter():
        got = element.attrib
        if "d" in got:
            yield from points_of_path(got["d"])
        if "cx" in got:
            x, y, r = float(got["cx"]), float(got["cy"]), float(got["r"])
            yield from ((x - r, y - r), (x + r, y + r))
        if "rx" in got:
            x, y = float(got["x"]), float(got["y"])
            yield from ((x, y), (x + float(got["width"]), y + float(got["height"])))
        elif "x" in got:
            yield float(got["x"]), float(got["y"])


def points_of_path(d: str) -> Iterator[tuple[float, float]]:
    """Follow a path command by command."""
    tokens = TOKEN.findall(d)
    x = y = 0.0
    while tokens:
        command = tokens.pop(0)
        values = [float(tokens.pop(0)) for _ in range(ARGUMENTS[command])]
        if command == "Q":
            yield values[0], values[1]
            values = values[2:]
        if command in "MLQ":
            x, y = values
        elif command in "ml":
            x, y = x + values[0], y + values[1]
        elif command in "Hh":
            x = values[0] if command == "H" else x + values[0]
        else:
            y = values[0] if command == "V" else y + values[0]
        yield x, y
