"""The files that people of a story show: pictures that are plainly drawn, and plain texts."""

import struct
import zlib
from hashlib import sha256

PICTURED = ("照片", "截图")
"""What the name of a picture says that it is."""

_WIDE, _HIGH, _STRIPE = 480, 320, 24


def file_of(name: str) -> tuple[str, bytes]:
    """Give a file for a proof: its name, honest about what it is, and its bytes."""
    if name.endswith(PICTURED):
        return f"{name}.png", _picture(name)
    text = f"演示材料：{name}\n真实的案件里，这里是原件。\n"
    return f"{name}（演示文本）.txt", text.encode()


def _picture(name: str) -> bytes:
    """Draw slanting stripes in two shades that follow from the name, as a PNG."""
    red, green, blue = sha256(name.encode()).digest()[:3]
    light = bytes(200 + shade % 40 for shade in (red, green, blue))
    dark = bytes(shade - 28 for shade in light)
    rows = b"".join(b"\x00" + _row(at, light, dark) for at in range(_HIGH))
    head = struct.pack(">IIBBBBB", _WIDE, _HIGH, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def _row(at: int, light: bytes, dark: bytes) -> bytes:
    return b"".join(dark if (across + at) // _STRIPE % 2 else light for across in range(_WIDE))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
