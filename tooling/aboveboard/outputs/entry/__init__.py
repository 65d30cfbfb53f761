"""The page of each entry: its head, its text, its times, and what leads on from it."""
