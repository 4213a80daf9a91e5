"""The processes that `buckstop run` is made of, kept running."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from buckstop import database

STEADY = 10.0
"""What lived for so many seconds did not die at once."""

LONGEST_PAUSE = 60.0
_PATIENCE = 30.0


@dataclass(slots=True)
class Part:
    """One process of ours: when it was last started, and after a death, when it is again."""

    command: tuple[str, ...]
    process: subprocess.Popen[bytes]
    since: float
    needed: bool
    pause: float = 0.0
    again_at: float | None = None


@contextmanager
def running(*command: str, needed: bool) -> Iterator[Part]:
    """Run a module with its arguments, and end it in order at the end."""
    part = Part(command, _spawn(command), time.monotonic(), needed)
    try:
        yield part
    finally:
        part.process.terminate()
        try:
            part.process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            part.process.kill()
            part.process.wait()


def _spawn(command: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "buckstop.cli.bound", *command],
        stdin=subprocess.PIPE,  # never written to: see `bound`
        start_new_session=True,  # Ctrl-C comes to us alone, and we end the parts in order
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "buckstop.settings"},
    )


def must_live(part: Part) -> None:
    """Raise Unusable if a part has died that everything waits for, however long it took."""
    if (status := part.process.poll()) is not None:
        msg = f"{part.command[0]} ended (status {status}); its words stand above."
        raise database.Unusable(msg)


def keep_up(part: Part, now: float) -> None:
    """Start a part again that died, later each time if it dies at once.

    Raises Unusable for one without which there is nothing, if that dies at once.
    """
    status = part.process.poll()
    if status is None:
        return
    if part.again_at is None:
        at_once = now - part.since < STEADY
        if at_once and part.needed:
            msg = f"{part.command[0]} ended at once (status {status}); its words stand above."
            raise database.Unusable(msg)
        part.pause = min(max(1.0, 2 * part.pause), LONGEST_PAUSE) if at_once else 0.0
        part.again_at = now + part.pause
        when = f"in {part.pause:.0f} s" if part.pause else "now"
        print(
            f"{part.command[0]} had died (status {status}); starting it again {when}.", flush=True
        )
    if now >= part.again_at:
        part.process, part.since, part.again_at = _spawn(part.command), now, None
