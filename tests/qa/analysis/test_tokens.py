"""One analysis: spellings of one thing are found by one another, and are set off where they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa import asked_terms, spans
from qa.analysis.concepts import Said, concepts, question_terms
from qa.analysis.tokens import terms


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("e1042", "E-1042 The blade gives no signal."),
        ("E 1042", "E-1042 The blade gives no signal."),
        ("error e-1042", "Error E1042"),
        ("kx2210b", "Part KX-2210-B"),
        ("KX 2210 B", "Part KX-2210-B"),
        ("KX-2210-B", "Part KX 2210 B"),
        ("kx2210b", "part kx 2210 b"),
        ("f07 3", "Fault F07.3"),
        ("5.4", "version 5 4"),
        ("v5.4", "version 5.4"),
        ("2.10.1", "V2.10.1"),
        ("room 12", "Rooms 11 and 12"),
        ("is mx 18 in stock", "Of the MX 18, two are in stock."),
        ("can the mx 18 be towed", "The MX 18 is towed."),
        ("where does Year 7 go", "Year 7 and Year 8"),
        ("on 3/11", "Tuesday 3 November 2026"),
        ("until 3/11", "until 11 March"),
        ("ramp_time_s", "the ramp time S"),
        ("maxFlowRate", "the max flow rate"),
        ("max flow rate", "maxFlowRate: 12"),
        ("maxflowrate", "max_flow_rate"),
        ("pump start delay", "pump_start_delay"),
        ("Kuendigung", "Die Kündigung"),
        ("Kündigung", "KUENDIGUNG"),
        ("Muehlstrasse", "Mühlstraße"),
        ("cafe", "Café"),
        ("1250", "1,250 litres"),
        ("1,250", "1250 litres"),
        ("3/2/2026", "on 3 February 2026"),
        ("February 3rd", "2026-02-03"),
        ("2026-02-03", "the 3rd of February 2026"),
        ("13.02.26", "13 February 2026"),
        ("RTO", "The recovery time objective is four hours."),
        ("WFH", "You may work from home."),
        ("PTO", "Paid time off is granted."),
        ("BYOD", "Bring your own device."),
        ("TOIL", "time off in lieu"),
        ("NDA", "a non-disclosure agreement"),
        ("recovery time objective", "RTO: four hours"),
        ("holidays", "a holiday"),
        ("eight", "8 days"),
        ("8", "Eight, at most."),
        ("five", "from the fifth year"),
        ("the fifth", "5 years"),
    ],
)
def test_other_spellings_of_the_same_are_found(asked: str, text: str) -> None:
    there = Said.of(text)
    things = concepts(asked)
    assert things
    assert all(thing.stands_in(there) for thing in things if thing.text.casefold() != "error")


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("E-1042", "E-1043"),
        ("E-1042", "Room 1042 on floor E"),
        ("F70.1", "F70.3 Card unreadable. F07.1 Bus silent."),
        ("TB-4", "4. Pressure: the benches TB-1 to TB-3"),
        ("version 5.4", "Version 5.3, part 4"),
        ("5.4", "15.4 and 2.5.4"),
        ("v2.10.1", "version 2.1, part 10"),
        ("KX 2210 B in black", "KX 2210 C in black"),
        ("time off in lieu", "oil"),
        ("ramp_up_ms", "ramp_delay_ms: up to 5000"),
        ("maxFlowRatio", "maxFlowRate, a ratio at the max"),
        ("3 February 2026", "3 February 2025"),
        ("3 February 2026", "2 March 2025"),
        ("RTO", "The time of recovery"),
        ("toe", "to"),
    ],
)
def test_what_only_looks_alike_is_not(asked: str, text: str) -> None:
    there = Said.of(text)
    assert not all(thing.stands_in(there) for thing in concepts(asked))


def test_a_question_is_about_its_words_and_not_about_how_it_is_asked() -> None:
    assert [thing.text for thing in concepts("How many days off do I get, and when?")] == ["days"]
    assert [thing.kind for thing in concepts("Is F07 due on 3 May at 12?")] == ["code", "word", "date", "number"]


@pytest.mark.parametrize(
    ("text", "asked", "found"),
    [
        ("The ﬁlter and the FILTER.", "filter", ["ﬁlter", "FILTER"]),
        ("Code E-1042 and e1042.", "e 1042", ["E-1042", "e1042"]),
        ("It ends on 3 February 2026.", "3/2/2026", ["3 February 2026"]),
        ("The recovery time objective is short.", "RTO", ["recovery time objective"]),
        ("Die Mühlstraße.", "muehlstrasse", ["Mühlstraße"]),
    ],
)
def test_the_words_of_the_question_are_set_off_however_they_are_spelt(text: str, asked: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in spans(text, asked_terms(asked))] == found


@given(st.text(), st.text())
def test_spans_are_in_order_and_apart_in_any_text(text: str, question: str) -> None:
    done = 0
    for start, end in spans(text, asked_terms(question)):
        assert done <= start < end <= len(text)
        done = end


@given(st.text())
def test_any_text_is_found_by_itself(text: str) -> None:
    assert set(terms(text)) <= set(question_terms(text))
    there = Said.of(text)
    assert all(thing.stands_in(there) for thing in concepts(text) if thing.kind == "word")
