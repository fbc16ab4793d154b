"""A question to candidates, to scores, to the five passages that answer it. It stands on `ingest`."""

from qa.asker import Answer, Asker, Milliseconds, ask
from qa.candidate import MODES, Candidate, Hit, Mode

__all__ = ["MODES", "Answer", "Asker", "Candidate", "Hit", "Milliseconds", "Mode", "ask"]
