"""A complaint, in three short steps."""

import re
from collections.abc import Mapping
from datetime import date

from django import forms

from buckstop.domain.words.purchase import Goods, Problem, RemedyKind
from buckstop.web.forms.fields import Day, Money, Pick, Text, Tick, without_what_nobody_typed
from buckstop.web.forms.reach import MAIL, PHONE
from buckstop.web.language import later, said, t

_GARBLED = re.compile(
    r"锟斤拷|烫烫|屯屯|锛|銆|Ã.|â€|ï¿½|\N{REPLACEMENT CHARACTER}"
    r"|[à-ï][\u0080-\u00bf\u0152-\u02dc\u2013-\u203a€™]{2}"
)
"""What is left of Chinese that was read in the wrong encoding."""
_TURNED = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


class StoryForm(forms.Form):
    """What happened, in one's own words."""

    story = Text(
        later("从头说起，想到哪儿写到哪儿"),
        rows=9,
        help_text=later(
            "什么时候、在哪儿买的、出了什么问题、对方怎么说。写得乱没关系，原话会一字不动地留着。"
        ),
    )

    @property
    def noticed(self) -> str:
        """Say what was noticed about the text, which is kept all the same."""
        text = str(self["story"].value() or "")
        if _GARBLED.search(text):
            return t(
                "有几处像是乱码。您要是记得原来写的什么，请改过来；"
                "要就这样留着，再点一次“下一步”。"
            )
        if _TURNED.search(text):
            return t(
                "里面有会颠倒文字方向的符号，页面上会标出来。要就这样留着，再点一次“下一步”。"
            )
        return ""

    @property
    def asks_again(self) -> bool:
        """Tell whether something was noticed that its writer was not yet told of."""
        return self.is_bound and bool(self.noticed) and "noticed" not in self.data


class OrderForm(forms.Form):
    """What was bought, of whom, when."""

    shop = Text(later("店家叫什么"))
    item = Text(later("买的是什么"))
    shop_mail = Text(
        later("店家的邮箱"),
        required=False,
        help_text=later("我们把答复的链接发到这里。"),
        aside=later("和电话至少写一个"),
    )
    shop_phone = Text(later("店家的电话"), required=False, aside=later("和邮箱至少写一个"))
    shop_unknown = Tick(later("都不知道，请服务台去找"))
    goods = Pick(later("属于哪一类"))
    price = Money(later("实际付了多少钱（元）"), required=False)
    ordered_on = Day(later("哪天买的"))
    received_on = Day(later("哪天收到的"), required=False)
    discovered_on = Day(later("哪天发现问题的"), required=False)
    order_no = Text(later("订单号"), required=False)

    def __init__(self, data: Mapping[str, object] | None = None, *, today: date) -> None:
        """Check days against `today`."""
        super().__init__(data)
        self.today = today
        self._pick("goods").choices = [
            ("", "—"),
            *((g.value, said(f"cases.goods.{g}")) for g in Goods),
        ]

    def _pick(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        if not isinstance(field, forms.ChoiceField):
            raise TypeError(name)
        return field

    def clean_shop_mail(self) -> str:
        """Take an address that a letter can be sent to."""
        mail = str(self.cleaned_data["shop_mail"])
        if mail and not MAIL.match(mail):
            self.add_error("shop_mail", t("这不像邮箱，应该像 service@shop.example 这样。"))
        return mail

    def clean_shop_phone(self) -> str:
        """Take a number that can be called."""
        phone = str(self.cleaned_data["shop_phone"])
        if phone and not PHONE.match(phone):
            self.add_error("shop_phone", t("这不像电话号码，请只写数字和 + - ( )。"))
        return phone

    def clean(self) -> dict[str, object]:
        """Check the days against each other and against today."""
        typed: dict[str, object] = dict(super().clean() or {})
        ordered = typed.get("ordered_on")
        if isinstance(ordered, date) and ordered > self.today:
            ordered = None
        for name in ("ordered_on", "received_on", "discovered_on"):
            day = typed.get(name)
            if not isinstance(day, date):
                continue
            if day > self.today:
                self.add_error(name, t("这一天还没到，请看看是不是写错了年份或月份。"))
            elif isinstance(ordered, date) and day < ordered and name == "received_on":
                self.add_error(name, t("收到的日子比购买早，请看看哪个写反了。"))
            elif isinstance(ordered, date) and day < ordered:
                self.add_error(name, t("发现问题的日子比购买早，请看看哪个写错了。"))
        reached = typed.get("shop_mail") or typed.get("shop_phone") or typed.get("shop_unknown")
        if not reached and not {"shop_mail", "shop_phone"} & set(self.errors):
            self.add_error(
                "shop_mail",
                t(
                    "邮箱和电话至少写一个，我们好通知店家。都不知道，请勾“都不知道，请服务台去找”。"
                ),
            )
        return typed


class WishForm(forms.Form):
    """What kind of problem it is, what is wanted, and how to reach who asks."""

    problem = Pick(later("哪一种问题最接近"))
    remedy = Pick(later("想怎么解决"))
    amount = Money(
        later("要多少钱（元）"), required=False, help_text=later("要退款或赔偿就写，别的不用。")
    )
    name = Text(later("怎么称呼您"))
    contact = Text(later("您的手机号或邮箱"), help_text=later("有进展时通知您，不会给店家看。"))

    def __init__(self, data: Mapping[str, object] | None = None) -> None:
        """Offer the kinds in the reader's language."""
        super().__init__(data)
        for name, kinds, area in (
            ("problem", Problem, "problem"),
            ("remedy", RemedyKind, "remedy"),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", "—"), *((k.value, said(f"cases.{area}.{k}")) for k in kinds)]

    def clean_contact(self) -> str:
        """Take a number or an address, whichever it is."""
        contact = str(self.cleaned_data["contact"])
        if contact and not (MAIL.match(contact) or PHONE.match(contact)):
            self.add_error("contact", t("请写一个手机号或邮箱，好让我们找得到您。"))
        return contact

    def clean(self) -> dict[str, object]:
        """Ask for the amount where the wish is money."""
        typed: dict[str, object] = dict(super().clean() or {})
        if typed.get("remedy") == RemedyKind.COMPENSATION and not typed.get("amount"):
            self.add_error("amount", t("要赔偿，请写上多少钱。"))
        return typed


def as_typed(posted: Mapping[str, str], form: forms.Form) -> dict[str, str]:
    """Give what was typed into the fields of a form, for its draft."""
    return {name: without_what_nobody_typed(posted.get(name, "")) for name in form.fields}
