"""The ball path: one picture of who had a case, when, and who only sent it on."""
