"""Evidence: the vault, the receipts for what came in, and what people are still typing."""
