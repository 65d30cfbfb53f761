"""Open data: a table of columns for each dataset; JSON, its schema, CSV and the page that explains them follow."""
