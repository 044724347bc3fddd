"""Parts of a case by what they are called: background, practice, results, and what follows from them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from guanlian.loaders.outline.numbering import lines_of, number_of

_HEADS = {
    "background": r"背景|缘由|缘起|起因|由来|动因|概述|概况|简介|描述|介绍|基本情况|基本信息|痛点|难点|堵点|问题|困境|挑战|需求|诉求|现状|目的|初衷|改革(?:内容|事项)|项目内容",
    "practice": r"做法|举措|措施|内容|主要工作|路径|探索|流程|步骤|解决方案|实施方案|过程|方法|经验做法|做法(?:和|与|及)?经验|实践",
    "effect": r"成效|效果|成果|成绩|效益|实效|成就|收效|应用情况|运行情况|实施情况|进展情况|影响",
    "body": r"启示|下一步|价值|意义|点评|评析|评语|[创革]新[点性]|示范性|创新之处|创新要点|亮点|特点|特色|可复制|复制|推广|推广情况|建议|展望|思考|体会|总结|经验|打算|计划|安排|思路|方向|依据|适用范围|适用对象|联系方式",
}
_MODIFIERS = (
    "实施|改革|项目|案例|工作|创新|政策|出台|主要|具体|经验|特色|典型|取得|的|应用|推广|实践|实际|运行|存在|面临|企业|整体|总体|初步|阶段性|显著|突出|业务|试点|场景|建设|服务|情况|相关|推进"
    "|核心|关键|重点|基本|社会|经济|落实|探索|复制|后续|未来|下一步|下步|下阶段|制度|模式|监管|通关|便利化|口岸|贸易|解决|专家|示范|落地|总结|本|已|及其|及|与|和|、|/|性|可"
)
_NAME = re.compile(rf"(?:{_MODIFIERS}|{'|'.join(_HEADS.values())})+")
_ENDS = {kind: re.compile(rf"(?:{heads})(?:情况|部分|及目的|与目的|和目的)?$") for kind, heads in _HEADS.items()}
_BULLET = re.compile(r"[◆●■▲◇○□※►▶★☆*•·➢✦*#-]{1,3}\s*")
_WORDS = r"(?P<name>[\u4e00-\u9fff][ \u3000]{1,4}[\u4e00-\u9fff](?=\s*(?:[:：】\]]|$))|[\u4e00-\u9fff、/]{2,14}+)"
_BRACKETED = re.compile(rf"[【\[〔［〖<〈《「“]{_WORDS}[】\]〕］〗>〉》」”]\s*[:：]?")
_PLAIN = re.compile(rf"{_WORDS}\s*(?P<end>[:：|｜]|—{{1,2}}|$|(?=[（(][一1１][)）])|[。.]|\s)")
_RUN_ON = re.compile(r"(?<=[。；！”）;])\s*(?:【(?P<bracketed>[\u4e00-\u9fff]{2,12})】|(?P<name>[\u4e00-\u9fff]{2,8})[:：])")


@dataclass(frozen=True, slots=True)
class Part:
    """A part's heading: its kind, its name as printed, its place, and the number it bears (style and count)."""

    kind: str
    name: str
    start: int
    end: int
    style: str = ""
    number: int = 0


@lru_cache(maxsize=1024)
def kind_of_part(name: str) -> str:
    """``background``, ``practice``, ``effect``, ``both`` (practice and its results), ``body``; ``""`` for no part's name.

    >>> [kind_of_part(name) for name in ("改革背景", "主要创新做法", "应用成效", "做法和成效", "创新点", "优化流程")]
    ['background', 'practice', 'effect', 'both', 'body', '']
    """
    name = re.sub(r"\s", "", name)
    if not _NAME.fullmatch(name):
        return ""
    if re.match(r"下一步|下步|下阶段|后续|未来", name):
        return "body"
    told = re.search(r"成效|效果|成果|成绩|效益|实效", name)
    if re.search(r"做法|举措|措施", name):
        return "both" if told else "practice"
    return "effect" if told else next((kind for kind, heads in _ENDS.items() if heads.search(name)), "")


def part_of(line: str, start: int = 0) -> Part | None:
    """The part that a line opens, ``start`` being the place of the line."""
    words = line.lstrip()
    at = len(line) - len(words)
    bullet = _BULLET.match(words)
    at += bullet.end() if bullet else 0
    style, number, size = number_of(line[at:])
    at += size
    match = _BRACKETED.match(line, at) or _PLAIN.match(line, at)
    if match is None:
        return None
    end = match.groupdict().get("end")
    run_on = end is not None and (end in (".", "。") or end.isspace()) and line[match.end() :].strip()
    if run_on and not style:
        return None  # a sentence
    kind = kind_of_part(match["name"])
    return Part(kind, re.sub(r"\s", "", match["name"]), start, start + match.end(), style, number) if kind else None


def parts(folded: str, start: int, end: int) -> list[Part]:
    """Headings of parts in a stretch, those inside a line (……。【成效】……) with it."""
    found: list[Part] = []
    for a, _, line in lines_of(folded[start:end]):
        opening = part_of(line, start + a)
        if opening and not _inner(opening, found):
            found.append(opening)
        for match in _RUN_ON.finditer(line) if "：" in line or ":" in line or "【" in line else ():
            kind = kind_of_part(match["bracketed"] or match["name"])
            if kind:
                at = start + a + match.start()
                found.append(Part(kind, match["bracketed"] or match["name"], at, start + a + match.end()))
    return found


def _inner(part: Part, before: list[Part]) -> bool:
    """Whether a numbered heading stands among the items of the part above rather than beside it."""
    last = next((p for p in reversed(before) if p.style), None)
    if last is None or not part.style or part.style == last.style or part.number == last.number + 1:
        return False
    return not (part.kind == "background" and part.number == 1 and last.kind in ("effect", "body"))
