"""Pictures to draw: one with everything in it, or any at all."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from buckstop.letters.ball_path.picture import Came, Hold, Lane, Picture, Task
from buckstop.letters.ball_path.words import WORDS

START = datetime(2026, 11, 6, 1, tzinfo=UTC)


def on(hours: float) -> datetime:
    return START + timedelta(hours=hours)


PHONE = Picture(
    key="phone",
    title="手机保修案",
    desc="已踢两次，平台介入，现在等商家举证。",
    lanes=(
        Lane(name="林晓禾", what="消费者", short="我"),
        Lane(name="服务台", what="首问负责：周宁", short="服务台"),
        Lane(name="青屿数码店", what="商家", short="商家"),
        Lane(name="汀洲维修点", what="授权维修", short="维修点"),
    ),
    holds=(
        Hold(lane=1, start=on(0), came=Came.OPEN, note="收到您的投诉，周宁负责到底。"),
        Hold(lane=2, start=on(13), came=Came.PASS, note="请商家答复", due=on(60)),
        Hold(lane=3, start=on(43), came=Came.IDLE, note="商家送维修点检测", label="检测"),
        Hold(lane=2, start=on(135), came=Came.KICK, note="维修点说“进过水”，没有报告"),
        Hold(lane=3, start=on(164), came=Came.KICK, note="商家说“以维修点为准”"),
        Hold(lane=1, start=on(164.01), came=Came.TAKEOVER, note="平台接手", progress=(on(230),)),
        Hold(lane=2, start=on(257), came=Came.PASS, note="请商家证明", due=on(330)),
    ),
    end=on(302),
    tasks=(
        Task(lane=3, start=on(260), end=on(330), name="交检测记录", due=on(320), open=True),
        Task(lane=3, start=on(261), end=on(290), name="寄回手机"),
    ),
    contacts=(on(20), on(90)),
)

CAME = st.sampled_from([came for came in Came if came is not Came.OPEN])
HOURS = st.integers(0, 24 * 400) | st.sampled_from([0, 0, 1])
TEXTS = st.one_of(
    st.text(max_size=60),
    st.text("青屿数码店请商家答复，。“”", max_size=60),
    st.sampled_from(
        [
            "<script>alert(1)</script>",
            '"><image href=x onerror=y>',
            "👩\u200d👩\u200d👧" * 9,
            "\u202eabc\x00",
        ]
    ),
)
SOMETIME = st.integers(-(24 * 300), 24 * 900).map(on)


@st.composite
def holds(draw: st.DrawFn, lanes: int, start: datetime) -> Hold:
    return Hold(
        lane=draw(st.integers(0, lanes - 1)),
        start=start,
        came=draw(CAME),
        note=draw(TEXTS),
        label=draw(TEXTS),
        due=draw(st.none() | SOMETIME),
        lapsed=draw(st.booleans()),
        progress=tuple(draw(st.lists(SOMETIME, max_size=2))),
    )


@st.composite
def pictures(draw: st.DrawFn) -> Picture:
    """Any picture, also such as no case should ever become."""
    lanes = draw(st.integers(1, 14))
    lengths = draw(st.lists(HOURS, min_size=1, max_size=60))
    starts = [on(sum(lengths[:n])) for n in range(len(lengths))]
    first = draw(holds(lanes, starts[0]))
    tasks = draw(
        st.lists(
            st.builds(
                Task,
                lane=st.integers(0, lanes - 1),
                start=SOMETIME,
                end=SOMETIME,
                name=TEXTS,
                due=st.none() | SOMETIME,
                lapsed=st.booleans(),
                open=st.booleans(),
            ),
            max_size=4,
        )
    )
    return Picture(
        key=draw(st.text(max_size=8)),
        title=draw(TEXTS),
        desc=draw(TEXTS),
        lanes=tuple(
            Lane(name=draw(TEXTS), what=draw(TEXTS), short=draw(TEXTS)) for _ in range(lanes)
        ),
        holds=(
            replace(first, came=Came.OPEN),
            *(draw(holds(lanes, start)) for start in starts[1:]),
        ),
        end=on(sum(lengths)),
        closed=draw(st.booleans()),
        until=draw(st.none() | SOMETIME),
        tasks=tuple(tasks),
        contacts=tuple(draw(st.lists(SOMETIME, max_size=5))),
        words=WORDS[draw(st.sampled_from(sorted(WORDS)))],
    )
