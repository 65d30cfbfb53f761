"""The ground floor: what an organisation writes, read and typed. Knows no command, no page and no engine."""
