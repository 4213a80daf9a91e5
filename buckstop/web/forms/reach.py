"""How somebody can be reached, as it is told later."""

import re
from collections.abc import Mapping

from django import forms

from buckstop.web.forms.fields import Pick, Text
from buckstop.web.forms.my_case import Choices, choose
from buckstop.web.language import later, t

MAIL = re.compile(r"^[^\s@]+@[^\s@]+\.[^\s@]+$")
PHONE = re.compile(r"^\+?[\d\s()-]{5,20}$")


class ReachForm(forms.Form):
    """Whose contact it is, and the new one."""

    party = Pick(later("谁的联系方式"))
    mail = Text(later("邮箱"), required=False, aside=later("和电话至少写一个"))
    phone = Text(
        later("电话"),
        required=False,
        aside=later("和邮箱至少写一个"),
        help_text=later("两个都写，通知送到的把握大些。"),
    )

    def __init__(
        self, data: Mapping[str, object] | None, *, parties: Choices, of: str = ""
    ) -> None:
        """Offer whose contact may be given; who is asked about is chosen, or else the first."""
        offered = [party for party, _ in parties]
        first = of if of in offered else next(iter(offered), "")
        super().__init__(data, initial={"party": first})
        choose(self, "party", parties)

    def clean(self) -> dict[str, object]:
        """Take an address that a letter can be sent to, a number that can be called, or both."""
        typed: dict[str, object] = dict(super().clean() or {})
        mail, phone = str(typed.get("mail") or ""), str(typed.get("phone") or "")
        if mail and not MAIL.match(mail):
            self.add_error("mail", t("这不像邮箱，应该像 service@shop.example 这样。"))
        if phone and not PHONE.match(phone):
            self.add_error("phone", t("这不像电话号码，请只写数字和 + - ( )。"))
        if not mail and not phone:
            self.add_error("mail", t("邮箱和电话至少写一个。"))
        return typed
