"""Words of blame, by what they do in a sentence.

Sources: Bergström on negations and counterfactuals (adaptivecapacitylabs.com, 2021-01-11), PagerDuty's
*Do not blame "human error"*, Etsy's *Debriefing Facilitation Guide*, NHS Education for Scotland on
judgemental phrases, Vesel 2020 on agentive language, SRE Workbook on animated language; plurals and
neighbours of theirs are ours.
"""

from __future__ import annotations

import re


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text; `_` in one of them is a space that belongs to it."""
    return tuple(word.replace("_", r"\s+") for word in text.split())


def stem(word: str) -> str:
    """Return the letters with which all forms of a word begin: `disaster` of `disasters?`."""
    match = re.match(r"([a-z]+)(\??)", word)
    assert match, word
    return match[1][:-1] if match[2] else match[1]


# People at work, whatever stands before them: "the second database engineer", "our on-call". Left out is
# what is also said of programs: a leader, a member or a dev that is not of a team.
ROLES = words(
    r"""engineers? developers? devs (?:an?|the|our|junior|senior)_dev programmers? coders?
    (?<!Microsoft\s)teams? on-?call sysadmins? administrators? DBAs? SREs? QA ops (?<!Azure\s)devops
    contractors? consultants? freelancers? staff colleagues? co-?workers? employees? technicians? analysts?
    reviewers? (?<!OCSP\s)responders? architects? testers? interns? trainees? apprentices? new_hires?
    newcomers? (?:team|staff|crew)_members?
    members?(?=_of_(?:the_|our_|a_)?(?:\w+_){0,3}(?:team|staff|crew|department)) person persons people
    m[ae]n wom[ae]n guys? individuals? approvers? maintainers? committers? authors? directors? boss bosses
    leadership
    (?:team|tech|technical|incident|shift|delivery|engineering|project|support|security|product)_lead(?:er)?s?
    crew squad department officers? clerks? case-?workers? advis[eo]rs? specialists? experts? commanders?
    nurses? doctors? clinicians? (?:night|day|late|early)_shift designers? researchers?"""
)
# People in one sentence, programs or companies in the next: an operator reconciles, a vendor delivers.
LOOSE_ROLES = words(
    r"""operators? managers? admins? owners? vendors? suppliers? providers? partners? agents? support management
    engineering third-party third_party agency agencies company editors? deployers? supervisors?"""
)
USERS = ("users?", "customers?", "visitors?")

# What people do with their heads and each other, and programs do not; the first form of each verb.
HUMAN_VERBS = words(
    r"""ask bother check communicate consider consult double-check escalate follow forget inform listen notify
    plan pay read realise realize remember review rehearse test tell think verify warn wait document
    anticipate foresee understand appreciate recognise recognize care ensure catch spot notice raise know
    acknowledge speak talk discuss approve authorise authorize challenge question coordinate prepare mention
    admit train insist prioritise prioritize"""
)
# Of these a negation is a fact of the moment: "we did not know yet", "we did not wait for the second node".
NO_OMISSION = frozenset({"know", "wait", "understand", "plan", "acknowledge", "approve", "ensure", "admit"})
# A program may be said to do these too, so of a company or a tool they say nothing.
ALSO_PROGRAMS = frozenset(
    {
        "acknowledge",
        "check",
        "catch",
        "notify",
        "verify",
        "test",
        "warn",
        "wait",
        "read",
        "follow",
        "notice",
        "spot",
    }
    | {"recognise", "recognize", "ensure", "review", "raise", "understand", "prioritise", "prioritize"}
)
# Nor do they of an operator in a cluster, or of a vendor's service.
MACHINE_OR_VENDOR = frozenset(
    {"acknowledge", "check", "verify", "read", "ensure", "wait", "catch", "recognise", "recognize"}
)
KNOWING = tuple(verb for verb in HUMAN_VERBS if verb not in ALSO_PROGRAMS)
WORKING = tuple(verb for verb in HUMAN_VERBS if verb not in MACHINE_OR_VENDOR)
OMITTED = tuple(verb for verb in HUMAN_VERBS if verb not in NO_OMISSION)
# Attempts: people fail at these with all care, and "we failed to deliver" is a service speaking.
ATTEMPTS = words(
    r"""connect reach reproduce load open fetch resolve process deliver serve send receive sign log access get
    find restore recover bring start restart deploy build join bind reconnect meet see locate obtain"""
)
IRREGULAR = {
    "forget": ("forgot", "forgotten"), "pay": ("paid", "paid"), "read": ("read", "read"),
    "tell": ("told", "told"), "think": ("thought", "thought"), "foresee": ("foresaw", "foreseen"),
    "understand": ("understood", "understood"), "catch": ("caught", "caught"), "know": ("knew", "known"),
    "speak": ("spoke", "spoken"),
}  # fmt: skip
# Work that people are said not to have done; "we did not update" tells more about us than "we did not run".
NEGLECTED = (
    "update",
    "apply",
    "validate",
    "monitor",
    "investigate",
    "rotate",
    "renew",
    "patch",
    "involve",
    "back_up",
)
NEGLECTED_BY_OTHERS = words(
    r"""take label write run perform complete add create set configure enable disable install close clean
    restart revert confirm inspect use make do stop keep leave clear secure limit protect switch turn put
    fix"""
)
# Participles that do not end in -ed. Those of the senses are left out: "we should have seen traffic fall".
PARTICIPLES = words(
    r"""asked become begun bought brought built caught chosen come cut done drawn driven fallen felt fought
    found forgotten given gone had held hit kept known laid led left let lost made meant met paid put quit
    read run said sent set shut spent split spoken stood stuck taken taught thought told understood used
    withdrawn written thrown broken split foreseen"""
)
# In a passive the person is only left out: "the change should have been reviewed".
DONE_BY_PEOPLE = words(
    r"""rushed reviewed tested approved checked double-checked noticed communicated escalated informed consulted
    considered addressed anticipated foreseen planned discussed documented spotted prevented
    avoided involved rehearsed agreed questioned challenged thought"""
)

# A label for a person where a condition is meant. PagerDuty; CCADB ("lack of training" explains nothing).
ERROR_OF = words(
    r"""human operator user pilot administrator admin engineer developer staff personnel driver programmer
    analyst technician employee contractor"""
)
FAULTS = words(
    r"""mistakes? errors? faults? oversights? blunders? slips? typos? misjudge?ments? failures?
    misconfigurations? incompetence inexperience judge?ment"""
)
VICES = words(
    r"""carelessness negligence complacency recklessness sloppiness laziness incompetence inattention
    inattentiveness thoughtlessness stupidity irresponsibility"""
)
LACKED = words(
    r"""training experience knowledge expertise skills? attention care diligence discipline understanding
    vigilance competence situational_awareness attention_to_detail"""
)
# Judging words: said of anything, they judge the people behind it.
JUDGING = words(r"""careless negligent reckless sloppy incompetent irresponsible unprofessional""")
JUDGING_PEOPLE = JUDGING + words(
    r"""lazy stupid foolish naive ignorant clueless complacent inexperienced untrained unqualified inattentive
    overconfident unprepared thoughtless inept unwise dumb silly unskilled undisciplined amateurish"""
)
JUDGING_ADVERBS = (*(f"{word}ly" for word in JUDGING), *words("stupidly foolishly thoughtlessly sloppily lazily"))
WRONGLY = words(
    r"""wrongly mistakenly erroneously incorrectly improperly wrongfully needlessly blindly hastily naively
    wilfully willfully"""
)
NORMS = words(
    r"""warnings? alarms? alerts? pages? procedures? process(?:es)? polic(?:y|ies) protocols? rules? runbooks?
    guidelines? instructions? checklists? reviews? approvals? advice steps? standards? tests? errors? signs?
    messages? documentation canary staging complaints? concerns? feedback requests? reports?"""
)

# Animated language. Each colours the account where a number would say it.
DRAMA = words(
    r"""disasters? disastrous(?:ly)? catastroph(?:e|es|ic|ically) nightmares? nightmarish chaos chaotic
    horrific(?:ally)? horrendous(?:ly)? horrible horribly_wrong meltdown fiasco debacle shambles carnage mayhem
    bloodbath unacceptabl[ey] inexcusable unforgivable appalling(?:ly)? dreadful terrible terribly_wrong atrocious
    disgrace disgraceful shameful embarrassing(?:ly)? abysmal(?:ly)? havoc pandemonium calamit(?:y|ous)
    devastating awful armageddon apocalyp(?:se|tic) shocking(?:ly)? trainwreck train-wreck clusterfuck"""
)

# Given names that people in English texts often have and no well-known program does; not Travis, not Will.
GIVEN_NAMES = words(
    r"""Adam Ahmed Aisha Alan Alex Alexander Ali Alice Amanda Amit Amy Ana Andrea Andrew Andy Angela Anna Anne
    Anthony Arjun Barbara Ben Benjamin Beth Bob Brian Carl Carlos Carol Caroline Catherine Charles Charlie
    Charlotte Chen Chris Christian Christine Claire Colin Craig Daniel Dan Dave David Deborah Deepak Diana
    Diego Donna Dorothy Ed Edward Elena Elizabeth Ella Emily Emma Eric Erik Ethan Eva Fatima Felix Fiona
    Frank Fred Gareth Gary Geoff George Giles Graham Greg Hannah Harry Hassan Heather Helen Henry Ian
    Ibrahim Igor Irene Isabel Ivan Jack Jacob James Jan Jane Janet Jason Jean Jeff Jennifer Jenny Jessica
    Jim Joan Joe John Jonathan Jose Joseph Josh Juan Karen Karl Kate Katie Keith Kelly Ken Kevin Kim Kumar
    Lars Laura Lee Leila Leo Liam Linda Lisa Louise Lucy Luis Luke Maria Marie Martin Mary Matt Matthew
    Megan Mei Mia Michael Michelle Miguel Mike Mohammed Muhammad Nancy Natalie Neil Nicholas Nick Nicole
    Nina Nora Olga Oliver Olivia Omar Oscar Pablo Pamela Patricia Patrick Paul Pedro Peter Phil Philip
    Pierre Priya Rachel Raj Rajesh Ravi Rebecca Ricardo Richard Rob Robert Roger Ron Ryan Sally Sam Samantha
    Samuel Sanjay Sara Sarah Scott Sean Simon Sofia Sophie Stefan Stephanie Stephen Steve Steven Stuart Sue
    Susan Tara Taz Thomas Tim Tom Tony Vanessa Victoria Vikram Vladimir Wei Yusuf Zoe"""
)
