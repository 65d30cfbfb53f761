"""Planning and writing entries. A plan is made first and can be looked at; writing it is one step."""
