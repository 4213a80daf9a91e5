"""Login and password."""

from django import forms

from buckstop.web.forms.fields import MISSING, UNSEEN, Text
from buckstop.web.language import later


class SignInForm(forms.Form):
    """What somebody of the house signs in with."""

    login = Text(later("账号"))
    password = forms.CharField(
        label=later("登录密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"class": "input", "autocomplete": "current-password"}),
        error_messages={"required": MISSING, "null_characters_not_allowed": UNSEEN},
    )
