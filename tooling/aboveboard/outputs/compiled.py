"""Compiled templates, kept from run to run where Jinja keeps them: in a folder of this user's alone.

They are code, so they are not in the project's cache, which may come from another machine.
"""

from __future__ import annotations

from jinja2 import BytecodeCache, FileSystemBytecodeCache

from aboveboard.content.ours import ours


def compiled_templates() -> BytecodeCache | None:
    """Return where compiled templates are kept; None where this system has no safe place for them."""
    try:
        # Of every edition of us, and of what we run on, its own.
        return FileSystemBytecodeCache(pattern=f"aboveboard-{ours().hex()}-%s.cache")
    except (RuntimeError, OSError):
        return None
