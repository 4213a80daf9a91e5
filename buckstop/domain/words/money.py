"""Money is whole fen; a yuan amount is shown, never computed with."""

from typing import NewType

Fen = NewType("Fen", int)
"""An amount of Chinese money in fen (1/100 yuan), below 2**53."""

FEN_LIMIT = 2**53


def fen(amount: int) -> Fen:
    """Check that `amount` is a possible sum of money. Raises ValueError if it is not."""
    if not 0 <= amount < FEN_LIMIT:
        msg = f"not an amount of money: {amount} fen"
        raise ValueError(msg)
    return Fen(amount)
