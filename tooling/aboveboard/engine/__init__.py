"""The door to MkDocs: the only room that knows it. Everything it publishes comes from `outputs`."""
