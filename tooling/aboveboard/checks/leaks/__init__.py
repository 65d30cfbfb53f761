"""LK: secrets, personal data and internal places. `rules`, `personal`, `internal` and `files` have the rules."""
