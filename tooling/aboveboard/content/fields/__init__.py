"""Typed fields of each kind: the one source for validation, schemas, forms and the field reference."""
