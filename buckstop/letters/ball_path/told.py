"""The ball path in words: the same moves, for who cannot or would rather not see the drawing."""

from dataclasses import dataclass

from buckstop.letters.ball_path.lettering import clean
from buckstop.letters.ball_path.picture import Came, Picture


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One move of the ball, in the reader's words.

    `source` is empty where the case was opened, `how` where a pass was in order; `kick`
    numbers the returns with nothing new.
    """

    when: str
    source: str
    target: str
    how: str
    note: str
    length: str
    kick: int | None

    def sentence(self, comma: str, stop: str) -> str:
        """Put the parts into one line."""
        way = f"{self.source} → {self.target}" if self.source else self.target
        rest = (part for part in (self.how, self.note, self.length) if part)
        return f"{self.when}{stop}{comma.join((way, *rest))}"


def text_version(picture: Picture) -> tuple[Told, ...]:
    """Tell every move in order; those with a `kick` are the list of kicks."""
    numbers = picture.kick_numbers()
    return tuple(_told(picture, hold, number) for hold, number in enumerate(numbers))


def sentences(picture: Picture) -> tuple[str, ...]:
    """Tell every move in one sentence each, and last where the ball is or how it ended."""
    words = picture.words
    last = words.closed if picture.closed else words.now
    who = clean(picture.lanes[picture.holds[-1].lane].name)
    end = f"{words.moment_of(picture.local(picture.end))}{words.stop}"
    told = (move.sentence(words.comma, words.stop) for move in text_version(picture))
    return (*told, f"{end}{last}{words.comma}{who}")


def length_of(picture: Picture, hold: int) -> str:
    """Say how long a hold took, or has been waiting, and whether it is overdue."""
    words = picture.words
    waiting = hold == len(picture.holds) - 1 and not picture.closed
    said = words.length(picture.lengths[hold], waiting=waiting)
    return f"{said}{words.comma}{words.overdue}" if picture.holds[hold].lapsed else said


def _told(picture: Picture, i: int, kick: int | None) -> Told:
    words, hold = picture.words, picture.holds[i]
    ways = {
        Came.OPEN: words.opened,
        Came.IDLE: words.idle,
        Came.KICK: words.kick.format(n=kick),
        Came.RULE: words.rule,
        Came.TAKEOVER: words.takeover,
    }
    progress = (words.progress,) if hold.progress else ()
    return Told(
        when=words.moment_of(picture.local(hold.start)),
        source=clean(picture.lanes[picture.holds[i - 1].lane].name) if i else "",
        target=clean(picture.lanes[hold.lane].name),
        how=ways.get(hold.came, ""),
        note=clean(hold.note or hold.label).rstrip("。."),
        length=words.comma.join((*progress, length_of(picture, i))),
        kick=kick,
    )
