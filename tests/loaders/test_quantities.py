"""A quantity written in any printed form is read back as the same value, unit and bound."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanlian.loaders.figures import quantities
from guanlian.loaders.figures.grammar import tables
from guanlian.loaders.figures.periods import Clock
from guanlian.loaders.figures.quantity import Quantity
from guanlian.loaders.figures.quantity_rules import forms

CLOCK = Clock(2022, 2022)
BEFORE = {word: sign for sign, words in tables()["bounds"]["before"].items() for word in words if word not in ("上", "约占", "约合")}
AFTER = {"以上": ">=", "以内": "<=", "左右": "~", "以下": "<=", "及以上": ">="}
SCALES = {"": 1, "万": 10**4, "亿": 10**8, "千万": 10**7, "万亿": 10**12}
UNITS = [u for group in tables()["units"].values() for u, entry in group.items() if u not in ("日", "年", "成") for _ in list(forms(entry))[:1]]
FORMS = {form: unit for group in tables()["units"].values() for unit, entry in group.items() for form in forms(entry)}


def scan(words: str) -> quantities.Scan:
    """What stands in a sentence."""
    return quantities.scan(words, 0, len(words), CLOCK)


def only(words: str) -> Quantity:
    """The one quantity of a sentence."""
    found = scan(words).quantities
    assert len(found) == 1, (words, found)
    return found[0]


@pytest.mark.parametrize(
    ("words", "value", "value_to", "unit", "bound"),
    [
        ("货物2.37万标箱", 23700, None, "标箱", ""),
        ("货物2.37万个标准箱", 23700, None, "标箱", ""),
        ("货值9.97亿元", 997000000, None, "元", ""),
        ("外贸4781.4亿元人民币", 478140000000, None, "元", ""),
        ("总值1.2万亿元", 1200000000000, None, "元", ""),
        ("近5万条", 50000, None, "条", "<"),
        ("超百亿元", 10**10, None, "元", ">"),
        ("3万余次", 30000, None, "次", ">"),
        ("20余万件", 200000, None, "件", ">"),
        ("四百多匹", 400, None, "匹", ">"),
        ("十余家", 10, None, "家", ">"),
        ("上万票", 10000, None, "票", ">="),
        ("下降约7成", 70, None, "%", "~"),
        ("三成以上", 30, None, "%", ">="),
        ("近两成", 20, None, "%", "<"),
        ("七八成", 70, 80, "%", ""),
        ("四分之一到三分之一", 25, 33.3, "%", ""),
        ("百分之三十", 30, None, "%", ""),
        ("约一半", 50, None, "%", "~"),
        ("过半", 50, None, "%", ">"),
        ("5~7天", 5, 7, "天", ""),
        ("3至5个工作日", 3, 5, "工作日", ""),
        ("10%—15%", 10, 15, "%", ""),
        ("5万元至8万元", 50000, 80000, "元", ""),
        ("2个半小时", 2.5, None, "小时", ""),
        ("约210秒/件", 210, None, "秒/件", "~"),
        ("1,234.5万元", 12345000, None, "元", ""),
        ("呈两位数增长", 10, 99, "%", ""),
        ("翻一番", 1, None, "倍", ""),
        ("压缩2/3", 66.7, None, "%", ""),
        ("2.3个百分点", 2.3, None, "百分点", ""),
        ("超过20万企业群众", 200000, None, "", ">"),
        ("服务质量零投诉", 0, None, "", ""),
        ("不超过20天", 20, None, "天", "<="),
        ("5分钟内", 5, None, "分钟", "<="),
    ],
)
def test_printed_forms(words: str, value: float, value_to: float | None, unit: str, bound: str) -> None:
    q = only(words)
    assert (q.value, q.value_to, q.unit, q.bound) == (value, value_to, unit, bound)


@pytest.mark.parametrize(
    "words",
    [
        "提供7×24小时通关", "拨打12360热线", "打造“1+6+8”网络", "5G技术", "2.0版平台", "苏政办发〔2021〕37号", "2021年第15号公告", "世界500强企业",
        "实行24小时预约通关", "0755-12345678", "“826”方案", "两步申报", "一站式服务", "单一窗口", "第三方", "CAS编码", "节约成本", "实现“零延时”",
        "第3届博览会", "数百家企业", "一家企业", "两个试点", "9:30开始", "税号8517", "365天全天候通关",
    ],
)  # fmt: skip
def test_numbers_that_name_are_neither_figures_nor_unread(words: str) -> None:
    found = scan(words)
    assert [q for q in found.quantities if not q.weak] == []
    assert found.unread == []


def test_a_list_shares_its_unit_and_scale() -> None:
    assert [(q.value, q.unit) for q in scan("分别为16.85、0.72小时").quantities] == [(16.85, "小时"), (0.72, "小时")]
    assert [q.value for q in scan("分别为2.3、1.5和4万吨").quantities] == [23000, 15000, 40000]


def test_a_number_with_an_unknown_noun_is_left_for_the_ledger() -> None:
    assert scan("共有35魑货物").unread == [(2, 4)]


numbers = st.one_of(st.integers(1, 99999).map(str), st.decimals("0.01", "9999.99", places=2).map(str))


@settings(max_examples=300)
@given(numbers, st.sampled_from(sorted(SCALES)), st.sampled_from(sorted(FORMS)), st.sampled_from(["", *sorted(BEFORE)]))
def test_round_trip(number: str, scale: str, form: str, ahead: str) -> None:
    unit = FORMS[form]
    if form == "日":
        return  # 13日 is a day of the month
    if unit in ("年", "日", "%", "‰", "成", "季度") and (scale or len(number) == 4):
        return
    q = only(f"总量{ahead}{number}{scale}{form}。")
    factor = 10 if unit == "成" else 1
    assert q.value == pytest.approx(float(number) * SCALES[scale] * factor, rel=1e-12)
    assert (q.unit, q.bound) == ("%" if unit == "成" else unit, BEFORE.get(ahead, ""))


@settings(max_examples=150)
@given(numbers, st.sampled_from(sorted(AFTER)), st.sampled_from(["小时", "天", "%", "家", "元", "吨"]))
def test_round_trip_of_bounds_behind(number: str, behind: str, unit: str) -> None:
    q = only(f"为{number}{unit}{behind}。")
    assert (q.value, q.unit, q.bound) == (float(number), unit, AFTER[behind])


@settings(max_examples=150)
@given(st.integers(1, 998), st.integers(1, 999), st.sampled_from(["至", "到", "—", "-", "~", "～"]), st.sampled_from(["小时", "%", "个工作日", "家"]))
def test_round_trip_of_ranges(low: int, more: int, between: str, unit: str) -> None:
    q = only(f"需要{low}{between}{low + more}{unit}。")
    assert (q.value, q.value_to) == (low, low + more)


@settings(max_examples=300)
@given(st.text(alphabet="0123456789.,%％万亿千百十一二两三半零余多约近超成倍分之至到—～、和年月日季度前后以来底内个小时天元吨票家%(（）)：；，。增长压缩同比较由从进出口AB“”", max_size=60))
def test_nothing_hangs_or_raises(words: str) -> None:
    found = scan(words)
    ends = 0
    for q in sorted(found.quantities, key=lambda q: q.core):
        assert ends <= q.core < q.end <= len(words)
        ends = q.end


def test_long_runs_stay_linear() -> None:
    for piece in ("9", "一", "1、", "3至", "近", "1,000", "（", "万", "2021年"):
        scan(piece * 5000)
