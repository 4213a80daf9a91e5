"""The ball path, drawn and told."""
