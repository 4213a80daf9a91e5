"""The law: worked examples, and properties of every answer."""
