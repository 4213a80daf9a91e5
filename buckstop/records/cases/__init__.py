"""Cases: the only way one changes, and what pages ask of them."""
