"""Tables whose cells a page has run together: rows are told by their numbers, and no owner is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guanlian.loaders.names.printed import unit_like
from guanlian.loaders.outline.numbering import lines_of
from guanlian.loaders.tables.grids import OWNERS, Grid, Row, Span, header
from guanlian.loaders.text import Text

_END = r"(?:单位|部门|名称|内容|任务|目标|措施|举措|要求|事项|时限|时间|期限|情况|领导|责任人|备注|项目|清单|安排)"
_HEADS = re.compile(rf"(?P<sorts>类别|分类|领域|板块|大类)?(?P<number>序号|编号|项次)(?P<others>(?:[\u4e00-\u9fff（）]{{0,8}}?{_END}){{2,8}})")
_HEAD = re.compile(rf"[\u4e00-\u9fff（）]{{0,8}}?{_END}")
_CJK = r"[\u4e00-\u9fff“《]"
_MEASURE = "[年月日号天家个条项件万亿千百种类批台套次人名元吨公米平亩倍期所座处户艘架列标票辆栋间层级小时分岁支场]"
_UNIT_END = "[局委办厅院会处司队道镇乡区县市府团心站等]"
_LONGEST_CATEGORY = 30
_LONGEST_ROW = 2000
_INNER_END = re.compile("[局委办厅院会处司队](?=.)")


def _row_start(category: str) -> re.Pattern[str]:
    """Where a row begins: at a line, or right behind a unit where the lines of rows were put together."""
    ahead = rf"(?={_CJK})(?!\d+{_MEASURE})"
    return re.compile(rf"(?m:^) *(?P<category>{category})(?P<number>\d{{1,3}}){ahead}|(?<={_UNIT_END})(?P<inline>\d{{1,3}}){ahead}")


_START, _SORTED_START = _row_start(""), _row_start(rf"[^\d\n]{{2,{_LONGEST_CATEGORY}}}?")


def glued(text: Text) -> Iterator[Grid]:
    """Tables under a line of heads without anything between them."""
    for _, end, line in lines_of(text.folded):
        heads = _HEADS.fullmatch(line.strip())
        words = ["序号", *_HEAD.findall(heads["others"])] if heads else []
        kinds = header(words) if words else []
        if heads and kinds:
            rows = [_row(text, span, kinds, sort) for span, sort in _spans(text.folded, end + 1, sorts=bool(heads["sorts"]))]
            if rows:
                yield Grid(["number", "task", next(kind for kind in kinds if kind in OWNERS), "remark"], rows)  # columns of words are one


def _spans(folded: str, start: int, *, sorts: bool) -> list[tuple[Span, Span]]:
    """Each row from its number to the next one's, and the category printed before it."""
    starts: list[tuple[int, Span]] = []
    pattern, at = _SORTED_START if sorts else _START, start
    if not pattern.search(folded, start, start + 2 * _LONGEST_CATEGORY):
        return []
    for found in pattern.finditer(folded, start):
        if found.start() - at > (_LONGEST_ROW if starts else 0) + 1:
            break
        group = "number" if found["number"] else "inline"
        if int(found[group]) == len(starts) + 1:
            starts.append((found.start(group), found.span("category") if found["number"] else (0, 0)))
            at = found.end()
    if not starts:
        return []
    ends = [begin if sort[0] == sort[1] else sort[0] for begin, sort in starts[1:]]
    last = folded.find("\n", at)
    return [((begin, end), sort) for (begin, sort), end in zip(starts, [*ends, last if last >= 0 else len(folded)], strict=True)]


def _row(text: Text, span: Span, kinds: list[str], sort: Span) -> Row:
    """A row; its owners are read where one column of them ends it with one unit, and left unread elsewhere."""
    folded = text.folded
    start, end = span[0], span[0] + len(folded[slice(*span)].rstrip())
    number = re.compile(r"\d+").match(folded, start)
    assert number
    told = kinds[-1] == "remark"
    stop = (folded.find("。", start, end) if told else folded.rfind("。", start, end)) + 1 or end
    task, tail, empty = (number.end(), stop), (stop, end), (end, end)
    words = folded[slice(*tail)]
    safe = kinds[-1] in OWNERS and sum(kind in OWNERS for kind in kinds) == 1 and unit_like(words) and not _INNER_END.search(words)
    cells = (number.span(), task, tail, empty) if safe else (number.span(), task, empty, tail if told else empty, tail if stop < end else task)
    return Row(number.end(), end, cells, text.clean[slice(*sort)].strip())
