"""Questions for those who sit before an empty weeknote: two a week, and none twice in half a year.

One of each bucket stands in a note. Both have 28 questions, so that 28 weeks go by before a team meets one
again; each team begins somewhere else, so that notes of one week tell of different things. They ask what
and how, and not why: a question that looks for a culprit gets one.
"""

from __future__ import annotations

import hashlib

from aboveboard.content.weeks import Week

# What happened, and what was learned from it.
LEARNED = (
    "What surprised you this week?",
    "What do you know now that you did not know on Monday?",
    "Which number did you look at, and what did it say?",
    "What did somebody who uses your work say or do?",
    "What took longer than you thought, and what was in the way?",
    "What went better than you had reason to expect?",
    "What nearly went wrong, and what caught it?",
    "Which of your guesses turned out wrong?",
    "What did you try that did not work?",
    "What did you stop doing, and does anybody miss it?",
    "What did you find while looking for something else?",
    "What would you do differently if the week began again?",
    "What is still a mystery?",
    "What did you read or watch that others should know of?",
    "What did you see when you used your own service?",
    "What broke, and how did you notice?",
    "Which small thing made the most difference?",
    "What did you learn from another team?",
    "What turned out to be simpler than it looked?",
    "What turned out to be harder than it looked?",
    "What did you measure for the first time?",
    "What did you check that everybody took for granted?",
    "Which old decision did you meet again, and does it still hold?",
    "What did you throw away?",
    "What did you learn about the people you work for?",
    "What did a failed test, form or call teach you?",
    "Which word turned out to mean different things to different people?",
    "What did you write down that was only in somebody's head before?",
)
# How the work goes, who it is with, and where it leads.
WORKING = (
    "What did you finish, so that nobody has to think of it again?",
    "What did you decide, and what would change your mind?",
    "What are you waiting for, and what would help?",
    "Where could somebody outside the team help you?",
    "Who did you help, and what came of it?",
    "Who helped you? Say thank you here.",
    "What would you show a visitor today?",
    "What did you say no to, and what did that make room for?",
    "What are you less sure of than a week ago?",
    "What are you surer of than a week ago?",
    "Which question do you keep coming back to?",
    "What did you put off, and is that all right?",
    "What would you tell a team that starts where you started?",
    "What did you make easier for whoever comes after you?",
    "What gets in the way every week?",
    "What did you talk about most?",
    "What will look different a month from now?",
    "What are you looking forward to?",
    "What worries you, and what would make it smaller?",
    "What did you do for the first time?",
    "What did you do for the last time?",
    "Which promise did you keep this week?",
    "What would you like to be asked about?",
    "What did a new pair of eyes see?",
    "How did you share the load this week?",
    "What made somebody laugh?",
    "What does the picture of your week show? Take one.",
    "What would you cut if you had half the time?",
)


def prompts_for(week: Week, owner: str) -> list[str]:
    """Return the two questions of a week for a team or a person; the same ones whoever asks, and whenever."""
    number = week.monday.toordinal() // 7
    start = int.from_bytes(hashlib.sha256(owner.encode()).digest()[:4], "big")
    # The second bucket begins elsewhere again, so that no pair of questions belongs together.
    return [
        LEARNED[(number + start) % len(LEARNED)],
        WORKING[(number + start // len(LEARNED)) % len(WORKING)],
    ]
