"""What people are said not to have done, and questions after who and why."""

from __future__ import annotations

from aboveboard.checks.blame.constructs import construct
from aboveboard.checks.blame.grammar import (
    ADVERB,
    AGENT,
    DETERMINER,
    LOOSE,
    NP,
    OF_USERS,
    PEOPLE,
    PERSON,
    REST,
    ROLE,
    UNKNOWN,
    USER,
    WORD,
    any_of,
    participle,
    past,
)
from aboveboard.checks.blame.words import (
    ATTEMPTS,
    KNOWING,
    NEGLECTED,
    NEGLECTED_BY_OTHERS,
    NO_OMISSION,
    NORMS,
    OMITTED,
    WORKING,
)

_OMITTED_BY_SOME = tuple(verb for verb in WORKING if verb in OMITTED)
_DID_NOT = rf"(?:did not|didn't){ADVERB}{{0,2}} "
_HAD_NOT = rf"(?:had not|hadn't|had never){ADVERB}{{0,1}} "
_LOOK = (
    r"look (?:at|into|for|up|closely|further|properly)|take (?:\w+ ){1,4}seriously|do (?:his"
    r"|her|their|our) job|(?:respond|react|act|intervene|answer)\b"
)
_NOTHING = (
    r"(?:did nothing|took no (?:action|notice)|made no (?:effort|attempt)|paid no attention"
    r"|turned a blind eye)\b"
)
_SIGNS = (
    rf"(?:{any_of(NORMS)}|bugs?|typos?|problems?|issues?|flags?|lines?|settings?|symptoms?"
    r"|clues?|hints?|cases?|dependency|notices?)"
)

OMISSIONS = (
    construct(
        "fail",
        rf"(?P<who>{PERSON}){REST}(?:ha[sd] |have )?(?:failed|fails|failing) to (?!"
        rf"{any_of(ATTEMPTS)}\b){WORD}",
    ),
    construct("fail", rf"(?P<who>{LOOSE}){REST}failed to {any_of(WORKING)}\b", unless=OF_USERS),
    construct("fail", rf"(?P<who>{UNKNOWN}){REST}failed to {any_of(KNOWING)}\b"),
    construct(
        "forgot|neglect",
        rf"(?P<who>{PERSON}|{ROLE}|{UNKNOWN}|they){REST}(?:ha[sd] |have )?(?:forgot(?:ten)?"
        rf"|neglected) (?!nothing|the(?:ir)? password|how\b){WORD}",
        unless=r"\bpasswords?\b",
    ),
    construct(
        "overlooked|omitted|disregarded",
        rf"(?P<who>{PERSON}|{ROLE}|they){REST}(?:ha[sd] |have )?(?:overlooked|omitted"
        r"|disregarded)\b",
    ),
    construct("did", rf"(?P<who>{PERSON}){REST}{_DID_NOT}(?:{any_of((*OMITTED, *NEGLECTED))}\b|{_LOOK})"),
    construct("did", rf"(?P<who>{PEOPLE}){REST}{_DID_NOT}{any_of(NEGLECTED_BY_OTHERS)}\b(?! (?:any harm|so\b))"),
    construct(
        "did", rf"(?P<who>{LOOSE}){REST}{_DID_NOT}(?:{any_of(_OMITTED_BY_SOME)}\b|{_LOOK})", unless=OF_USERS
    ),
    construct("did", rf"(?P<who>{UNKNOWN}){REST}{_DID_NOT}{any_of(set(KNOWING) - NO_OMISSION)}\b"),
    construct("had", rf"(?P<who>{PERSON}){REST}{_HAD_NOT}{participle(OMITTED)}\b"),
    construct(
        "never",
        rf"(?P<who>{PERSON}) never(?: \w+ly)? (?:even )?(?:{past(OMITTED)}|wrote|ran|updated"
        r"|tried)\b",
    ),
    construct(
        "nobody|no one|no-one|none",
        rf"\b(?:nobody|no[\s-]one|none of (?:us|them|{DETERMINER} {WORD})){REST}(?:had )?(?:even )?"
        rf"(?:{past(OMITTED)}|{participle(OMITTED)})\b(?! any)",
    ),
    construct("underst", rf"(?P<who>{PEOPLE}){REST}(?:{_DID_NOT}understand|failed to understand)\b"),
    construct(
        "do|never",
        rf"(?P<who>{PEOPLE}) (?:don't|do not|doesn't|does not|never) (?:\w+ly )?(?:read|follow"
        r"|check|test|listen|care|think|pay|bother)\b",
    ),
    construct(
        "without",
        rf"(?P<who>{PERSON}|{ROLE})(?: {WORD}){{1,9}}?,? without (?:even |first )?(?:telling|asking"
        r"|checking|testing|reading|verifying|consulting|informing|warning|thinking|reviewing"
        r"|notifying|considering|waiting)\b",
    ),
    construct("did", rf"(?P<who>{USER}){REST}{_DID_NOT}(?:bother|think|read|follow|check|pay)\b"),
    construct(
        "did|failed|forgot|neglected",
        rf"^\W*(?:did not|didn't|failed to) {any_of(_OMITTED_BY_SOME)}\b|^\W*(?:forgot"
        r"|neglected) to\b",
    ),
    construct(
        "failure|failing|neglecting|forgetting",
        rf"\b(?:failure|failing|neglecting|forgetting) to {any_of(WORKING)}\b",
    ),
    construct(
        "overlooked|forgotten|neglected",
        rf"\b(?:was|were) (?:\w+ly )?(?:overlooked|forgotten|neglected)\b(?! by (?!{AGENT}))",
        deniable=True,
    ),
    construct(
        "missed",
        rf"(?P<who>{PERSON}){REST}(?:had )?missed (?:{DETERMINER}|several|all|both|two|many) (?:"
        rf"{WORD} ){{0,3}}?{_SIGNS}\b",
    ),
    construct(
        "missed",
        rf"\b(?:signs?|warnings?|alerts?|clues?|steps?|symptoms?) (?:that |which )?{NP}(?P<by>"
        rf"{PERSON}) (?:had )?missed\b",
    ),
    construct("nothing|no |blind", rf"(?P<who>{PERSON}){REST}{_NOTHING}"),
)

_ASKED = (
    r"(?:approved|authori[sz]ed|allowed|let|deployed|pushed|merged|committed|broke|deleted"
    r"|dropped|caused|did (?!what)|made (?!it\b)"
    r"|ran|changed|forgot|missed|signed|wrote|reviewed|disabled|enabled|turned|switched"
    r"|ignored|introduced|gave|touched|failed"
    r"|is (?:to blame|responsible|at fault|accountable)|was (?:to blame|responsible|at fault"
    r"|supposed|meant)"
    r"|should have|took down|left|messed|screwed|configured|decided)"
)

QUESTIONS = (
    construct("who", rf"(?:^|[.:?!(]\s*)[\W_]{{0,4}}\bwho(?: \w+ly)? {_ASKED}(?=\W|(?<=\s))"),
    construct(
        "who",
        rf"\b(?:f(?:ind|ound|inding) out|determine|establish|identify|clear|wonder\w*) who {_ASKED}"
        r"(?=\W|(?<=\s))",
    ),
    construct(
        "how",
        rf"\bhow (?:on earth )?could {NP}(?P<by>{PERSON}|{LOOSE}) (?:\w+ly )?(?:not|have|ever)\b"
        rf"|\bhow {NP}(?P<who>{PERSON}|{LOOSE}) could (?:\w+ly )?have\b",
    ),
    construct("whose", r"\bwhose fault\b"),
    construct("whose", r"\bwhose (?:mistake|responsibility|job|idea|decision|change|error)\b", r"\?"),
    construct(
        "why",
        rf"(?:^|[.:;,(?!]\s*|\b(?:and|but|so) )[\W_]{{0,4}}\bwhy (?:on earth |the hell )?(?:did|had"
        r"|would|could|was|were)(?:n't| not)? "
        rf"(?!(?:{DETERMINER} )?(?:{WORD} )?(?:people|members)\b){NP}(?P<by>{PERSON}|{LOOSE})(?!')",
    ),
)
