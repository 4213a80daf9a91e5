"""The houses and what they publish."""
