"""The stories and what the domain page says of them."""
