"""How firmly a fact stands."""

from enum import StrEnum


class Standing(StrEnum):
    """The standing of a fact; settled from `ADMITTED` on."""

    UNKNOWN = "unknown"
    ALLEGED = "alleged"
    ADMITTED = "admitted"
    PROVEN = "proven"
    PRESUMED = "presumed"
    DISPROVED = "disproved"

    @property
    def settled(self) -> bool:
        """Whether nobody may be asked to prove the fact any more (R2)."""
        return self in {Standing.ADMITTED, Standing.PROVEN, Standing.PRESUMED}
