"""Days on which a story may begin: week ends, breaks, and the ends of months and years."""

from datetime import date

STARTS = (
    date(2025, 9, 26),  # before the eight days of National Day
    date(2025, 12, 28),
    date(2025, 12, 31),
    date(2026, 1, 23),
    date(2026, 1, 30),
    date(2026, 2, 10),  # into Spring Festival
    date(2026, 2, 13),
    date(2026, 2, 18),  # on a day off
    date(2026, 2, 28),  # a Saturday that is worked
    date(2026, 3, 6),
    date(2026, 4, 1),
    date(2026, 4, 29),
    date(2026, 6, 16),
    date(2026, 9, 18),
    date(2026, 9, 24),
    date(2026, 9, 29),  # into National Day
    date(2026, 10, 4),
    date(2026, 11, 7),  # a Saturday
    date(2026, 11, 8),
    date(2026, 12, 20),  # into a year whose calendar is not published
    date(2026, 12, 31),
)
