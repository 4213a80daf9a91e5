"""The tables of the cases. All but notices and marks follow from the log, to be made again."""

from datetime import UTC, datetime

from django.db import models
from django.db.models import F, Q

FAR = datetime(9999, 12, 31, tzinfo=UTC)
"""Stands for no due time, so that lists ordered by due time need no special end."""


class CaseRow(models.Model):
    """One line of the queue: what is so of a case after entry `seq`."""

    case = models.UUIDField(primary_key=True, db_column="case_id")
    house = models.UUIDField()
    seq = models.IntegerField()
    last_at = models.DateTimeField()
    number = models.TextField()
    title = models.TextField()
    problem = models.TextField()
    goods = models.TextField()
    price_fen = models.BigIntegerField(null=True)
    ordered_on = models.DateField(null=True)
    open = models.BooleanField()
    outcome = models.TextField(default="")
    given_up = models.BooleanField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    owner = models.TextField()
    deputy = models.TextField(default="")
    desk = models.TextField()
    holder_party = models.TextField()
    holder_desk = models.TextField(default="")
    holder_person = models.TextField(default="")
    since = models.DateTimeField(null=True)
    expected = models.TextField(default="")
    due = models.DateTimeField(default=FAR)
    due_kind = models.TextField(default="")
    kicks = models.IntegerField()
    passes = models.IntegerField()
    takeovers = models.IntegerField()
    taken_over = models.BooleanField()
    takeover_wished = models.BooleanField()
    urged = models.IntegerField()
    lapses = models.IntegerField()
    broken = models.IntegerField()
    decision_proposed = models.BooleanField()

    class Meta:
        db_table = "cases_case"
        constraints = [
            models.UniqueConstraint("house", "number", name="cases_case_number"),
            models.CheckConstraint(
                condition=Q(open=False)
                | ~Q(owner="") & ~Q(holder_party="") & Q(since__isnull=False),
                name="cases_case_open_is_held",
            ),
        ]
        indexes = [
            models.Index("house", "due", "case", name="cases_case_due", condition=Q(open=True)),
            models.Index(
                "house",
                "holder_person",
                "due",
                name="cases_case_holder",
                condition=Q(open=True),
            ),
            models.Index("house", "owner", "due", name="cases_case_owner", condition=Q(open=True)),
            models.Index(
                "house",
                "due",
                name="cases_case_unheld",
                condition=Q(open=True, holder_party="house", holder_person=""),
            ),
            models.Index(
                "house",
                "due",
                name="cases_case_troubled",
                condition=Q(open=True) & (Q(kicks__gte=2) | Q(broken__gt=0) | Q(urged__gt=0)),
            ),
            models.Index(
                "house", "expected", "due", name="cases_case_expected", condition=Q(open=True)
            ),
            models.Index(
                "house",
                "due",
                name="cases_case_wanted",
                condition=Q(open=True) & (Q(takeover_wished=True) | Q(decision_proposed=True)),
            ),
            models.Index("house", F("last_at").desc(), name="cases_case_latest"),
        ]

    def __str__(self) -> str:
        """Name the case by its number."""
        return self.number


class PartyRow(models.Model):
    """One party of a case."""

    pk = models.CompositePrimaryKey("case", "party")
    case = models.UUIDField(db_column="case_id")
    party = models.TextField()
    house = models.UUIDField()
    role = models.TextField()
    name = models.TextField()

    class Meta:
        db_table = "cases_party"

    def __str__(self) -> str:
        """Name the party."""
        return self.party


class ClockRow(models.Model):
    """One clock of a case; the worker looks for those that wake: run out, or have rested (K2)."""

    pk = models.CompositePrimaryKey("case", "clock")
    case = models.UUIDField(db_column="case_id")
    clock = models.TextField()
    house = models.UUIDField()
    kind = models.TextField()
    party = models.TextField()
    subject = models.TextField()
    started = models.DateTimeField()
    due = models.DateTimeField()
    wakes = models.DateTimeField(null=True)
    state = models.TextField()
    provisional = models.BooleanField()

    class Meta:
        db_table = "cases_clock"
        indexes = [
            models.Index("wakes", name="cases_clock_wakes", condition=Q(wakes__isnull=False)),
            models.Index(
                "house", "wakes", name="cases_clock_next", condition=Q(wakes__isnull=False)
            ),
            models.Index("house", "due", name="cases_clock_here", condition=Q(state="running")),
        ]

    def __str__(self) -> str:
        """Name the clock."""
        return self.clock


class TaskRow(models.Model):
    """One duty of a party outside the house."""

    pk = models.CompositePrimaryKey("case", "task")
    case = models.UUIDField(db_column="case_id")
    task = models.TextField()
    house = models.UUIDField()
    debtor = models.TextField()
    expected = models.TextField()
    clock = models.TextField()
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end = models.TextField(default="")

    class Meta:
        db_table = "cases_task"

    def __str__(self) -> str:
        """Name the task."""
        return self.task


class PromiseRow(models.Model):
    """One promise, who is bound by it, and how it stands."""

    pk = models.CompositePrimaryKey("case", "promise")
    case = models.UUIDField(db_column="case_id")
    promise = models.TextField()
    house = models.UUIDField()
    kind = models.TextField()
    by = models.TextField()
    node = models.TextField()
    person = models.TextField(default="")
    at = models.DateTimeField()
    word = models.TextField()
    ended = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases_promise"
        indexes = [
            models.Index(
                "house", "ended", name="cases_promise_broken", condition=Q(word="broken")
            ),
        ]

    def __str__(self) -> str:
        """Name the promise."""
        return self.promise


class DecidedRow(models.Model):
    """The decision that stands in a case; `findings` are its rows in order, as one text."""

    case = models.UUIDField(primary_key=True, db_column="case_id")
    house = models.UUIDField()
    problem = models.TextField()
    findings = models.TextField()
    ruling = models.TextField()
    remedy = models.TextField(default="")
    amount_fen = models.BigIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        db_table = "cases_decided"
        indexes = [
            models.Index(
                "house", "problem", "findings", F("at").desc(), name="cases_decided_like"
            ),
        ]

    def __str__(self) -> str:
        """Name the case."""
        return str(self.case)


class NoticeRow(models.Model):
    """One notice to one party by one channel, from plan to what the transport said.

    `person` marks who is reached, in whichever case; `gathered` is the letter that carries several
    notices to one of them. `link` is kept by the demonstration's transport alone, whose letters
    are read here: in an envelope, since it opens the case.
    """

    pk = models.CompositePrimaryKey("house", "key")
    house = models.UUIDField()
    key = models.TextField()
    case = models.UUIDField(db_column="case_id")
    party = models.TextField()
    via = models.TextField()
    kind = models.TextField()
    code = models.TextField()
    about = models.TextField(default="")
    due = models.DateTimeField(null=True)
    person = models.BinaryField(default=b"")
    planned_at = models.DateTimeField()
    not_before = models.DateTimeField()
    gathered = models.TextField(default="")
    transport = models.TextField(default="")
    link = models.BinaryField(default=b"")
    said_at = models.DateTimeField(null=True)
    accepted = models.BooleanField(null=True)

    class Meta:
        db_table = "cases_notice"
        indexes = [
            models.Index("house", "planned_at", name="cases_notice_latest"),
            models.Index(
                "house", "planned_at", name="cases_notice_unsent", condition=Q(said_at=None)
            ),
            models.Index(
                "house", "not_before", "key", name="cases_notice_next", condition=Q(said_at=None)
            ),
            models.Index("house", "person", "via", "said_at", name="cases_notice_person"),
            models.Index(
                "house", "gathered", name="cases_notice_gathered", condition=~Q(gathered="")
            ),
        ]

    def __str__(self) -> str:
        """Name the notice."""
        return self.key


class MarkRow(models.Model):
    """Keyed marks of who complained and of what, which tell whether two cases are about the same.

    `half` is the first case while a joining or its undoing has come to one of the two only.
    """

    case = models.UUIDField(primary_key=True, db_column="case_id")
    house = models.UUIDField()
    contact = models.BinaryField()
    order_no = models.BinaryField(null=True)
    item = models.BinaryField(null=True)
    half = models.UUIDField(null=True)

    class Meta:
        db_table = "cases_mark"
        indexes = [
            models.Index("house", "contact", name="cases_mark_contact"),
            models.Index("house", name="cases_mark_half", condition=Q(half__isnull=False)),
            models.Index(
                "house",
                "order_no",
                name="cases_mark_order",
                condition=Q(order_no__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        """Name the case."""
        return str(self.case)
