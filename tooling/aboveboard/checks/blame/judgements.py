"""Words that judge people, drama, and the one root cause."""

from __future__ import annotations

from aboveboard.checks.blame.constructs import construct
from aboveboard.checks.blame.grammar import (
    ADVERB,
    BE,
    DETERMINER,
    LOOSE,
    PEOPLE,
    PERSON,
    REST,
    ROLE,
    UNKNOWN,
    WORD,
    any_of,
)
from aboveboard.checks.blame.words import DRAMA, JUDGING, JUDGING_ADVERBS, JUDGING_PEOPLE, NORMS, WRONGLY, stem

_MISDID = (
    r"(?:ignored|violated|breached|disregarded|flouted|bypassed|circumvented|skipped|dismissed"
    r"|defied|overrode|disobeyed|broke)"
)
_BOTCHED = (
    r"(?:mishandled|mismanaged|misjudged|misconfigured|mistyped|misread|blundered"
    r"|misunderstood|panicked|bungled|botched"
    r"|(?:messed|screwed|cocked|fouled|slipped) (?:\w+ )?up|dropped the ball|blew it|let (?:it"
    r"|this) slip)\b"
)

_JUDGING_CUE = "|".join((*JUDGING, *JUDGING_ADVERBS))
_PEOPLE_CUE = "|".join(JUDGING_PEOPLE)

JUDGEMENTS = (
    construct(_JUDGING_CUE, rf"\b(?:{any_of(JUDGING)}|{any_of(JUDGING_ADVERBS)})\b", deniable=True),
    construct(
        _PEOPLE_CUE, rf"\b{any_of(JUDGING_PEOPLE)} (?:{WORD} ){{0,2}}?(?P<by>{PEOPLE}|{ROLE})", deniable=True
    ),
    construct(
        _PEOPLE_CUE,
        rf"(?P<who>{PERSON}|{LOOSE}|{UNKNOWN}){REST}?\s*(?:{BE}|became|got|grew){ADVERB}{{0,2}}"
        rf"(?: (?:very|too|so|rather|quite|being))? {any_of(JUDGING_PEOPLE)}\b",
        deniable=True,
    ),
    construct(
        "wise|naive|foolish|stupid|silly|dumb|wrong",
        r"\b(?:it|this|that) (?:is|was) (?:\w+ly |very |so )?(?:naive|foolish|stupid|unwise|silly"
        r"|dumb|wrong) (?:of|to)\b",
        deniable=True,
    ),
    construct(
        "|".join(WRONGLY),
        rf"(?P<who>{PERSON})(?: who)?(?: (?:ha[sd]|have|was|were))? {any_of(WRONGLY)}\b(?! "
        r"(?:report|stat|show|charg|bill|list|mark|publish|inform))",
    ),
    construct("mistake", rf"(?P<who>{PERSON})(?: {WORD}){{1,9}}? by mistake\b"),
    construct(
        "judg|mistake|blunder|oversight|error",
        r"\b(?:poor|bad|faulty|flawed) (?:\w+ )?judge?ment\b|\b(?:lapses?|errors?) (?:of"
        r"|in) judge?ment\b"
        r"|\b(?:rookie|schoolboy|silly|stupid|dumb|foolish|avoidable|unforced|amateur|elementary"
        r"|obvious|basic|embarrassing) (?:mistake|blunder|oversight)s?\b"
        r"|\b(?:rookie|schoolboy|silly|stupid|dumb|amateur|unforced) errors?\b",
    ),
    construct(
        "ignor|violat|breach|disregard|flout|bypass|circumvent|skip|dismiss|defied|overrode|disobey|broke",
        rf"(?P<who>{PERSON}|{ROLE}|they)(?:{REST}| who | (?:{WORD} ){{1,7}}?and | )(?:ha[sd] "
        rf"|have )?(?:\w+ly )?{_MISDID} (?:{WORD} ){{0,4}}?{any_of(NORMS)}\b",
    ),
    construct(
        "ing",
        r"\b(?:by|despite|for) (?:ignoring|violating|disregarding|bypassing|skipping|flouting) (?:"
        rf"{WORD} ){{0,3}}?{any_of(NORMS)}\b",
    ),
    construct(
        "breach|violation",
        r"\bin (?:\w+ )?(?:breach|violation) of (?:\w+ ){0,2}?(?:procedures?|protocols?|process"
        r"|guidelines?|instructions?)\b",
    ),
    construct(
        "contrary",
        r"\bcontrary to (?:\w+ ){0,2}?(?:procedures?|polic(?:y|ies)|instructions?|advice|orders"
        r"|guidelines?)\b",
    ),
    construct(
        "mis|blunder|panick|bungl|botch| up|drop|blew|slip",
        rf"(?P<who>{PERSON}|{ROLE}|they){REST}?\s*(?:ha[sd] |have )?{_BOTCHED}",
    ),
    construct("botched|bungled|mismanage", r"\b(?:botched|bungled)\b|\bmismanage(?:d|ment)\b"),
    construct(
        "",
        r"\bbad apples?\b|\b(?:idiots?|idiotic|morons?|moronic|imbeciles?|muppets?|clowns?)\b"
        r"|\bany (?:competent|half-?decent|sensible|reasonable|decent) \w+|\bcommon sense\b|\bcut"
        r"(?:ting)? corners\b"
        r"|\basleep at the (?:wheel|switch)\b|\b(?:know|knew|known) better\b|\bno excuse\b"
        r"|\bnot paying attention\b"
        r"|\b(?:wasn't|weren't) (?:\w+ )?paying attention\b|\b(?:not|n't) be bothered\b"
        r"|\bhalf-?hearted(?:ly)?\b"
        r"|\bdespite (?:\w+ )?(?:being aware|knowing|(?:being|having been) (?:told|warned)|"
        r"(?:clear|repeated|several|many) warnings?)\b"
        r"|\bwhat (?:was|were) (?:they|he|she|you) thinking\b",
        signs="bad apple|idiot|moron|imbecile|muppet|clown|any competent|any half|any sensible|any reasonable"
        "|any decent|common sense|corners|asleep at the|better|no excuse|paying attention|be bothered|hearted"
        "|despite|thinking",
    ),
    construct("had to do", rf"\ball (?:{DETERMINER} )?(?:{WORD} ){{0,2}}?(?P<by>{PERSON}|they|you) had to do\b"),
    construct(
        "slow|too ",
        rf"(?P<who>{PERSON}|they){REST}?\s*(?:(?:was|were) (?:\w+ )?slow (?:to|in) (?:react|respond"
        r"|reali[sz]|recogni[sz]|notic|escalat|act\b|acting|communicat|detect|understand|identif"
        r"|updat|inform|tell|acknowledg|answer|shar)\w*|(?:took|waited|left it) (?:far |much "
        r"|way )?too (?:long|late))\b",
    ),
    construct(
        "had been|was|were",
        rf"(?P<who>{PERSON}|{ROLE}|they){REST}?\s*(?:had been|was|were) (?:\w+ly )?(?:told|warned"
        r"|instructed) not to\b",
    ),
    construct(
        "retrain|disciplin|reprimand|fired|sacked|punish|spoken",
        rf"(?P<who>{PERSON}|{ROLE}|they)(?: responsible)?{REST}?\s*(?:should|must|will|has|have|to"
        r"|was|were|is|are) (?:be |been )?(?:retrained|disciplined|reprimanded|fired|sacked"
        r"|punished|spoken to)\b",
    ),
    construct(
        "asleep|slept|wasted|jumped",
        rf"(?P<who>{PERSON}|{ROLE}|they){REST}?\s*(?:slept through|fell asleep|wasted (?!no\b)"
        r"|jumped to (?:the )?(?:wrong )?conclusions?)",
    ),
    construct(
        "more ",
        r"\b(?:be|been|being) (?:\w+ )?more (?:careful|vigilant|attentive|diligent|disciplined"
        r"|conscientious)\b|\bpa(?:y|id) (?:\w+ )?more attention\b",
    ),
)

TONE = (
    construct(
        "",
        r"(?<!natural\s)(?<!in\sa\s)(?<!of\sa\s)(?<!of\s)(?<!for\s)\b(?!disasters?[\s-](?:recovery"
        r"|plan|relief|response|management|scenario|risk|area|preparedness))"
        r"(?!chaos[\s-](?:engineer|monkey|mesh|test|experiment|day|kong|game|toolkit))"
        r"(?!catastrophic (?:backtracking|forgetting|cancellation))(?!awful lot)(?!(?-i:Meltdown))"
        r"(?!(?<=[\w,]\s)(?-i:[A-Z]))"
        rf"{any_of(DRAMA)}\b(?!-)",
        deniable=True,
        signs="|".join(map(stem, DRAMA)),
    ),
)

SINGLE_CAUSE = (
    construct(
        "cause",
        r"\broot[\s-]caused?\b(?![\s-]analys)|\b(?:the|a) (?:sole|only|single) cause\b"
        r"|\bcaused solely by\b",
        deniable=True,
    ),
)
