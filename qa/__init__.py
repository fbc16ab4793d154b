"""A question to candidates, to scores, to the five passages that answer it. It stands on `ingest`."""

from qa.asker import Answer, Asker, Interim, Milliseconds, ask
from qa.candidate import MODES, VERDICTS, BestSentence, Candidate, Hit, Mode, Verdict

__all__ = [
    "MODES",
    "VERDICTS",
    "Answer",
    "Asker",
    "BestSentence",
    "Candidate",
    "Hit",
    "Interim",
    "Milliseconds",
    "Mode",
    "Verdict",
    "ask",
]
