"""Counterfactuals: what people should, could or would have done, told by someone who knows how it ended."""

from __future__ import annotations

from aboveboard.checks.blame.constructs import construct
from aboveboard.checks.blame.grammar import (
    ADVERB,
    AGENT,
    DONE,
    LOOSE,
    NP,
    OF_USERS,
    PERSON,
    REST,
    UNKNOWN,
    USER,
    any_of,
    participle,
)
from aboveboard.checks.blame.words import DONE_BY_PEOPLE, HUMAN_VERBS, KNOWING, WORKING

_CHOSEN = (
    r"pushed|merged|allowed|let|made|taken|done|relied|assumed|given|chosen|left|kept|insisted"
    r"|hired|signed"
)
_AVERTED = (
    r"(?:prevented|avoided|averted|stopped|mitigated|shortened|saved|handled|responded|reacted"
    r"|acted|done|detected"
    r"|identified|fixed|rolled|intervened)"
)
_SHOULD = (
    rf"(?:could and )?(?:should(?:n't)?|ought(?:n't)?(?: not)? to){ADVERB}{{0,2}}(?: have|'ve"
    rf"|'a){ADVERB}{{0,2}} "
)
_COULD = r"could(?: (?!not\b|never\b)\w+){0,1}(?: have|'ve)(?: \w+ly)? "
_WOULD = r"(?:would|'d)(?: (?!not\b|never\b)\w+){0,1} have(?: \w+ly)? "
_BEEN = (
    r"been (?:\w+ly )?(?:more|less|better|clearer|quicker|faster|ready|aware|careful|honest"
    r"|prepared|there|\w+ing)"
)
_PLANNED = r"(?![^.;]{0,80}\bby (?:then|tomorrow|tonight|\w+day\b|the end|end of|next|noon|\d))"
_MODAL = r"\b(?:would|could|might|should)\b|'d have"
_MODAL_HAVE = (
    r"\b(?:would|could|might)(?:n't)?(?: \w+){0,2} have\b|\b(?:would|could|might)(?:'ve"
    r"|n't've)"
)

COUNTERFACTUALS = (
    construct(
        "should|ought",
        rf"(?P<who>{PERSON}){REST}{_SHOULD}(?:{DONE}|{_BEEN}|seen (?:this|that|it) coming)"
        rf"{_PLANNED}",
    ),
    construct(
        "should|ought",
        rf"(?P<who>{LOOSE}){REST}{_SHOULD}(?:{participle(WORKING)}|{_CHOSEN}|known)\b{_PLANNED}",
        unless=OF_USERS,
    ),
    construct("should|ought", rf"(?P<who>{UNKNOWN}){REST}{_SHOULD}(?:{participle(KNOWING)}|been more)\b"),
    construct(
        "should|ought",
        rf"(?P<who>{USER}){REST}{_SHOULD}(?:read|known|checked|followed|asked|realised|realized"
        r"|thought)\b",
    ),
    construct(
        "could",
        rf"(?!nobody|no[\s-]one)(?P<who>{PERSON}|{LOOSE}){REST}{_COULD}"
        rf"(?:{participle(HUMAN_VERBS)}|{_AVERTED}|{DONE}[^.;:]{{0,80}}\b(?:earlier|sooner|better"
        r"|faster|quick\w*|if|had))\b",
        unless=rf"{OF_USERS}|\b(?:assum|believ|hop)\w+ (?:that )?we\b",
    ),
    construct(
        "would|'d",
        rf"(?P<who>{PERSON}){REST}{_WOULD}(?:{participle(HUMAN_VERBS)}|{_AVERTED})\b",
        r"\bif\b|\bhad\b|'d\b",
    ),
    construct(
        "if ",
        rf"\bif (?:only )?{NP}(?P<who>{PERSON}){REST}?\s*(?:had|hadn't|'d)(?: not)?"
        rf"{ADVERB}{{0,2}} {DONE}",
        _MODAL,
    ),
    construct("if ", rf"\bif (?:only )?{NP}(?P<who>{PERSON})(?: \w+ly)? had\b", _MODAL_HAVE),
    construct("if only", rf"\bif only {NP}(?P<who>{PERSON}){REST}?\s*(?:had|hadn't|'d)\b"),
    construct(
        "if ",
        rf"\bif (?:only )?{NP}(?P<who>{LOOSE})(?: \w+ly)? had(?: not|n't)? (?:"
        rf"{participle(HUMAN_VERBS)}|{_CHOSEN})\b",
        _MODAL_HAVE,
        USER,
    ),
    construct("had", rf"(?<!we\s)(?<!they\s)\bhad {NP}(?P<who>{PERSON}|they){REST}(?:{DONE}|been)\b", _MODAL),
    construct(
        "should|ought",
        rf"\b(?:should|ought to)(?:n't)?(?: (?:not|never|\w+ly))? have(?: \w+ly)? been (?:\w+ly )?"
        rf"{any_of(DONE_BY_PEOPLE)}\b(?! automatically| by (?!{AGENT}))",
    ),
    construct(
        "should",
        r"\b(?:should(?:n't | not | never )have|should have never) been (?:deployed|released|made"
        r"|done|pushed|given|left)\b",
    ),
    construct(
        "easily|simply|trivially",
        r"\bcould (?:so )?(?:easily|simply|trivially) have\b|\bcould have (?:easily|simply)\b"
        r"|\beasily (?:avoid|prevent)(?:ed|able)\b",
    ),
    construct(
        "hindsight",
        r"\b(?:in|with) (?:the benefit of )?hindsight\b",
        r"\b(?:should|would|could|might)(?:n't)?(?: \w+){0,2} have\b|\bought\b",
    ),
    construct(
        "next time",
        rf"\bnext time,? {NP}(?P<who>{PERSON}|they) (?:must|ha(?:ve|s) to|needs? to|had better"
        r"|ought to)\b",
    ),
    construct(
        "supposed|meant",
        rf"(?P<who>{PERSON}){REST}(?:was|were) (?:supposed|meant) to (?:have )?"
        rf"{any_of(HUMAN_VERBS)}",
    ),
)
