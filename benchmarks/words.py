"""Plain sentences made from a vocabulary: enough words, evenly enough used, that an index of them is a real one.

The sentences mean little. They speak of things and not of people, so that no rule about blame has anything to say.
"""

from __future__ import annotations

from random import Random

THINGS = """account address adviser alarm alert answer appeal archive area attachment backlog backup balance
batch bill board booking boundary box branch breakdown bridge budget bundle button cache calendar case
catalogue centre certificate channel chart check checklist claim clinic clock cluster code collection column
comment connection contact container contract copy cost council count counter course cover crossing customer
cycle dashboard database date deadline decision default delay delivery demand deposit depot design desk detail
diagram directory district document domain draft drawing email endpoint engine enquiry entry envelope error
estimate evening event example exchange export feature fee feed field file filter firewall flag fleet folder
footer form format forum fund garden gateway graph grant grid group guide handbook handover harbour header
heating history holiday host household image import inbox index inspection interface interview invoice job
journey kiosk label lamp laptop layout leaflet ledger lesson letter library licence limit line link list load
log machine mailbox map market meeting member memory menu message meter migration minute mirror mobile model
module monitor morning network node note notice notification number office order outage owner package page
panel paper parcel park partition password patch path pattern payment pension permit phone picture pilot
pipeline plan platform policy pool portal postcode prototype provider proxy question queue quota rate reader
reading receipt record recycling refund region register release reminder renewal repair reply report
repository request reservation reservoir restart result retry review risk road roster route rule runbook
sample schedule schema school screen script search season section sensor server service session setting shelf
shift signal site sketch snapshot socket source spreadsheet stage standard station statement step storage
store street summary supplier supply survey switch table tag target task template tenancy terminal test text
threshold ticket time timer timetable token tool traffic transfer trial tunnel update upload user vehicle
version village visit volume warehouse warning waste water website week window workshop worker zone""".split()
KINDS = """annual automatic blue brief bright busy calm careful central cheap clean clear closed coastal cold
common complete constant correct daily deep different digital direct dry early easy eastern empty equal even
exact extra fair familiar fast final first fixed flat formal free frequent fresh full general gentle global
good green half hard heavy hidden high hourly important inner internal joint large last late legal light
little live local long loose low main medical mixed modern monthly mutual narrow national new next nightly
northern old open ordinary original outer paper partial plain possible printed private proper public quick
quiet rare ready real recent red regional regular remote rural safe second separate shared short silent simple
single slow small smooth social southern special spare stable standard steady stiff still strict strong
temporary thin third tidy tiny total typical uneven upper urban usual visible warm weak weekly western whole
wide winter wooden yearly young""".split()
DEEDS = """added answered asked blocked brought called carried caught changed checked cleared closed collected
compared copied counted covered created crossed cut delayed delivered doubled dropped ended entered filled
filtered followed found freed gathered halved handled held joined kept led left listed loaded logged made
marked matched measured merged met mirrored moved named needed offered opened ordered packed passed paused
placed planned printed produced pushed raised reached read received recorded reduced refused released removed
renamed repeated replaced reported reset restarted returned sampled saved scanned sent served set shaped
shared showed shut slowed sorted spread started stopped stored swapped tested timed took traced tried turned
used waited watched widened""".split()
WHENS = """again|by noon|during the morning|each day|for a while|in one go|in the end|in the evening|in
turn|more than once|most of the time|on Monday|on Thursday|on Tuesday|on Wednesday|one by one|over the
weekend|step by step|this time|twice|under load|with some delay|without any delay|without notice|within the
hour""".replace("\n", " ").split("|")
OPENERS = """After that|All the same|As before|As planned|At first|At the same time|Before long|By then|During
the trial|Elsewhere|For now|From there|In most cases|In practice|In short|In two places|Later on|Next|On the
other hand|Since then|So far|Soon after|Then|To begin with|Today""".replace("\n", " ").split("|")
JOINS = ("and", "but", "so", "because", "while", "until", "after", "before")


def plural(thing: str) -> str:
    """Return the plural of one of the nouns above."""
    if thing.endswith("y") and thing[-2] not in "aeiou":
        return f"{thing[:-1]}ies"
    if thing in ("branch", "search", "switch", "patch", "batch"):
        return f"{thing}es"
    return f"{thing}es" if thing.endswith(("s", "x")) else f"{thing}s"


class Prose:
    """Sentences, paragraphs and lists from one source of chance."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance

    def thing(self) -> str:
        """Return a noun with an adjective; a few things are met far more often than most, as in real text."""
        return f"{self.chance.choice(KINDS)} {self._often(THINGS)}"

    def clause(self) -> str:
        """Return who did what, without a capital or a full stop."""
        chance = self.chance
        many = chance.randint(2, 900)
        whom = f"the {self.thing()}" if chance.random() < 0.7 else f"{many} {plural(self._often(THINGS))}"
        when = f" {chance.choice(WHENS)}" if chance.random() < 0.45 else ""
        return f"the {self.thing()} {self._often(DEEDS)} {whom}{when}"

    def sentence(self) -> str:
        """Return one sentence of 6 to 22 words."""
        text = self.clause()
        if self.chance.random() < 0.35:
            text = f"{text} {self.chance.choice(JOINS)} {self.clause()}"
        if self.chance.random() < 0.3:
            text = f"{self.chance.choice(OPENERS)}, {text}"
        return f"{text[0].upper()}{text[1:]}."

    def paragraph(self, sentences: int) -> str:
        """Return a paragraph; now and then a word of it is emphasised, or is code."""
        text = " ".join(self.sentence() for _ in range(sentences))
        if self.chance.random() < 0.3:
            words = text.split(" ")
            place = self.chance.randrange(1, len(words) - 1)
            mark = self.chance.choice(["*", "**", "`"])
            if words[place].isalpha() and len(words[place]) > 4:
                words[place] = f"{mark}{words[place]}{mark}"
            text = " ".join(words)
        return text

    def bullets(self, count: int) -> str:
        """Return a list of that many items."""
        return "\n".join(f"- {self.sentence()}" for _ in range(count))

    def table(self) -> str:
        """Return a table of three columns and up to six rows."""
        rows = [f"| {self.thing()} | {self.chance.randint(2, 900)} | {self.chance.randint(2, 900)} |"
                for _ in range(self.chance.randint(3, 6))]  # fmt: skip
        return "\n".join(["| What | Before | After |", "|---|---|---|", *rows])

    def code(self) -> str:
        """Return a fenced block in one of three languages."""
        thing, other, limit = self._often(THINGS), self._often(THINGS), self.chance.randint(2, 900)
        return self.chance.choice([
            f"```python\ndef count_{plural(thing)}(found: list[str], limit: int = {limit}) -> int:\n"
            f'    """Count those below the limit."""\n'
            f"    return sum(1 for {other} in found if len({other}) < limit)\n```",
            f"```yaml\n{thing}:\n  {other}: {limit}\n  retries: {limit % 7}\n  enabled: true\n```",
            f"```sql\nSELECT {thing}, count(*) AS {plural(other)}\nFROM records\n"
            f"WHERE {other} > {limit}\nGROUP BY {thing};\n```",
        ])  # fmt: skip

    def _often(self, words: list[str]) -> str:
        return words[int(len(words) * self.chance.random() ** 1.7)]
