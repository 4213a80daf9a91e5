"""The master key, which wraps the key of every personal text. Losing it loses the texts."""

import hmac
import os
import secrets
from base64 import urlsafe_b64decode
from contextlib import suppress
from functools import cache
from pathlib import Path

from django.conf import settings

from buckstop.records.log.isolation import HouseId

KEY_BYTES = 32


@cache
def master_key() -> bytes:
    """Return the key from BUCKSTOP_MASTER_KEY (base64) or its file; the first start makes it."""
    given = os.environ.get("BUCKSTOP_MASTER_KEY")
    key = urlsafe_b64decode(given) if given else _from_file(_file())
    if len(key) != KEY_BYTES:
        msg = f"The master key has {len(key)} bytes; it must have {KEY_BYTES}."
        raise ValueError(msg)
    return key


def is_kept() -> bool:
    """Tell whether there is a key already; asking makes none."""
    return bool(os.environ.get("BUCKSTOP_MASTER_KEY")) or _file().exists()


def fingerprint() -> str:
    """Tell one master key from another, and nothing of what it is."""
    return hmac.digest(master_key(), b"fingerprint", "sha256")[:8].hex()


def signature(content: bytes) -> str:
    """Mark what was written by somebody who has the master key."""
    return hmac.digest(master_key(), b"signature:" + content, "sha256").hex()


def match_key(house: HouseId) -> bytes:
    """Return the key of one house's marks, so that those of two houses cannot be compared."""
    return hmac.digest(master_key(), f"match:{house}".encode(), "sha256")


def _file() -> Path:
    return Path(settings.DATA_DIR) / "keys" / "master"


def _from_file(path: Path) -> bytes:
    if not path.exists():
        path.parent.mkdir(mode=0o700, exist_ok=True)
        draft = path.with_name(f"master-{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_bytes(secrets.token_bytes(KEY_BYTES))
        with suppress(FileExistsError):  # another process was faster
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_bytes()
