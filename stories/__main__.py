"""`buckstop story NAME`: tell a story in virtual time; no database, no network."""

import json
import signal
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import date

from buckstop.texts import Language
from stories.book import BOOK
from stories.sums import sums
from stories.telling import telling
from stories.world import Memory


def main(arguments: Sequence[str]) -> int:
    """Tell the story that is named, in words or in numbers."""
    parser = ArgumentParser(prog="buckstop story", description=__doc__)
    parser.add_argument("name", choices=BOOK, help="one of: %(choices)s", metavar="NAME")
    parser.add_argument("--json", action="store_true", help="numbers only, as JSON")
    parser.add_argument(
        "--language",
        type=Language,
        choices=list(Language),
        default=Language.ZH_HANS,
        metavar="LANGUAGE",
        help="one of: %(choices)s; what people said stays as they said it",
    )
    parser.add_argument("--start", type=date.fromisoformat, help="first day, as YYYY-MM-DD")
    options = parser.parse_args(arguments)
    story, world = BOOK[options.name], Memory()
    scenes = story.tell(world, options.start or story.start)
    if not options.json:
        sys.stdout.write(telling(story, scenes, world.texts, options.language))
        return 0
    runs = [sums(scene, run.name) for scene, run in zip(scenes, story.runs, strict=True)]
    json.dump(runs if len(runs) > 1 else runs[0], sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")
    return 0


if __name__ == "__main__":
    # A reader such as `head` may close the pipe before the story is over.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.exit(main(sys.argv[1:]))
