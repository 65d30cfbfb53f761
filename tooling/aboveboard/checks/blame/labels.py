"""People as causes: labels, faults, and who is made responsible."""

from __future__ import annotations

from aboveboard.checks.blame.constructs import construct
from aboveboard.checks.blame.grammar import (
    AGENT,
    BE,
    DETERMINER,
    LOOSE,
    NAMED,
    PEOPLE,
    PERSON,
    REST,
    ROLE,
    UNKNOWN,
    WORD,
    any_of,
)
from aboveboard.checks.blame.words import ERROR_OF, FAULTS, LACKED, VICES

_ERROR_THINGS = (
    r"(?! (?:rates?|messages?|pages?|logs?|reports?|codes?|handling|counts?|budgets?|boundar"
    r"|tracking|screens?|types?"
    r"|metrics?|responses?|tolerance|domains?|injection|isolation|board|committee|body|event))"
)
_BECAUSE = r"(?:due to|because of|caused by|owing to|down to|results? of|attributed to)"
_OUTCOME = (
    r"(?:outages?|incidents?|failures?|disruptions?|downtime|breach(?:es)?|problems?|errors?"
    r"|mistakes?|loss|mess|delays?|leaks?)"
)
_END = r"(?=\s*(?:$|[.,;:)!?\u2013\u2014]))"
_FAILING = r"who|not|(?:forgett|fail|neglect|ignor|miss|overlook|misconfigur|push|delet|mistyp)ing"
_LOOSE_AGENT = rf"(?:{AGENT}|(?:{DETERMINER} )?(?:{WORD} ){{0,2}}?{ROLE}(?!'s))"
_BROKE = (
    r"(?:caused|crashed|took down|brought down|knocked (?:out|over)|wiped|destroyed|corrupted"
    r"|ruined"
    r"|broke(?! (?:on|in|at|down|for|when|while|during|after|as|because|up|off|into|through"
    r"|again)\b| (?:the|this|our) (?:work|task|problem|project|news|ice|story))"
    r"|took (?:the |our )?\w+ (?:down|offline))\b(?= \w)"
)
_REPORTING = (
    r"(?:notic|found|f[ie]nd|saw|report|confirm|identif|discover|fix|sa[iy]|think|thought"
    r"|believ|suggest|suspect|realis|realiz"
    r"|show|explain|ask|mention|wrote|spott|point|revert|restor|diagnos|investigat|check|learn"
    r"|trac|remov)\w*"
)
_WRONG_DEED = (
    r"(?:typed|ran|entered|executed|pushed|deployed|selected|chose|picked|used|clicked|applied"
    r"|deleted|removed|changed"
    r"|edited|set|uploaded|sent|unplugged|pulled|restarted|copied|merged)"
)

_BROKE_CUE = "caus|crash|down|knock|wiped|destroy|corrupt|ruin|broke|offline"

CAUSES = (
    construct(
        "error|human",
        rf"\b(?:{any_of(ERROR_OF)}|manual|people)[\s-]error\b{_ERROR_THINGS}|\b(?:human"
        r"|operator)[\s-]errors\b|\bhuman (?:mistakes?|failings?|oversight)\b",
        deniable=True,
    ),
    construct("finger|pebkac", r"\bfat[\s-]?finger(?:s|ed|ing)?\b|\bfinger trouble\b|\bPEBKAC\b"),
    construct(
        " by| of| with| on",
        rf"\b{any_of(FAULTS)} (?:(?:was |were )?(?:made|committed|introduced) )?(?:by|of|with"
        rf"|on the part of) (?P<by>{AGENT})",
        deniable=True,
    ),
    construct(
        "mistake|fault|blunder|oversight|careless",
        r"\b(?:mistakes?|faults?|blunders?|oversights?|carelessness) (?:made )?(?:by|of) (?P<by>"
        rf"{_LOOSE_AGENT})",
        deniable=True,
    ),
    construct(
        "'",
        rf"(?P<by>{PEOPLE})(?:'s|s?') (?:own )?(?:{WORD} )?(?:{any_of(FAULTS)}|{any_of(VICES)})\b"
        rf"{_ERROR_THINGS}",
    ),
    construct(
        "'",
        rf"(?P<by>{ROLE}|{UNKNOWN})(?:'s|s?') (?:own )?(?:\w+ )?(?:mistakes?|fault|oversight"
        rf"|blunders?|{any_of(VICES)})\b{_ERROR_THINGS}",
    ),
    construct(
        "our|my|his|her|their|'s|whose",
        rf"\b(?:our|my|his|her|their|your|(?:some(?:one|body))(?: else)?'s|whose) (?:own )?"
        r"(?:mistakes?|faults?|oversight|blunders?|misjudge?ment|incompetence|inexperience|"
        rf"{any_of(VICES)})\b{_ERROR_THINGS}",
        deniable=True,
    ),
    construct(
        "caused",
        rf"\bcaused (?:\w+ )?by (?!(?:\w+ )?people)(?P<by>{AGENT})(?:{_END}| (?:{_FAILING}|in|on|at"
        r"|from|during|while|when|after|and|\w+ing)\b)",
    ),
    construct("caused", rf"\bcaused (?:\w+ )?by (?P<by>{_LOOSE_AGENT}) (?:{_FAILING})\b"),
    construct("by", rf"\b{_OUTCOME} (?:\w+ ){{0,4}}?(?:triggered|introduced|created) by (?P<by>{AGENT}){_END}"),
    construct(
        "due|because|owing|down|result",
        rf"\b(?:due to|because of|owing to|down to|results? of) (?!(?:\w+ )?people)(?P<by>{AGENT})(?:{_END}| "
        rf"(?:{_FAILING})\b)",
    ),
    construct(
        "due|because|caused|owing|down|result|attributed|blam", rf"\b(?:{_BECAUSE}|blam\w+) (?P<by>{NAMED})"
    ),
    construct(
        "mistake|oversight|blunder",
        rf"\b(?:{_BECAUSE}|was|were) (?:{DETERMINER} )?(?:{WORD} ){{0,2}}?(?<!by\s)(?:mistakes?"
        rf"|oversights?|blunders?)\b{_ERROR_THINGS}",
        deniable=True,
    ),
    construct("ness|ence|cency|inattention|stupidity|bility", rf"\b{any_of(VICES)}\b", deniable=True),
    construct(
        "lack|absence|loss|insufficient|inadequate|poor|lost",
        rf"\b(?:lack|absence|loss) of (?:{WORD} ){{0,2}}?{any_of(LACKED)}\b"
        rf"|\b(?:insufficient|inadequate|poor) (?:{WORD} )?(?:training|attention|care|knowledge"
        r"|understanding|discipline)\b"
        r"|\blost situational awareness\b",
    ),
    construct(
        "fault|blame|responsible|accountable",
        rf"(?!nobody|no[\s-]one)(?P<who>{PERSON}|{LOOSE}){REST}?\s*{BE} (?:\w+ly )?"
        rf"(?:at fault|to blame|(?:held )?(?:responsible|accountable) for (?:{DETERMINER} )?(?:"
        rf"{WORD} ){{0,2}}?{_OUTCOME})\b",
        deniable=True,
    ),
    construct(
        "responsible",
        rf"(?P<who>{PEOPLE}|{ROLE}) responsible for (?:{DETERMINER} )?(?:{WORD} ){{0,2}}?"
        rf"{_OUTCOME}\b",
    ),
    construct(
        "fault|blame|responsib",
        r"\bblame (?:lies|lay|falls|rests) (?:\w+ly )?(?:with|on)\b|\b(?:fault|blame"
        rf"|responsibility) (?:for (?:{WORD} ){{1,4}}?)?(?:lies|lay|falls|rests|must fall) "
        rf"(?:\w+ly )?(?:with|on) (?P<by>{_LOOSE_AGENT})",
    ),
    construct(
        "poor|bad|wrong|questionable",
        rf"\b(?:poor|bad|wrong|questionable) \w+ (?:by|on the part of) (?P<by>{_LOOSE_AGENT})",
    ),
    construct(
        "lack",
        rf"(?P<who>{PERSON}){REST}?\s*lack(?:s|ed|ing)? (?:the |any )?(?:{WORD} )?"
        rf"{any_of(LACKED)}\b",
    ),
    construct(
        "no idea|no clue",
        rf"(?P<who>{PEOPLE}){REST}?\s*(?:clearly|obviously|apparently|really) ha[sd] no (?:idea"
        r"|clue)\b",
    ),
    construct(
        "trained",
        rf"(?P<who>{PERSON}){REST}?\s*(?:was|were|are|is|had been) (?:not (?:\w+ly )?|never "
        r"|inadequately |poorly |badly |insufficiently )trained\b",
    ),
    construct("must", r"\bsome(?:one|body) (?:\w+ )?must(?: have|'ve) \w"),
    construct(
        "made",
        rf"(?P<who>{PERSON}|{LOOSE}){REST}?\s*(?:had |has |have )?made (?:{DETERMINER} )?(?:"
        rf"{WORD} ){{0,3}}?"
        r"(?:mistakes?|errors?|typos?|blunders?|slips?|misjudge?ments?|oversights?|wrong (?:call"
        r"|decision|assumption|choice))\b",
        deniable=True,
    ),
    construct(_BROKE_CUE, rf"(?P<who>{PEOPLE})(?:{REST}| who | )(?:ha[sd] |have )?{_BROKE}"),
    construct(
        f"{_BROKE_CUE}|led|result|trigger",
        rf"(?P<who>{NAMED})(?:'s)?(?: (?!{_REPORTING}\b){WORD}){{0,8}}? (?:{_BROKE}|(?:led to"
        rf"|resulted in|triggered) (?:{WORD} ){{0,3}}?{_OUTCOME}\b)",
    ),
    construct(
        "accidentally|inadvertently|unintentionally",
        rf"(?P<who>{NAMED})(?: (?!{_REPORTING}\b){WORD}){{0,4}}? (?:accidentally|inadvertently"
        r"|unintentionally)\b",
    ),
    construct(
        "delet|drop|spil|untested|bad|broken|faulty",
        rf"(?P<who>{NAMED}) (?:(?:deleted|dropped|spilled|spilt)\s|(?:pushed|merged|deployed|ran"
        rf"|shipped|released|wrote) (?:{WORD} ){{0,2}}?(?:untested|bad|broken|faulty|buggy)\b)",
    ),
    construct(
        "wrong",
        rf"(?P<who>{PEOPLE}|{ROLE}|they)(?:{REST}| who | )(?:had )?{_WRONG_DEED} (?:"
        rf"{WORD} ){{0,3}}?wrong\b",
    ),
)
