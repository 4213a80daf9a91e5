"""`python -m buckstop.cli`: the same as `buckstop`."""

import sys

from buckstop.cli import main

if __name__ == "__main__":
    sys.exit(main())
