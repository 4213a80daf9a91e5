"""Number and secret of a case."""

from django import forms

from buckstop.web.forms.fields import Text
from buckstop.web.language import later


class FindForm(forms.Form):
    """What opens a case without its link."""

    number = Text(later("案号"), help_text=later("像 GL-2026-1106-000417 这样，在回执上。"))
    secret = Text(later("密码"), help_text=later("回执链接的最后一段，12 位，大小写都行。"))
