"""Aboveboard: an open working blog and incident-report publisher."""

__version__ = "0.1.0"
