"""Questions asked of a library. Answers only: no page, no file, no clock."""
