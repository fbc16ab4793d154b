"""Questions: from a question to candidates, scores and the five passages that answer it. This package uses `ingest`.

The names below are imported when they are first used, so that `import qa` takes no time.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.analysis.concepts import asked_terms
    from qa.analysis.tokens import spans
    from qa.answer import (
        VERDICTS,
        Answer,
        BestSentence,
        Candidate,
        Hit,
        Interim,
        Milliseconds,
        Outcome,
        Verdict,
    )
    from qa.asker import Asker, ask, load_models, rerank
    from qa.conversations.answering import Answering
    from qa.conversations.citations import as_bibtex, as_ris
    from qa.conversations.conversations import Conversations, Summary
    from qa.conversations.export import as_csv, as_markdown, as_word, file_name
    from qa.conversations.follow_up import InContext, cannot_stand_alone, in_context, together
    from qa.conversations.suggest import suggested_questions
    from qa.conversations.turn import Conversation, Turn
    from qa.conversations.turns import STOPPED, answer_turn, stopped_turn
    from qa.evaluation.evaluate import evaluate
    from qa.evaluation.judgements import Judgements
    from qa.options import DEFAULTS, MODES, Mode, Options
    from qa.retrieval.retrieve import Retriever, retrieve

_MODULES = {
    "qa.analysis.concepts": ["asked_terms"],
    "qa.analysis.tokens": ["spans"],
    "qa.answer": [
        *("VERDICTS", "Answer", "BestSentence", "Candidate", "Hit", "Interim", "Milliseconds", "Outcome", "Verdict"),
    ],
    "qa.asker": ["Asker", "ask", "load_models", "rerank"],
    "qa.conversations.answering": ["Answering"],
    "qa.conversations.citations": ["as_bibtex", "as_ris"],
    "qa.conversations.conversations": ["Conversations", "Summary"],
    "qa.conversations.export": ["as_csv", "as_markdown", "as_word", "file_name"],
    "qa.conversations.follow_up": ["InContext", "cannot_stand_alone", "in_context", "together"],
    "qa.conversations.suggest": ["suggested_questions"],
    "qa.conversations.turn": ["Conversation", "Turn"],
    "qa.conversations.turns": ["STOPPED", "answer_turn", "stopped_turn"],
    "qa.evaluation.evaluate": ["evaluate"],
    "qa.evaluation.judgements": ["Judgements"],
    "qa.options": ["DEFAULTS", "MODES", "Mode", "Options"],
    "qa.retrieval.retrieve": ["Retriever", "retrieve"],
}
_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names}

__all__ = [
    "DEFAULTS",
    "MODES",
    "STOPPED",
    "VERDICTS",
    "Answer",
    "Answering",
    "Asker",
    "BestSentence",
    "Candidate",
    "Conversation",
    "Conversations",
    "Hit",
    "InContext",
    "Interim",
    "Judgements",
    "Milliseconds",
    "Mode",
    "Options",
    "Outcome",
    "Retriever",
    "Summary",
    "Turn",
    "Verdict",
    "answer_turn",
    "as_bibtex",
    "as_csv",
    "as_markdown",
    "as_ris",
    "as_word",
    "ask",
    "asked_terms",
    "cannot_stand_alone",
    "evaluate",
    "file_name",
    "in_context",
    "load_models",
    "rerank",
    "retrieve",
    "spans",
    "stopped_turn",
    "suggested_questions",
    "together",
]

if not TYPE_CHECKING:  # a type checker sees the imports above and reports missing names

    def __getattr__(name: str) -> object:
        """Import a name when it is first used (PEP 562)."""
        if name not in _MODULE_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(_MODULE_OF[name]), name)
        return value

    def __dir__() -> list[str]:
        """All public names, imported or not."""
        return sorted({*globals(), *__all__})
