"""Titles for many cases, of which some words are in every tenth and some in every 100,000th."""

from collections.abc import Mapping
from types import MappingProxyType

_WORDS = """\
青山 白云 流水 远帆 和风 细雨 长夏 初雪 晚霞 明月 星河 松涛 竹影 兰草 梅溪 枫桥
手机 耳机 冰箱 沙发 外套 球鞋 奶粉 键盘 相机 书桌 台灯 雨伞 花瓶 电饭锅 行李箱 护眼屏
黑屏了 不制冷 掉颜色 少一件 没有发货 退款没到 修了三次 拒绝退货 尺寸不对 包装破损
"""
_MAKERS, _ITEMS, _ENDS = (line.split() for line in _WORDS.splitlines())
_RARE = MappingProxyType({"琉璃": 100_003, "琥珀": 10_007, "玳瑁": 1_009, "珊瑚": 101})
"""Words that stand in one title of so many: spread over the copies of all originals."""

SOUGHT: Mapping[str, str] = MappingProxyType(
    {
        **{word: f"1 in {many:,}" for word, many in _RARE.items()},
        "掉颜": "1 in 10",
        "麒麟": "none",
    }
)
"""What is searched for, and how many titles have it."""


def title(turn: int) -> str:
    """Write the title of the copy with this number."""
    some = _MAKERS[turn // 7 % len(_MAKERS)] + _MAKERS[turn // 113 % len(_MAKERS)]
    rare = "".join(word for word, many in _RARE.items() if turn % many == many // 2)
    item, end = _ITEMS[turn % len(_ITEMS)], _ENDS[turn // 3 % len(_ENDS)]
    return f"{some}{rare}{item}：{end}"
