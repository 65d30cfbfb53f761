"""Somebody at a terminal, who gives answers that were written down before."""

from __future__ import annotations

import click
import pytest

from aboveboard.cli import asking


def answering(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """Let somebody sit at a terminal and give these answers; return the questions as they come."""
    asked: list[str] = []
    left = list(answers)
    monkeypatch.setattr(asking, "on_terminal", lambda: True)

    def prompt(question: str, **_: object) -> str:
        asked.append(question)
        return left.pop(0)

    monkeypatch.setattr(click, "prompt", prompt)
    return asked
