"""A responsibility clause's words → stretches of names and what governs each: a label, a verb, or nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from guanlian.loaders.names.namelists import pieces
from guanlian.loaders.words import words

OPEN, CLOSE = "（(〔［[【", "）)〕］]】"
_LABEL_MARK = re.compile(r"[:：为]")
_DUTY_LIST = re.compile(r"负责[\u4e00-\u9fff]{2,12}$")
_VERB_LIST = re.compile(r"[局委厅办部署院关会府司团心行处站区县市位门)）](?:按职责分工|按职责|共同|分别|联合)?(?:牵头|负责|配合|参与|参加|主办|协办|协助|落实)$")
_MARK = re.compile(r"[（(〔［\[【）)〕］\]】，,；;。\n、]")


@dataclass(frozen=True, slots=True)
class Part:
    """Names with the kind of verb or label that governs them."""

    kind: str
    start: int
    end: int
    plural: bool = False
    by_duty: bool = False
    """Whether the verb is 按职责分工负责: each for its own part."""


def _anchored(pattern: str) -> str:
    """A pattern of words behind a look at its first character, which is one of those it is written with: most places hold another."""
    return f"(?=[{''.join(sorted(set(_IDEOGRAPH.findall(pattern))))}])(?:{pattern})"


_IDEOGRAPH = re.compile(r"[\u4e00-\u9fff]")


@lru_cache(maxsize=1)
def patterns() -> dict[str, re.Pattern[str]]:
    """Compiled word lists of the grammar."""
    w = words()
    labels = {
        "lead": w["label_lead"],
        "participant": w["label_participant"],
        "joint": w["label_joint"],
        "time": w["label_time"],
        "person": w["label_person"],
    }
    level = "(?:国家|自治区|省|市|州|地区|区|县|兵团|本|片区|园区|镇街|街道)?(?:级|层面)?"
    label = level + "(?:" + "|".join(f"(?P<{kind}>{'|'.join(forms)})" for kind, forms in labels.items()) + ")"
    verbs = {
        "lead": w["verb_lead"],
        "participant": w["verb_participant"],
        "joint": w["verb_joint"],
        "implement": w["verb_implement"],
    }
    verb = "|".join(f"(?P<{kind}>{'|'.join(forms)})" for kind, forms in verbs.items())
    return {
        "label": re.compile(rf"{_anchored(label)}\s*(?:[:：]|为[:：]?(?=\S))\s*"),
        "verb": re.compile(rf"(?:{verb})(?:等)?(?=$|[，,；;。、])"),
        "verb_end": re.compile(rf"{_anchored(verb)}(?:等)?$"),
        "cue": re.compile(r"牵头|负责|配合|参与|职责|责任|落实|起草|主办|协办|承办|参加|协助|协同|会同|实施|推进|分工"),
        "time": re.compile("|".join(w["time_words"])),
        "duty": re.compile(r"(?:具体|主要|分别|重点)?(?P<joint>负责)[\u4e00-\u9fff“”\d]{2,12}$"),
        "first": re.compile("|".join(w["first_leads"])),
        "order": re.compile("|".join(w["order_notes"])),
        "none": re.compile(r"^(?:责任单位|牵头单位|配合单位|参与单位)?[:：]?\s*(?:无|/|／|—+|-+|暂无|空)$"),
        "with": re.compile(r"(?:，|,)?(?:并|且)?(?:会同|联合(?!会|国|社)|协同|(?<=[局委厅办部署关会院府])(?:商(?!务|会|业)|会(?=[市省区县各有])))(?=[^，,；;]{2,})"),
    }


_BOXED = re.compile(r"[【\[［〔](?P<label>(?:(?:省|市|区|县|州)(?:级|直)?)?(?:牵头|责任|主办|主责|承办|落实|实施|配合|参与|协办|协作|支持)(?:单位|部门)|(?:完成|办结|计划完成)?(?:时限|时间|期限)|责任(?:人|领导))[】\]］〕](?P<colon>\s*[:：])?")


def unboxed(text: str) -> str:
    """The text with a colon for the brackets round a label, each character in its place.

    >>> unboxed("【牵头单位】市商务局【配合单位】市财政局")
    ' 牵头单位：市商务局 配合单位：市财政局'
    """
    return _BOXED.sub(lambda m: f" {m['label']}{' ' if m['colon'] else '：'}{m['colon'] or ''}", text)


_VERB_SIZE = 60
"""Characters of the longest verb phrase (按照各自工作职责分工共同具体抓好组织落实)."""


def verb_end(text: str, start: int, end: int) -> re.Match[str] | None:
    """The verb that ends a stretch; its ``lastgroup`` is the kind."""
    if text[end - 1 : end] not in _verb_characters():
        return None
    return patterns()["verb_end"].search(text, max(start, end - _VERB_SIZE), end)


@lru_cache(maxsize=1)
def _verb_characters() -> frozenset[str]:
    """Every character that verbs are written with: what ends in another ends in no verb."""
    return frozenset(patterns()["verb_end"].pattern)


_DUTY_END = re.compile(r"(?:按(?:照)?(?:各自)?职责(?:分工)?|按(?:照)?分工|分别|共同)+(?:负责|牵头|落实|推进|配合)?$")


def without_duty(text: str, start: int, end: int) -> int:
    """Where a list ends whose role its label says, before words that only say that each does its own (按职责分工负责)."""
    duty = _DUTY_END.search(text, max(start, end - 24), end)
    return duty.start() if duty else end


SIGNED = re.compile(
    r"[（(［〔\[](?P<names>(?!按)[\u4e00-\u9fff、]{2,60}?)??(?:共同|联合|分别|总|按(?:职责|职能)?(?:分工)?)*(?P<role>牵头|主办|配合|参与|协办|协助)(?:单位|部门)?[)）］〕\]]"
)


def signed(text: str, whole: Part) -> list[Part]:
    """A list in which a bracket behind a name says its role, or who helps it: 市房产局（牵头）、市财政局; 市房产局（市财政局配合）."""
    kind, start, end = whole.kind, whole.start, whole.end
    if not SIGNED.search(text, start, end):
        return [whole]
    parts: list[Part] = []
    at = start
    for mark in SIGNED.finditer(text, start, end):
        role = "lead" if mark["role"] in ("牵头", "主办") else "participant"
        if mark["names"]:
            helped = "lead" if role == "participant" and kind in ("bare", "joint") else kind
            parts += [Part(helped, at, mark.start()), Part(role, *mark.span("names"))]
            at = mark.end()
            continue
        names_ = pieces(text, at, mark.start())
        parts += [Part(kind, p.start, p.end) for p in names_[:-1]]
        parts += [Part(role, p.start, p.end) for p in names_[-1:]]
        at = mark.end()
    return [*parts, Part(kind, at, end)] if text[at:end].strip(" 　、，,；;。") else parts


_SPACE_INSIDE = re.compile(r"\S[ \u3000]+\S")


def without_rule(text: str, start: int, end: int, first: bool) -> tuple[str, bool]:
    """The text with commas for an inner bracket that only says who leads （A、B〔列第一位的为牵头单位〕）, and whether it said so."""
    rule = _inner_rule().search(text, start, end)
    if rule is None:
        return text, first
    return text[: rule.start()] + "，" * (rule.end() - rule.start()) + text[rule.end() :], True


def only_rule(text: str, start: int, end: int) -> bool:
    """Whether a bracket holds nothing but such a rule."""
    return bool(_inner_rule().fullmatch(text, start, end))


@lru_cache(maxsize=1)
def _inner_rule() -> re.Pattern[str]:
    return re.compile(rf"[（(〔［【](?:注[:：])?(?:{patterns()['first'].pattern})[^（(〔［【）)〕］】]{{0,16}}[)）〕］】]")


_COUNTED = re.compile(r"(?<=[：:；;，,、。])\s*(?:\d{1,2}[.．、]|[（(]\d{1,2}[)）])(?=[\u4e00-\u9fff])")
"""The numbers of a list: 责任单位：1.市教育局；2.市体育局."""
_ANGLED = re.compile(r"(?<=[\u4e00-\u9fff])[<＜〈]([\u4e00-\u9fff、]{1,12})[>＞〉]")


def spaced(text: str, start: int, end: int) -> str:
    """White space that stands for a list mark, turned into one: behind a unit's last word or behind a verb; without the list's numbers, 各县<市、区> with round brackets."""
    if _ANGLED.search(text, start, end):
        text = text[:start] + _ANGLED.sub(r"（\1）", text[start:end]) + text[end:]
    if _COUNTED.search(text, start, end):
        text = text[:start] + _COUNTED.sub(lambda number: " " * len(number[0]), text[start:end]) + text[end:]
    if not _SPACE_INSIDE.search(text, start, end):
        return text
    stretch = text[start:end]
    ends = r"(?<=[局委厅办部署院关站会府司团心行处])"
    stretch = re.sub(ends + r"[ \u3000](?=[\u4e00-\u9fff \u3000][\u4e00-\u9fff（(〔 \u3000]{2})", "、", stretch)
    stretch = re.sub(r"(?<=牵头|负责|配合|参与|落实|协助)[ \u3000](?=[\u4e00-\u9fff \u3000]{3})", "，", stretch)
    return text[:start] + stretch + text[end:]


def parts_of(text: str, start: int, end: int) -> list[Part]:
    """Stretches of names with what governs them; ``bare`` where nothing does."""
    marked = _LABEL_MARK.search(text, start, end)
    labels = [m for m in patterns()["label"].finditer(text, start, end) if _opens(text, start, m.start())] if marked else []
    if labels:
        return _labelled(text, start, end, labels)
    parts: list[Part] = []
    pending: int | None = None
    head = start  # where the first of the chunks ends that wait for a verb
    for a, b in chunks(text, start, end):
        chunk = text[a:b]
        if patterns()["first"].search(chunk) or patterns()["order"].fullmatch(chunk.strip()):
            if pending is not None:
                parts.append(Part("bare", pending, a))
                pending = None
            continue
        begin = pending if pending is not None else a
        verb, duty = verb_end(text, a, b), patterns()["duty"].search(text, a, b)
        if duty and (verb is None or duty.start() < verb.start()):
            verb = duty  # A负责教练支持: what A is charged with is no verb of its own
        if verb:
            if begin < a and verb.lastgroup == "participant" and not parts and not patterns()["with"].search(text, begin, verb.start()):
                parts.append(Part("together", begin, head))  # A，B、C配合: who stands before the comma answers
                begin = head + 1
            parts += _verb_part(text, begin, verb.start(), verb)
            pending = None
        elif patterns()["time"].search(chunk) and not re.search(r"[局委厅办]$", chunk.strip()):
            if pending is not None:
                parts.append(Part("bare", pending, a))
                pending = None
            parts.append(Part("time", a, b))
        elif b < end and text[b] in "；;。":
            parts += _bare(text, begin, b)
            pending = None
        else:
            head = b if pending is None else head
            pending = begin
    if pending is not None:
        parts += _bare(text, pending, end)
    return parts


def _bare(text: str, start: int, end: int) -> list[Part]:
    """Names that no verb governs: A会同B says by itself who leads."""
    joined = patterns()["with"].search(text, start, end)
    if joined is None or not text[start : joined.start()].strip(" 　，,、由"):
        return [Part("bare", start, end)]
    return [Part("together", start, joined.start()), Part("participant", joined.end(), end)]


def _opens(text: str, start: int, at: int) -> bool:
    """Whether a label stands where one can: at the beginning or behind a stop."""
    before = text[start:at].rstrip()
    return not before or before[-1] in "；;。，,、 \t\n.）)（(【" or at > start and text[at - 1] in " \t\n"


def _labelled(text: str, start: int, end: int, labels: list[re.Match[str]]) -> list[Part]:
    parts = []
    if labels[0].start() > start and text[start : labels[0].start()].strip(" 　，,；;、（("):
        parts += parts_of(text, start, labels[0].start())
    for k, match in enumerate(labels):
        to = labels[k + 1].start() if k + 1 < len(labels) else end
        kind = str(match.lastgroup)
        stretch = text[match.end() : to]
        stop = len(stretch.rstrip(" 　，,；;。、\n\t."))
        if stretch[:stop].count("）") + stretch[:stop].count(")") > stretch[:stop].count("（") + stretch[:stop].count("("):
            stop = len(stretch[:stop].rstrip(" 　，,；;。、）)"))
        if kind in ("time", "person"):
            parts.append(Part(kind, match.end(), match.end() + stop))
            continue
        tail = re.search(r"[；;。]", stretch[:stop])
        parts += _behind_label(text, kind, match.end(), match.end() + (tail.start() if tail else stop))
        if tail:
            parts += parts_of(text, match.end() + tail.end(), match.end() + stop)
    kinds = {str(match.lastgroup) for match in labels}
    if "participant" in kinds and "lead" not in kinds:  # 责任单位 beside 配合单位 are those who answer
        parts = [replace(part, kind="lead") if part.kind == "joint" and not part.by_duty else part for part in parts]
    return parts


def _behind_label(text: str, kind: str, start: int, end: int) -> list[Part]:
    """A label's names; a neutral label leaves the roles to the verbs in its list."""
    if text[start:end].startswith(("（", "(")) and text[end - 1] in "）)" and not re.search(r"[（()）]", text[start + 1 : end - 1]):
        start, end = start + 1, end - 1  # 责任单位：（A、B）
    if kind == "joint" and patterns()["verb"].search(text[start:end]):
        return parts_of(text, start, end)
    joined = patterns()["with"].search(text, start, end) if kind != "participant" else None
    if joined and text[start : joined.start()].strip(" 　，,、由"):  # 责任单位：A会同B
        return [Part("lead", start, joined.start()), Part("participant", joined.end(), without_duty(text, joined.end(), end))]
    return [Part(kind, start, without_duty(text, start, end))]


def chunks(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Stretches between commas and stops outside inner brackets; 、 parts them too behind a duty (A负责甲、B负责乙)."""
    found, depth, begin = [], 0, start
    charged = text.find("负责", start, end) >= 0
    for mark in _MARK.finditer(text, start, end):
        i, char = mark.start(), mark[0]
        if char in OPEN or char in CLOSE:
            depth = max(0, depth + (1 if char in OPEN else -1))
            continue
        if depth or (char == "、" and not _VERB_LIST.search(text, begin, i) and not (charged and _DUTY_LIST.search(text, max(begin, i - 16), i))):
            continue
        if text[begin:i].strip():
            found.append((begin, i))
        begin = i + 1
    if text[begin:end].strip():
        found.append((begin, end))
    return found


def _verb_part(text: str, start: int, end: int, verb: re.Match[str]) -> list[Part]:
    """Names before a verb; those behind 会同 take part."""
    kind = str(verb.lastgroup)
    if kind == "participant" and re.match(r"按|根据|依", verb[0]) and not verb[0].endswith("配合"):
        kind = "joint"  # 按各自职责支持: beside a lead that is to take part, without one to share
    if verb[0].startswith("为主") and (ahead := re.compile(r"\s*以").match(text, start, end)):
        start = ahead.end()  # 以A为主
    joined = patterns()["with"].search(text, start, end)
    if joined:
        left, right = text[start : joined.start()].strip(" 　，,、由"), (joined.end(), end)
        if not left:
            return [Part("participant", *right)]
        return [Part("together", start, joined.start()), Part("participant", *right)]
    plural = bool(re.search(r"等(?:\d{1,2}[个家]?)?(?:[\u4e00-\u9fff]{0,8}(?:部门|单位|方面|地区|机构))?$", text[start:end].rstrip()) or verb[0].startswith("等"))
    by_duty = kind == "joint" and bool(re.search(r"按|依|据|结合|职|分工|各负其责", verb[0]))
    return [Part(kind, start, end, plural, by_duty)] if text[start:end].strip(" 　，,、") else []
