"""A question to candidates, to scores, to the five passages that answer it. It stands on `ingest`."""

from qa.analysis.asked import asked_terms
from qa.analysis.tokens import spans
from qa.asker import CANDIDATES, TOP, Answer, Asker, Interim, Milliseconds, Outcome, ask
from qa.candidate import MODES, VERDICTS, BestSentence, Candidate, Hit, Mode, Verdict
from qa.conversations.conversations import Conversations, Summary
from qa.conversations.export import as_csv, as_markdown, as_word, file_name
from qa.conversations.follow_up import cannot_stand_alone, together
from qa.conversations.suggest import suggested_questions
from qa.conversations.turn import Conversation, Turn
from qa.evaluation.judgements import Thumbs

__all__ = [
    "CANDIDATES",
    "MODES",
    "TOP",
    "VERDICTS",
    "Answer",
    "Asker",
    "BestSentence",
    "Candidate",
    "Conversation",
    "Conversations",
    "Hit",
    "Interim",
    "Milliseconds",
    "Mode",
    "Outcome",
    "Summary",
    "Thumbs",
    "Turn",
    "Verdict",
    "as_csv",
    "as_markdown",
    "as_word",
    "ask",
    "asked_terms",
    "cannot_stand_alone",
    "file_name",
    "spans",
    "suggested_questions",
    "together",
]
