"""How an answer was found: how re-ranking moved the passages, the scores of all candidates, the time of each stage."""

import altair as alt
import streamlit as st

from pages.parts.plain import plain_html, show_html
from qa import Answer, Candidate, Hit

# Colours of Okabe and Ito, which colour-blind people can tell apart, those that are clear on white and on black; the
# shapes say the same again. "Color Universal Design", 2008.
_COLOURS = ["#0f83c4", "#d55e00", "#00946b", "#c4679b", "#b88300"]
_SHAPES = ["circle", "square", "triangle-up", "diamond", "cross"]
_DRAWN = len(_COLOURS)  # passages in the first chart
_OTHERS = "#8a949e"
_HEIGHT = 260


def show_how_found(answer: Answer) -> None:
    """The three charts, each with a heading that says what it shows."""
    st.markdown(_how_words(answer))
    stages = _stage_names(answer)
    st.markdown("**How the ranking changed**")
    if len(stages) > 1:
        st.altair_chart(_rank_chart(answer, stages))
    show_html(_chart_key(answer))
    which = "the {:,} passages that it read" if answer.not_read else "all {:,} passages"
    st.markdown(f"**The cross-encoder's score of {which.format(len(answer.scores))}**")
    st.altair_chart(_score_chart(answer))
    st.markdown("**The time of each stage**")
    st.altair_chart(_time_chart(answer))


def _how_words(answer: Answer) -> str:
    if all(hit.candidate.retrieved_rank is None for hit in answer.hits):
        found = f"There are only {answer.candidates:,} passages, so there was no need to search."
    else:
        how = {
            "hybrid": "those with a similar meaning and those with the same words, joined into one list",
            "dense": "those with a similar meaning",
            "lexical": "those with the same words",
        }[answer.mode]
        found = f"First, {answer.candidates:,} passages were found for the question: {how}."
    copies = (
        f" {answer.near_copies:,} more say nearly the same as one of these, so they were not read: its card names them."
        if answer.near_copies
        else ""
    )
    left = (
        f" It read the most promising first, and stopped after {len(answer.scores):,}: the other "
        f"{answer.not_read:,} could hardly have come among the best."
        if answer.not_read
        else ""
    )
    return (
        f"{found}{copies} Then a cross-encoder, a model that reads the question and a passage together, gave each a "
        f"score.{left} The score on the card combines it with the meaning and the words: it says how likely the "
        "passage answers."
    )


def _stage_names(answer: Answer) -> list[str]:
    """The names of the lists that the passages were in, in order."""
    found = [hit.candidate for hit in answer.hits]
    ranks = [(candidate.dense_rank, candidate.lexical_rank, candidate.retrieved_rank) for candidate in found]
    there = [any(each[at] is not None for each in ranks) for at in range(3)]
    names = ["Similar meaning", "Exact words", "Both together"]
    if answer.mode != "hybrid":
        there[2] = False
    return [name for name, is_there in zip(names, there, strict=True) if is_there] + ["After reading"]


def _rank_at(hit: Hit, stage: str) -> int | None:
    candidate: Candidate = hit.candidate
    return {
        "Similar meaning": candidate.dense_rank,
        "Exact words": candidate.lexical_rank,
        "Both together": candidate.retrieved_rank,
        "After reading": hit.rank,
    }[stage]


def _rank_chart(answer: Answer, stages: list[str]) -> alt.LayerChart | alt.FacetChart:
    rows = [
        {"Stage": stage, "Rank": rank, "Passage": str(hit.rank), "Document": hit.candidate.document.name}
        for hit in answer.hits[:_DRAWN]
        for stage in stages
        if (rank := _rank_at(hit, stage)) is not None
    ]
    passages = [str(hit.rank) for hit in answer.hits[:_DRAWN]]
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        # A word a line, so that the labels are apart on a telephone too.
        x=alt.X(
            "Stage:N",
            sort=stages,
            title=None,
            axis=alt.Axis(labelAngle=0, labelOverlap=False, labelExpr="split(datum.label, ' ')"),
        ),
        y=alt.Y(
            "Rank:Q",
            scale=alt.Scale(type="log", reverse=True, domainMin=1, nice=False, padding=14),
            title="Rank, best on top",
            axis=alt.Axis(values=[1, 2, 3, 5, 10, 20, 50, 100, 200, 300], format="d", grid=True),
        ),
        color=alt.Color("Passage:N", scale=alt.Scale(domain=passages, range=_COLOURS), legend=None),
        tooltip=["Passage:N", "Document:N", "Stage:N", "Rank:Q"],
    )
    points = base.mark_point(filled=True, size=110, opacity=1).encode(
        shape=alt.Shape("Passage:N", scale=alt.Scale(domain=passages, range=_SHAPES), legend=None)
    )
    numbers = base.transform_filter(f"datum.Stage == '{stages[-1]}'").mark_text(dx=14, fontWeight="bold", fontSize=13)
    return alt.layer(base.mark_line(strokeWidth=2), points, numbers.encode(text="Passage:N")).properties(
        height=_HEIGHT,
        description="Lines, one a passage shown, from its rank in each list to its rank after reading.",
    )


def _chart_key(answer: Answer) -> str:
    """What the numbers in the chart mean, and the same in words, for those who do not see the chart."""
    lines = []
    for hit in answer.hits[:_DRAWN]:
        told = [f"{stage.lower()} {_rank_at(hit, stage) or 'not found'}" for stage in _stage_names(answer)[:-1]]
        told += [f"after reading {hit.rank}"]
        told += [] if hit.cross_encoder is None else [f"cross-encoder {hit.cross_encoder:.2f}"]
        lines.append(f"<li>{plain_html(hit.candidate.document.name)}: {', '.join(told)}</li>")
    return f'<ol class="pp-key">{"".join(lines)}</ol>'


def _score_chart(answer: Answer) -> alt.LayerChart | alt.FacetChart:
    shown = {hit.cross_encoder for hit in answer.hits}
    rows = [
        {"Passage": at, "Score": score, "Shown": "shown" if score in shown else "not shown"}
        for at, score in enumerate(answer.scores, start=1)
    ]
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X(
            "Passage:Q",
            title="Order of reading",
            scale=alt.Scale(domain=[0, len(rows) + 1], nice=False),
            axis=alt.Axis(format="d", tickMinStep=1, grid=False),
        ),
        y=alt.Y("Score:Q", title="The cross-encoder's score", scale=alt.Scale(domain=[0, 1])),
        color=alt.Color(
            "Shown:N",
            scale=alt.Scale(domain=["shown", "not shown"], range=[_COLOURS[1], _OTHERS]),
            legend=alt.Legend(orient="top", title=None),
        ),
        tooltip=["Passage:Q", alt.Tooltip("Score:Q", format=".2f"), "Shown:N"],
    )
    points = base.mark_point(filled=True, size=55, opacity=1).encode(
        shape=alt.Shape(
            "Shown:N", scale=alt.Scale(domain=["shown", "not shown"], range=["diamond", "circle"]), legend=None
        )
    )
    return alt.layer(base.mark_rule(strokeWidth=1).encode(y2=alt.datum(0)), points).properties(
        height=_HEIGHT,
        description="The cross-encoder's score of every passage that it read, in the order in which it read them.",
    )


def _time_chart(answer: Answer) -> alt.LayerChart | alt.FacetChart:
    spent = answer.milliseconds
    stages = {
        "Finding passages": spent.retrieve,
        "Reading them": spent.rerank,
        "Finding the sentences": spent.sentences,
    }
    rows = [{"Stage": stage, "ms": value, "Time": f"{value:,.0f} ms"} for stage, value in stages.items()]
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X("ms:Q", title="Milliseconds", scale=alt.Scale(domain=[0, max(stages.values()) * 1.2])),
        y=alt.Y("Stage:N", sort=list(stages), title=None, axis=alt.Axis(labelLimit=200, labelOverlap=False)),
        tooltip=["Stage:N", "Time:N"],
    )
    bars = base.mark_bar(color=_COLOURS[0], size=18)
    # Altair's text takes the theme's colour where none is given, but not in a bar's layer.
    numbers = base.mark_text(align="left", dx=5, color=_OTHERS, fontWeight="bold").encode(text="Time:N")
    return alt.layer(bars, numbers).properties(height=170, description="The time of each stage, in milliseconds.")
