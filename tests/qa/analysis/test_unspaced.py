"""Scripts without spaces: found and set off by pairs of characters, while nothing changes for any other script."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa import asked_terms, spans
from qa.analysis.concepts import Said, concepts
from qa.analysis.tokens import terms, tokens
from qa.analysis.unspaced import RUN, mostly_unspaced, pairs

UNSPACED = st.text(st.sampled_from("休暇試用期多长どのくらいカー수습기간가มีวันหยุดป่ก็ﾊﾞ々〆〇𠮷葛\U000e0100"), max_size=12)
# Letters, marks and numbers of scripts with spaces, and what joins words.
SPACED = st.text(st.sampled_from("aäßZéкЖαΩعبहि1٣ ._-/:,'’?\n\u0301\ufe0f❤"), max_size=30)


@pytest.mark.parametrize(
    ("asked", "text", "found"),
    [
        ("试用期多长时间？", "前五个月为试用期，双方均可解除合同。", ["试用期"]),
        ("試用期間はどのくらいですか", "最初の五か月は試用期間です。", ["試用期間", "です"]),
        ("수습 기간은?", "처음 다섯 달은 수습 기간입니다.", ["수습", "기간"]),
        ("วันหยุดกี่วัน", "พนักงานมีวันหยุดยี่สิบแปดวัน", ["วันหยุด", "วัน"]),
        ("WiFi密码", "WiFi密码写在墙上。", ["WiFi", "密码"]),
        ("型号KX-2210", "型号：KX2210型", ["型号", "KX2210"]),
        ("ﾊﾞｽ停", "バス停の前", ["バス停"]),
        ("葛\U000e0100飾区", "葛飾区役所", ["葛飾区"]),
        ("车", "车。", ["车"]),
        ("휴가는", "\u1112\u1172\u1100\u1161", ["\u1112\u1172\u1100\u1161"]),
    ],
)
def test_words_are_found_and_set_off_without_spaces(asked: str, text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in spans(text, asked_terms(asked))] == found


@given(UNSPACED)
def test_pairs_cover_a_row_and_each_begins_within_the_one_before(text: str) -> None:
    for run in RUN.findall(text):
        found = list(pairs(run))
        assert found[0][0] == 0
        assert found[-1][1] == len(run)
        assert all(one[0] < other[0] < one[1] < other[1] for one, other in pairwise(found))
        assert all(term for _, _, term in found)


@given(UNSPACED, SPACED, UNSPACED)
def test_mixed_text_is_found_by_itself_and_set_off_without_overlaps(before: str, between: str, after: str) -> None:
    text = before + between + after
    there = Said.of(text)
    assert all(asked.stands_in(there) for asked in concepts(text) if asked.kind == "word")
    done = 0
    for start, end in spans(text, set(terms(text))):
        assert done <= start < end <= len(text)
        done = end


@given(SPACED)
def test_nothing_changes_for_other_scripts(text: str) -> None:
    words = re.findall(r"[^\W_]+(?:[-\u2010\u2011_./:,'’]+[^\W_]+)*", text)
    assert [text[token.start : token.end] for token in tokens(text)] == words
    assert not any(token.is_pair for token in tokens(text))
    assert not mostly_unspaced(text)


@given(SPACED, UNSPACED)
def test_words_beside_text_without_spaces_are_as_if_they_stood_alone(spaced: str, unspaced: str) -> None:
    alone = [token.parts for token in tokens(spaced)]
    assert [token.parts for token in tokens(spaced + unspaced) if not token.is_pair] == alone
