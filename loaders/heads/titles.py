"""What a paper is called and what kind it is: the line that is its title, its 文号's form, what it interprets."""

from __future__ import annotations

import re

from guanlian.loaders.heads.datelines import DATE
from guanlian.loaders.text import Text

NUMBER = re.compile(r"[\u4e00-\u9fff]{2,14}[ ]?(?:〔|\[|［|【|（|\()\s*(?:19|20)\d{2}\s*(?:〕|\]|］|】|）|\))\s*(?:第\s*)?\d{1,5}\s*号")
_GENRE = r"(?:方案|措施|计划|规划|意见|通知|办法|规定|细则|案例(?:集|汇编|选编)?|解读|若干|清单|要点|公告|分工|条例|通告|决定|纲要|行动|举措|事项|安排|指引|指南|规程|制度|机制|快报|公报|情况|报告|通报|问答|分工表|分解表|责任分解|任务分解|任务表|台账|动态|简报|综述|新闻|\d+\s*条)"
TITLE_END = re.compile(rf".*{_GENRE}(?:（[^）]{{1,20}}）|\([^)]{{1,20}}\))?(?:政策解读|解读)?$")
_ISSUE = re.compile(r"(.{2,40}?)(?:关于)?(?:印发|发布|转发|下发)(.*)")


def printed(text: Text, folded_line: str) -> str:
    """The title as printed, for a title found in folded text."""
    at = text.folded.find(folded_line) if folded_line else -1
    words = re.sub(r"\s+", " ", text.clean[at : at + len(folded_line)]).strip() if at >= 0 else folded_line
    words = re.sub(r"(?<=[\u4e00-\u9fff]) (?=关于)", "", words)  # a heading's line ends there
    return words.strip("《》") if words.count("《") != words.count("》") or re.fullmatch(r"《[^《》]*》", words) else words


_PRESSED = re.compile(r"[\u4e00-\u9fff、\s]{3,60}(?:联合)?(?:印发|发布|出台|公布)《([^《》]{6,70})》")
"""The headline of a press office: 中共中央办公厅 国务院办公厅印发《…》."""
_BEHIND = re.compile(rf"(?<=[\u4e00-\u9fff）])\s*[（(]{NUMBER.pattern}[)）]$|(?<=[\u4e00-\u9fff）])\s+{NUMBER.pattern}(?:\s+{DATE.pattern})?$|(?<=通知)\s*[（(]{NUMBER.pattern}[)）]各.*$")
"""A 文号 printed behind the title, and a date behind it."""


def title_of(head: list[str]) -> str:
    """The line that names the paper; an annexed plan's own title before that of its covering notice."""
    head = [_BEHIND.sub("", line) if "号" in line else line for line in head[:41]]
    candidates = []
    for i, line in enumerate(head[:40]):
        joined = line
        if i + 1 < len(head) and _half(line, head[i + 1]):
            joined = line + head[i + 1]
        for words in dict.fromkeys((line, joined)):
            if 6 <= len(words) <= 90 and not re.search(r"[。；]$|[:：]$", words) and TITLE_END.fullmatch(words) and not _skip(words):
                candidates.append((i, words))
    pressed = next((m for line in head[:6] if (m := _PRESSED.fullmatch(line))), None)
    if pressed:
        return pressed[1]
    notice = next((w for _, w in candidates if re.search(r"(?:印发|发布|转发|下发).*的?通知$", w)), "")
    if notice:
        inner = re.search(r"(?:印发|发布|转发|下发|公布)(?:了|实施)?《(.{6,70}?)》(?!的?(?:若干|实施|具体|任务|行动)?[^的]{2,20}(?:方案|措施|意见))", notice)
        wanted = inner[1] if inner else re.sub(r"的?通知$", "", _ISSUE.sub(r"\2", notice)).strip("《》")
        bare = re.sub(r"[\W_]", "", wanted)
        own = next((w for _, w in candidates if re.sub(r"[\W_]", "", w).endswith(bare) and w != notice), "")
        return own or wanted
    if candidates:
        best = [w for _, w in candidates if not w.endswith("通知")] or [w for _, w in candidates]
        longest = best[0]
        for words in best[1:3]:
            if longest in words:
                longest = words
        return longest
    first = [line for line in head[:6] if 8 <= len(line) <= 60 and not re.search(r"[。；：:，]$", line) and not _skip(line) and "。" not in line]
    return first[0] if first and not re.match(r"(?:案例|[一二三]、)", first[0]) else ""


def _half(line: str, following: str) -> bool:
    """Whether a title goes on in the next line."""
    return 4 <= len(line) <= 40 and 4 <= len(following) <= 40 and not (
        re.search(r"[。，；：:]", line + following) or DATE.search(line) or _skip(line) or TITLE_END.fullmatch(line)
    )


LABEL = re.compile(r"(?:主要|第一)?(?:牵头|责任|配合|参与|主办|协办|承办|完成)[\u4e00-\u9fff]{2,4}\s*[:：]")
DATED_LINE = re.compile(rf"(?P<name>[\u4e00-\u9fff\s]{{0,30}}){DATE.pattern}\s*(?:[（(](?:此件)?[\u4e00-\u9fff]{{2,8}}[)）])?")
"""A date alone, or behind who signs, with a word on publicity: 某局 2020年2月20日 (此件公开发布)."""


def _skip(words: str) -> bool:
    return bool(
        re.match(r"^(?:\(|（|附[件表录]|案例|\d+[.、]|[一二三四五六七八九十]+[、.]|第.{1,4}条|各|根据|为|按照|http|携手|欢迎|新闻中心|\[|【海关政策】|来源|日期)", words)
        or NUMBER.fullmatch(words)
        or DATE.search(words) and DATED_LINE.fullmatch(words)
        or LABEL.match(words)
        or words.endswith("文件")
    )


def kind_of(title: str, interprets: str) -> str:
    if interprets or "解读" in title:
        return "interpretation"
    for kind, pattern in (
        ("casebook", r"案例"),
        ("table", r"分工表|任务表|台账|任务清单"),
        ("plan", r"方案|计划|规划|要点|分工|行动|安排|任务"),
        ("measures", r"措施|意见|办法|规定|条|举措|清单|细则|事项"),
        ("notice", r"通知|公告|通告|通报"),
    ):
        if re.search(pattern, title):
            return kind
    return "news"


_DECREES = re.compile(r"现(?:将[^。]{0,60})?(?:印发|转发|下发)(?:给你们)?|制定(?:本|如下)[\u4e00-\u9fff]{0,4}(?:方案|计划|规划|意见|措施|办法|要点)|提出(?:以下|如下)[\u4e00-\u9fff]{0,4}(?:意见|措施)")


def decrees(folded: str) -> bool:
    """Whether a text puts something into force itself, rather than telling of it.

    >>> decrees("为提升口岸效率，制定本工作方案。"), decrees("近日，某市印发《方案》，制定了20项措施。")
    (True, False)
    """
    return _DECREES.search(folded) is not None


def interprets(title: str, folded: str) -> str:
    """Title of the paper that this one explains, or ''."""
    if "解读" not in title:
        return ""
    inner = re.search(r"《(.{4,70}?)》", title)
    if inner:
        return inner[1]
    match = re.search(r"(?:掌握|解读|理解|落实)[^。]{0,12}《(.{4,70}?)》", folded[:2000])
    if match:
        return match[1]
    return re.sub(r"(?:的)?(?:政策)?解读$", "", re.sub(r"^.{0,12}】", "", title))
