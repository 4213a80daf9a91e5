"""What a file is, by what stands in it. What its sender says it is counts for nothing."""

import puremagic

SAMPLE = 4096
"""How many first bytes are looked at."""

PLAIN = "text/plain"
UNKNOWN = "application/octet-stream"

SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""What may be shown in a page as it is; everything else is only handed out."""

KEPT = SHOWN | {
    "application/pdf",
    "application/zip",
    "application/msword",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "audio/mpeg",
    "audio/wav",
    "audio/x-m4a",
    "image/heic",
    "video/mp4",
    "video/quicktime",
    PLAIN,
}
"""The types that are told; others are called unknown, such as programs and pages with scripts."""


def media_type(sample: bytes) -> str:
    """Tell the type of a file from its first bytes."""
    try:
        found = {str(match.mime_type) for match in puremagic.magic_string(sample)[:3]}
    except puremagic.PureError:
        found = set()
    likely = next((kind for kind in sorted(found) if kind in KEPT), None)
    if likely is not None:
        return likely
    return PLAIN if not found and _is_text(sample) else UNKNOWN


def _is_text(sample: bytes) -> bool:
    if b"\x00" in sample:
        return False
    try:
        sample.decode()
    except UnicodeDecodeError as error:
        # A letter may be cut in two where the sample ends.
        return len(sample) == SAMPLE and error.start > SAMPLE - 4
    return True
