"""Pictures of data: inline SVG made at build time, each with its data as a table."""
