"""JSON Schemas of what an organisation writes, for editors: made from the one table of fields."""
