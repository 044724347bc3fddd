"""Findings of the network in words: one function per finding gives its record, in Chinese and English.

A :class:`Finding` carries what a careful reader asks next: how it was computed, after whom, and on
how many cases. Names of agencies are given in full and as the documents have them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guanlian.graph.centrality import SOURCES
from guanlian.graph.significance import VALIDATED

MIN_COVERAGE = 0.8
"""Share of measures with a stated owner below which the findings warn (our convention)."""

COUNT = "count over the owners table; an agency's strongest role in a measure counts"
NEWMAN = "Newman 2001, Phys. Rev. E 64, 016132"


@dataclass(frozen=True, slots=True)
class Finding:
    """One statement: its name, whom it is about, value, number of cases, formula, source, words."""

    name: str
    about: tuple[str, ...]
    value: float
    n: int
    formula: str
    source: str
    zh: str
    en: str

    @property
    def warning(self) -> bool:
        """Whether it limits the others rather than adding to them."""
        return self.name in ("too_few", "low_coverage")


def coverage(stated: int, measures: int) -> list[Finding]:
    """How many measures state their owners, and a warning if they are few; nothing without measures."""
    if not measures:
        return []
    share = stated / measures
    zh = f"{measures} 项举措中，{stated} 项（{share:.0%}）写明了责任单位。"
    en = f"{stated} of {measures} measures ({share:.0%}) state who is responsible."
    said = [Finding("coverage", (), share, measures, "stated / measures", "clause states", zh, en)]
    if share < MIN_COVERAGE:
        zh = f"注意：写明责任单位的举措不到 {MIN_COVERAGE:.0%}，以下各项只反映写明的部分。"
        en = (
            f"Caution: fewer than {MIN_COVERAGE:.0%} of measures state their owners; what follows reflects those alone."
        )
        formula = f"stated / measures < {MIN_COVERAGE}"
        said.append(Finding("low_coverage", (), share, measures, formula, "guanlian's convention", zh, en))
    return said


def leader(agency: str, led: int, measures: int) -> Finding:
    """An agency that leads."""
    zh = f"{agency}牵头 {led} 项举措，占其承担的 {measures} 项的 {led / measures:.0%}。"
    en = f"{agency} leads {led} of the {measures} measures it owns ({led / measures:.0%})."
    return Finding("leaders", (agency,), led, measures, "measures with role lead", COUNT, zh, en)


def only_participants(named: Sequence[tuple[str, int]], total: int) -> Finding:
    """Agencies that take part and nothing else."""
    zh = f"{total} 个单位只参与配合，从不牵头：{_list_zh([f'{a}（{n} 项）' for a, n in named], total)}。"
    en = f"{total} agencies only take part and never lead: {_list_en([f'{a} ({n})' for a, n in named], total)}."
    about = tuple(agency for agency, _ in named)
    return Finding("only_participants", about, total, total, "participant in every measure", COUNT, zh, en)


def share_most(a: str, b: str, measures: int, a_leads: int, b_leads: int) -> Finding:
    """A pair that shares many measures."""
    led = [(a, a_leads), (b, b_leads)]
    zh_led = "、".join(f"{name}牵头 {n} 项" for name, n in led if n)
    en_led = ", ".join(f"{name} leading {n}" for name, n in led if n)
    zh = f"{a}与{b}共同承担 {measures} 项举措{'（其中' + zh_led + '）' if zh_led else ''}。"
    en = f"{a} and {b} share {measures} measures{' (' + en_led + ')' if en_led else ''}."
    return Finding("pairs_most", (a, b), measures, measures, "(A·Aᵀ)ᵢⱼ, distinct measures", COUNT, zh, en)


def leads_whom(lead: str, helper: str, count: int, shared: int) -> Finding:
    """Who leads where whom helps."""
    zh = f"{lead}在与{helper}共同承担的 {shared} 项举措中牵头 {count} 项，对方不牵头。"
    en = f"{lead} leads {count} of the {shared} measures it shares with {helper}, which does not lead them."
    return Finding("leads_whom", (lead, helper), count, shared, "lead × not lead, shared measures", COUNT, zh, en)


def network(agencies: int, ties: int, components: int) -> Finding:
    """Size of the network."""
    zh = f"协作网络有 {agencies} 个单位、{ties} 对协作关系，分成 {components} 个互不相连的部分。"
    en = f"The network has {agencies} agencies and {ties} pairs that share a measure, in {components} components."
    return Finding("network", (), ties, agencies, "edges of A·Aᵀ", "one-mode projection", zh, en)


def hub(agency: str, strength: float, partners: int, agencies: int) -> Finding:
    """An agency that shares many measures, with many."""
    zh = f"{agency}与 {partners} 个单位协作，有 {strength:.0f} 项举措不是独自承担。"
    en = f"{agency} works with {partners} agencies; {strength:.0f} of its measures it does not own alone."
    return Finding("hubs", (agency,), strength, agencies, "sᵢ = Σⱼ Σₘ 1/(kₘ−1)", NEWMAN, zh, en)


def bridge(agency: str, value: float, agencies: int, pivots: int | None) -> Finding:
    """An agency on the shortest paths between others."""
    about = "" if pivots is None else f"; estimated from {pivots} pivots"
    zh = f"{agency}处在其他单位之间 {value:.1%} 的最短路径上{'（抽样估计）' if pivots else ''}。"
    en = f"{agency} lies on {value:.1%} of the shortest paths between other agencies{' (estimate)' if pivots else ''}."
    formula = "Σ σ(s,t|v)/σ(s,t) / ((n−1)(n−2)/2), hops" + about
    return Finding("bridges", (agency,), value, agencies, formula, SOURCES["betweenness"], zh, en)


def circles(named: Sequence[tuple[str, int]], total: int, modularity: float) -> Finding:
    """Communities, by the name of their strongest member; ``named`` the largest of ``total``."""
    told_zh = _list_zh([f"{a}等 {n} 个单位" for a, n in named], total)
    told_en = _list_en([f"{n} around {a}" for a, n in named], total)
    zh = f"单位聚成 {total} 个协作圈（模块度 {modularity:.2f}）：{told_zh}。"
    en = f"Agencies form {total} circles (modularity {modularity:.2f}): {told_en}."
    if modularity < 0.3:
        zh += "模块度偏低，分圈并不明显。"
        en += " The modularity is low: the division is weak."
    source = f"{SOURCES['communities']}; {SOURCES['modularity']}"
    formula = "Louvain, best of seeded runs by modularity"
    return Finding("communities", tuple(a for a, _ in named), modularity, total, formula, source, zh, en)


def clustering(transitivity: float, agencies: int) -> Finding:
    """Share of closed triples, with the caution it needs."""
    zh = f"传递性为 {transitivity:.2f}；三个以上单位同担一项举措就会自成三角，此值偏高属投影所致。"
    en = (
        f"Transitivity is {transitivity:.2f}; every measure with three owners is a triangle, so a projection raises it."
    )
    source = "Newman, Strogatz & Watts 2001, Phys. Rev. E 64, 026118"
    return Finding("clustering", (), transitivity, agencies, "3 × triangles / triples", source, zh, en)


def validated(a: str, b: str, shared: int, expected: float, q: float, measures: int) -> Finding:
    """A pair that shares more than chance."""
    zh = f"{a}与{b}共同承担 {shared} 项，随机情形下预期 {expected:.1f} 项（q = {q:.2g}）。"
    en = f"{a} and {b} share {shared} measures where chance would give {expected:.1f} (q = {q:.2g})."
    return Finding("validated_pairs", (a, b), q, measures, _TEST, VALIDATED, zh, en)


def validated_count(good: int, ties: int, level: float, measures: int) -> Finding:
    """How many pairs share more than chance."""
    zh = f"{ties} 对协作关系中，{good} 对的共同承担明显多于随机（错误发现率 {level:g}）。"
    en = f"{good} of {ties} pairs share clearly more than chance would give (false discovery rate {level:g})."
    return Finding("validated_count", (), good, measures, _TEST, VALIDATED, zh, en)


def too_few_measures(measures: int, least: int) -> Finding:
    """Why no pair is tested."""
    zh = f"只有 {measures} 项写明责任单位的举措，不足以检验协作是否多于随机（至少 {least} 项）。"
    en = f"Only {measures} measures have owners: too few to test pairs against chance (at least {least})."
    return Finding("too_few", (), measures, measures, f"measures < {least}", "guanlian's convention", zh, en)


def too_few_agencies(agencies: int, least: int) -> Finding:
    """Why there is no centrality and no community."""
    zh = f"只有 {agencies} 个单位与他人协作，不足以计算中心性和协作圈（至少 {least} 个）。"
    en = f"Only {agencies} agencies share a measure: too few for centrality and communities (at least {least})."
    return Finding("too_few", (), agencies, agencies, f"agencies < {least}", "guanlian's convention", zh, en)


_TEST = "P(X ≥ shared), X hypergeometric within each document; Benjamini–Hochberg"


def _list_zh(items: Sequence[str], total: int | None = None) -> str:
    return "、".join(items) + ("等" if total is not None and total > len(items) else "")


def _list_en(items: Sequence[str], total: int | None = None) -> str:
    return ", ".join(items) + (" and others" if total is not None and total > len(items) else "")
