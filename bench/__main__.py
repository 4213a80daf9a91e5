"""`make bench`: measure in a data folder of its own, and leave nothing behind but results."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import mkdtemp

PUBLIC = 0o711


def main() -> int:
    """Measure in a process that finds its folder and its house in the environment."""
    folder = Path(mkdtemp(prefix="buckstop-bench-"))
    folder.chmod(PUBLIC)  # the database's own user must get through
    settings = {"BUCKSTOP_DATA": str(folder / "data"), "BUCKSTOP_HOUSE": "bench"}
    kept = {name: value for name, value in os.environ.items() if name not in _OTHERS}
    try:
        return subprocess.run(
            [sys.executable, "-m", "bench.run", *sys.argv[1:]], env=kept | settings, check=False
        ).returncode
    finally:
        shutil.rmtree(folder, ignore_errors=True)


_OTHERS = frozenset({"DATABASE_URL", "DATABASE_APP_URL", "BUCKSTOP_DEBUG", "BUCKSTOP_ORIGIN"})
"""What would measure something else: another server, or a setting that is not production's."""

if __name__ == "__main__":
    sys.exit(main())
