"""Questions in Chinese, Japanese, Korean and Thai find their passage, and the sentence in it that has their words."""

from collections.abc import Iterator

import pytest

from ingest import Library, add
from qa import Asker
from tests.conftest import SharedLibrary, settings_in, written

HANDBOOKS = {
    "手册.md": (
        "# 员工手册\n\n## 休假\n\n每位员工每年享有二十八天带薪假期，须在一月底前与小组商定。\n\n"
        "## 合同开始\n\n双方在第一天签字。前五个月为试用期，双方均可提前两周解除合同。谁都可以提问！\n\n"
        "## 食堂\n\n午餐每份十二元，不来用餐者请在九点前说明。\n\n## 钥匙\n\n遗失钥匙须立即报告门卫。\n\n"
        "## 工具\n\n借用的工具当天归还。\n"
    ),
    "規則.md": (
        "# 就業規則\n\n## 病気\n\n出勤できない場合は、朝七時までに班長へ連絡します。\n\n"
        "## 契約\n\n初日に署名します。最初の五か月は試用期間です。双方とも解約できます。\n\n"
        "## 来客\n\n来客は黄色の名札を付けます。\n\n## 工具\n\n借りた工具はその日のうちに返却します。\n"
    ),
    "안내서.md": (
        "# 직원 안내서\n\n## 휴가\n\n모든 직원은 유급 휴가를 받습니다.\n\n## 계약\n\n첫날에 서명합니다. "
        "처음 다섯 달은 수습 기간입니다. 양측 모두 해지할 수 있습니다.\n\n"
        "## 방문객\n\n방문객은 이름표를 달아야 합니다.\n\n"
        "## 공구\n\n빌린 공구는 당일에 반납합니다.\n"
    ),
    "คู่มือ.md": (
        "# คู่มือพนักงาน\n\n## วันหยุด\n\nพนักงานทุกคนมีวันหยุดพักร้อนยี่สิบแปดวันต่อปี\n\n"
        "## สัญญา\n\nห้าเดือนแรกเป็นช่วงทดลองงาน\n\n## กุญแจ\n\nหากกุญแจหายต้องรายงานยามทันที\n\n"
        "## เครื่องมือ\n\nเครื่องมือที่ยืมต้องคืนภายในวันเดียวกัน\n"
    ),
}


@pytest.fixture(scope="module")
def handbooks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedLibrary]:
    folder = tmp_path_factory.mktemp("handbooks")
    settings = settings_in(folder)
    with Library(settings) as library:
        for name, text in HANDBOOKS.items():
            assert add(written(folder, name, text), library, settings).status == "added"
        yield SharedLibrary(settings, library)


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("试用期多长时间？", "前五个月为试用期，双方均可提前两周解除合同。"),
        ("午餐多少钱？", "午餐每份十二元，不来用餐者请在九点前说明。"),
        ("丢了钥匙找谁？", "遗失钥匙须立即报告门卫。"),
        ("試用期間はどのくらいですか？", "最初の五か月は試用期間です。"),
        ("来客は何を付けますか？", "来客は黄色の名札を付けます。"),
        ("수습 기간은 얼마나 됩니까?", "처음 다섯 달은 수습 기간입니다."),
        ("방문객은 무엇을 달아야 하나요?", "방문객은 이름표를 달아야 합니다."),
        ("ช่วงทดลองงานนานเท่าไร", "ห้าเดือนแรกเป็นช่วงทดลองงาน"),
        ("กุญแจหายต้องทำอย่างไร", "หากกุญแจหายต้องรายงานยามทันที"),
    ],
)
def test_the_passage_with_the_words_is_first_and_its_sentence_highlighted(
    handbooks: SharedLibrary, question: str, best: str
) -> None:
    answer = Asker(handbooks.library, handbooks.settings).ask(question)
    first = answer.hits[0]
    assert first.best is not None
    assert first.best.words(first.candidate.passage.text) == best
    assert answer.outcome in {"answers", "not sure"}
