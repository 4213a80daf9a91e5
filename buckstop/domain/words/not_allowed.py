"""One way to say no."""


class NotAllowed(Exception):
    """What was asked cannot be done now: a code, and the values that explain it.

    The sentence shown to a person is found by the code in `buckstop.texts`.
    """

    def __init__(self, code: str, **data: object) -> None:
        """Say no with `code`; `data` are the values that its sentence mentions."""
        super().__init__(code)
        self.code = code
        self.data = data
