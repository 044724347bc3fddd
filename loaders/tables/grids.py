"""Tables of a text → grids: rows of cells under a header whose columns are known by kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from guanlian.loaders.names.printed import unit_like
from guanlian.loaders.outline.numbering import lines_of
from guanlian.loaders.text import Text

Span = tuple[int, int]
Line = tuple[int, int, str]

OWNERS = ("lead", "joint", "participant")
_REMARK = re.compile(r"[（(〔【](?P<role>牵头|主办|配合|协办|参与)?[^（()）]*[)）〕】]$")
"""A remark in a column's head: 责任单位（列首位的为牵头单位）, 牵头单位（市级）, 责任单位（牵头）."""
_BOTH = re.compile(r"(?:牵头|主办|主责|责任|承办)(?:单位|部门)?[及和与、/／]+(?:配合|参与|协办|责任(?!人)|承办)")
"""A column that holds those who lead and those who take part: 牵头及配合单位."""
_POSTED = re.compile(r"(?:责任|牵头|承办|落实|主办)(?:单位|部门)[及和与、/／]+(?:主要)?(?:责任人|负责人|领导)|(?:责任人|负责人|领导)[及和与、/／]+(?:责任)?(?:单位|部门)")
"""A column that holds a unit and who answers in it: 责任单位及责任人."""
_WHAT_AND_WHEN = re.compile(
    r"(?:目标|任务|内容|措施|举措|指标|事项)[及和与、/／]+(?:\w*?)(?:进度|时限|时间|节点)|(?:进度|节点)\w{0,4}[及和与、/／]+\w{0,4}(?:目标|任务|内容|措施|举措)"
)
"""A column whose cells say what is to be done and by when: 年度目标及进度安排."""
_UNIT = r"(?:单位|部门|主体|科室|处室|股室|司局|机构|县区|区县|乡镇|镇街|街道|地区|方$)"
_COLUMNS = (
    ("remark", re.compile(rf"进展|情况$|(?<!预期)成效|状态|是否|备注|说明$|依据|(?:推广|实施|适用|覆盖|试点)范围$|内(?:设)?(?:牵头|配合|责任|承办)?(?:处|科|股)室$|(?:督办|督导|督查|考核|验收|审核|监督|填报|报送){_UNIT}")),
    ("person", re.compile(r"(?:责任人|负责人|联系人|联络员|联系电话|联系方式|领导|挂钩|包保|包抓)(?!.*(?:单位|部门))")),
    ("lead", re.compile(r"牵头|主办|主责|第一责任|主要责任")),
    ("participant", re.compile(rf"配合|参与|协办|协助|参加|协同|协作|会[办同]|(?:指导|监管){_UNIT}")),
    ("joint", re.compile(rf"(?:责任|负责|落实|实施|主管|执行|完成|办理){_UNIT}|承办|承担|分工|责任(?:划分)?$")),
    ("time", re.compile(r"时限|时间|期限|进度|节点|年度$")),
    ("number", re.compile(r"^(?:序号|编号|项次|条目|序|号|No\.?)$", re.IGNORECASE)),
    ("section", re.compile(r"^(?:类别|分类|[大小门]类|领域|板块|方面|类型|一级指标|一级任务|专项|环节|模块|维度)|(?:类别|类型|分类|领域|板块|环节|模块|维度)$")),
    ("task", re.compile(r"任务|项目|事项|措施|举措|内容|目标|工作|改革|指标|要求|问题|名称|清单|行动|标准|实事|工程|预期|路径|抓手|做法|要点|载体|安排|部署|诉求")),
)
"""Kinds of columns, the first that fits."""
_PROBLEM = re.compile("问题(?!整改)|隐患|短板|不足|现状")
_LONGEST_HEAD = 16
_VALUE = re.compile(r"\d+|(?:\d{4}年)?\d{1,2}月.*|\d{4}年[底末]?前?")
"""A number or time of a row, which no column is headed by (2024年目标 may head one)."""
_ORDINAL = "[一二三四五六七八九十]{1,3}"
PRINTED_HEADING = re.compile(rf"\s*(?:第?{_ORDINAL}(?:[、．.]|(?:部分|章|类)[：:\s]?)|[（(]{_ORDINAL}[)）])")
_CHINESE = re.compile(rf"[（(]?{_ORDINAL}[)）]?[、．.]?")
NOTE = re.compile(r"\s*(?:[（(]?(?:备?注|附注|说明|填表说明)\s*\d?\s*[:：]|[（(](?:此件|排名)|抄送|主办单位[:：])")
"""What stands below a table."""
_NAME_MARKS = re.compile(r"[、，,；;/／\s]+|(?:牵头|负责|配合|参与|落实|会同|按职责(?:分工)?)+")
_BRACKETS = re.compile(r"[（(][^（()）]*[)）]")
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,12}(?:[县区市州旗镇乡]|街道)")
"""Beside units a place means its government: 市教育局、城北新区."""
NONE = re.compile(r"[/／∕\\—\-–－―─]+|无")
"""A cell that says there is nobody, or no day."""
_PROSE = re.compile(r"[。；：:，]")
_STOP = re.compile(r"[。；]")


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells as spans of ``clean``; the heading above it; how many headings and tables began before it.

    ``unsure``: the places of cells that another column may hold as well.
    """

    start: int
    end: int
    cells: tuple[Span, ...]
    section: str = ""
    block: int = 0
    unsure: tuple[int, ...] = ()


@dataclass
class Grid:
    """Rows under one header; ``kinds`` names the kind of each column (``""``: none that matters)."""

    kinds: list[str]
    rows: list[Row] = field(default_factory=list)


def kind_of(head: str) -> str:
    """Kind of the column below a head.

    >>> [kind_of(h) for h in ("序号", "重点任务", "责任单位（市级）", "协办单位", "完成时限", "牵头领导", "进展情况")]
    ['number', 'task', 'joint', 'participant', 'time', 'person', 'remark']
    >>> [kind_of(h) for h in ("推广范围", "市卫健委内牵头处室", "主要协作单位")], header(["序号", "改革举措", "指导部门"])
    (['remark', 'remark', 'participant'], ['number', 'task', 'joint'])
    >>> header(["序号", "存在问题", "整改措施", "责任单位"])
    ['number', '', 'task', 'joint']
    >>> [kind_of(h) for h in ("责任单位及责任人", "牵头单位及责任人", "责任单位和配合单位", "目标任务及完成时限", "目标完成时限", "预期成效")]
    ['joint', 'lead', 'joint', 'task', 'time', 'task']
    """
    head = re.sub(r"\s", "", head)
    bare = _REMARK.sub("", head)
    if not bare or len(bare) > _LONGEST_HEAD or _VALUE.fullmatch(bare):
        return ""
    if _BOTH.search(bare):
        return "joint"
    if _POSTED.search(bare):
        return "lead" if re.search("牵头|主办", bare) else "joint"
    if _WHAT_AND_WHEN.search(bare):
        return "task"
    kind = next((kind for kind, pattern in _COLUMNS if pattern.search(bare)), "")
    role = _REMARK.search(head)
    if kind == "joint" and role and role["role"]:
        return "lead" if role["role"] in ("牵头", "主办") else "participant"
    return kind


def header(words: Sequence[str]) -> list[str]:
    """Kind of each column, or [] when the row is no header."""
    kinds = [kind_of(w) for w in words]
    if not {"lead", "joint"} & set(kinds):
        kinds = ["joint" if kind == "participant" and "指导" in word else kind for kind, word in zip(kinds, words, strict=True)]
    if sum(kind == "task" for kind in kinds) > 1:  # what is wrong stands beside what is to be done about it
        plain = [kind if kind != "task" or not _PROBLEM.search(word) else "" for kind, word in zip(kinds, words, strict=True)]
        kinds = plain if "task" in plain else kinds
    if any(_VALUE.fullmatch(_REMARK.sub("", w)) for w in words):
        return []
    named, filled = sum(1 for k in kinds if k), sum(1 for w in words if w)
    return kinds if any(k in OWNERS for k in kinds) and "task" in kinds and named >= max(2, filled - 2) else []


_TOWNS = re.compile(r"(?<=[道镇乡])、(?=[镇乡](?![\u4e00-\u9fff]))")
"""The mark inside one kind of units: 各街道、镇."""


def names_units(words: str) -> bool:
    """Whether words name nothing but units, as a cell of owners does.

    One name of an unknown form among many is still a name: 甲局、乙局、丙局、丁局，一港五谷（戊区政府）.

    >>> names_units("市教育局牵头，市财政局等"), names_units("教育（3项）")
    (True, False)
    """
    words = _TOWNS.sub("", _BRACKETS.sub("", words))
    names = [name.removesuffix("等") for name in _NAME_MARKS.split(words) if name and name != "等"]
    units = [unit_like(name) for name in names]
    unknown = sum(not (unit or _PLACE.fullmatch(name)) for unit, name in zip(units, names, strict=True))
    return any(units) and (unknown == 0 or unknown == 1 and sum(units) > 3)


def grids(text: Text) -> list[Grid]:
    """Every table of tab-separated lines that says who does what, in order."""
    return _Reader(text).read() if "\t" in text.folded else []


class _Reader:
    """Walks the lines of a text from table to table."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.lines = [line for line in lines_of(text.folded) if line[2].strip()]
        self.found: list[Grid] = []
        self.grid: Grid | None = None
        self.section, self.block = "", 0
        self.opening = self.closed = self.between = False  # under a header; below a note; behind a line that is no row
        self.ahead = ""  # a heading that may stand above a header
        self.head: list[str] = []

    def read(self) -> list[Grid]:
        for i, (start, end, line) in enumerate(self.lines):
            below = next((words for _, _, words in self.lines[i + 1 : i + 2]), "")
            if "\t" not in line:
                self._line(start, end, line, below)
                continue
            cells = _cells(start, line)
            words = [self.text.folded[a:b] for a, b in cells]
            if self.grid is not None and (merged := _merged_away(words, self.grid.kinds)):
                cells, words = ((start, start),) * merged + cells, [""] * merged + words
            if kinds := header(words):
                self._header(kinds, words)
            elif self.grid is not None:
                self._row(Row(start, end, cells), words, self.grid, [w.strip() for w in below.split("\t")])
            self.between = False
        return [grid for grid in self.found if grid.rows]

    def _line(self, start: int, end: int, line: str, below: str) -> None:
        words = line.strip()
        numbered = bool(PRINTED_HEADING.match(words)) and len(words) <= 60 and not _STOP.search(words)
        short = numbered or len(words) <= 40 and not _PROSE.search(words)
        self.ahead = self.text.clean[start:end].strip() if numbered else ""
        self.between = self.between or "续表" not in words
        if self.grid is None:
            return
        if NOTE.match(words):
            self.closed = True
        elif short and not self.closed and "\t" in below and not header(below.split("\t")):
            self.section, self.block = self.text.clean[start:end].strip(), self.block + 1

    def _header(self, kinds: list[str], words: list[str]) -> None:
        """A header opens a table, or is printed again at the top of a page."""
        again = self.grid is not None and self.grid.kinds == kinds and not self.between
        if not again:
            self.section, self.block = self.ahead, self.block + 1
        if self.grid is None or self.grid.kinds != kinds:
            if self.grid is not None and not self.grid.rows:
                self.found.pop()
            self.grid = Grid(kinds)
            self.found.append(self.grid)
        self.head, self.opening, self.closed = words, not again, False

    def _row(self, row: Row, words: list[str], grid: Grid, below: list[str]) -> None:
        kinds = [grid.kinds[i] if i < len(grid.kinds) else "" for i in range(len(words))]
        number = kinds.index("number") if "number" in kinds else -1
        if self.opening and (second := _second_storey(words, self.head, kinds if len(kinds) > len(grid.kinds) else grid.kinds)):
            grid.kinds[:] = second
        elif NOTE.match(next(filter(None, words), "")):
            self.closed = True
        elif number >= 0 and kind_of(words[number]) == "number":
            return  # the heads once more
        elif self.closed and not (number >= 0 and words[number].isdecimal()):
            return
        elif (heading := _heading(words, kinds, number, below)) >= 0:
            section = self.text.clean[slice(*row.cells[heading])]
            if number >= 0 and heading != number and _CHINESE.fullmatch(words[number]):
                section = words[number] + ("" if words[number][-1] in "）)、．." else "、") + section
            self.section, self.block = section, self.block + 1
        else:
            grid.rows.append(Row(row.start, row.end, row.cells, self.section, self.block))
            self.closed = False
        self.opening = False


def _cells(start: int, line: str) -> tuple[Span, ...]:
    cells, at = [], start
    for cell in line.split("\t"):
        lead = len(cell) - len(cell.lstrip())
        cells.append((at + lead, at + max(lead, len(cell.rstrip()))))
        at += len(cell) + 1
    return tuple(cells)


def _merged_away(words: list[str], kinds: list[str]) -> int:
    """How many cells a short row lacks at its left, where pages saved as text leave out what is merged downward."""
    lacking = len(kinds) - len(words)
    if lacking <= 0 or len(words) < 2:
        return 0
    if "number" in kinds:
        number = kinds.index("number")
        return number if number <= lacking and words[0].isdecimal() else 0
    owned = [i for i, kind in enumerate(kinds) if kind in OWNERS]
    fits = [by <= owned[0] < by + len(words) and all(names_units(words[i - by]) for i in owned if i - by < len(words)) for by in (0, lacking)]
    return lacking if fits == [False, True] else 0


def _second_storey(words: list[str], head: list[str], above: list[str]) -> list[str]:
    """Kinds of the columns where a second row of heads stands under 责任分工, blank under the others or repeating them."""
    kinds = [kind_of(w) for w in words]
    if len(words) != len(above):
        return _beneath(kinds, above) if len(words) < len(above) else []
    below = [k for w, k in zip(words, kinds, strict=True) if w]
    blank = len(head) - max(i + 1 for i, w in enumerate(head) if w)
    if 1 < len(below) == blank and all(below) and kinds[:blank] == below:
        return [*above[:-blank], *below]
    number = above.index("number") if "number" in above else -1
    if 0 <= number < len(head) and words[number] == head[number] != "":
        return [own or upper for own, upper in zip(kinds, above, strict=True)]
    if not any(k in OWNERS for k in kinds) or any(w and not k for w, k in zip(words, kinds, strict=True)):
        return []
    return [own or upper for own, upper in zip(kinds, above, strict=True)]


def _beneath(kinds: list[str], above: list[str]) -> list[str]:
    """Kinds of the columns where the second row holds only the heads beneath a merged one, or one that is left out at the end."""
    if len(kinds) < 2 or not all(kinds) or kinds[0] == "number":
        return []
    owned = [i for i, kind in enumerate(above) if kind in OWNERS]
    if all(kind in OWNERS for kind in kinds):
        return [*above[: owned[0]], *kinds, *above[owned[0] + 1 :]] if len(owned) == 1 else []
    return [*above, *kinds] if all(kind in ("remark", "time") for kind in kinds) else []


def _heading(words: list[str], kinds: list[str], number: int, below: list[str]) -> int:
    """Which cell of a row that is a heading across the table holds it; -1 for a row of its own."""
    filled = [i for i, w in enumerate(words) if w]
    if not filled:
        return -1
    first = filled[0]
    if len({words[i] for i in filled}) == 1 and not words[first].isdecimal():
        if len(filled) == len(words) or PRINTED_HEADING.match(words[first]) or first == 0 and not (kinds[first] in OWNERS and names_units(words[first])):
            return first
        return first if kinds[first] in ("task", "section") and len(words[first]) <= 20 and not _PROSE.search(words[first]) else -1
    numbered = number >= 0 and _CHINESE.fullmatch(words[number]) and number < len(below) and below[number].isdecimal()
    if numbered and not any(words[i] for i in filled if kinds[i] in (*OWNERS, "time")):
        return next((i for i in filled if i != number), -1)
    return -1

