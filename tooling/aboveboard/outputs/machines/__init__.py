"""What machines read: feeds, data files and their schemas, structured data, redirects."""
