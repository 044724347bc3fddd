"""What a document says of itself: title, 文号, issuer, date, kind, basis, seat."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise, takewhile

from guanlian.loaders.heads.datelines import DATE, field_date, iso, issued, year_of_number
from guanlian.loaders.heads.issuers import (
    IMPRINT,
    NATIONAL,
    Front,
    issuer_of_number,
    issuers_of,
    seat_of_issuer,
    seat_of_paper,
    signature,
    spoken_seat,
    titled_seat,
)
from guanlian.loaders.heads.titles import NUMBER, interprets, kind_of, printed, title_of
from guanlian.loaders.names import Resolver
from guanlian.loaders.names.seats import Seat
from guanlian.loaders.text import Text

_OWN_NUMBER = re.compile(rf"\s*(?:文\s*号|发文字号|文件编号)?\s*[:：]?\s*[（(]?\s*({NUMBER.pattern})\s*[)）]?(?:\s+签发人.*|\s+{DATE.pattern}|\s+(?:发布|印发|成文)(?:日期|时间)\s*[:：].*)?\s*")
_AMONG = re.compile(rf"^[^\n。，；、]{{4,80}}[ \u3000\t]+({NUMBER.pattern})(?=[ \u3000\t]|$)", re.MULTILINE)
"""A 文号 behind its issuer or its title on one line."""
_BEHIND_TITLE = re.compile(rf"^[^\n。]{{6,80}}[（(]({NUMBER.pattern})[)）]\s*(?:$|(?=各))", re.MULTILINE)
_AHEAD = re.compile(rf"\s*({NUMBER.pattern})(?:(?=《)|\s+(?=[\u4e00-\u9fff]{{4}}[^。\n]*(?:通知|意见|方案|措施|办法|批复|函)\s*$))", re.MULTILINE)
"""A 文号 ahead of the title."""
_TAG = re.compile(r"^【[^】\n]{2,12}】(?=[\u4e00-\u9fff]{6})")
"""What a site files a paper under, ahead of its title: 【民生实事】."""
_NUMBER_YEAR = re.compile(r"[〔\[［【（(]\s*(?:19|20)\d{2}\s*[〕\]］】）)]\s*(?:第\s*)?\d")
_NUMBER_OFFICE = 14
"""Characters of the longest office sign in a 文号."""
_FIELD = re.compile(
    r"[\[【]?\s*(?P<name>索\s*引\s*号|(?:发文|发布|印发|制定|颁布|颁发)(?:机关|机构|单位|部门)|(?:成文|发文|印发|发布|生成|颁布|颁发)(?:日期|时间)|类\s*别|地\s*区|行\s*业|时\s*效\s*性|标\s*题|名\s*称|发文字号|发布文号|文\s*号|文件编号"
    r"|主题分类|公开方式|组配分类|联合发文单位|实施日期|废止日期|有效性|公文种类|主\s*题\s*词|体裁分类|信息来源|来源)\s*(?:[\]】]\s*[:：]?|[:：])[ \t\u3000]*"
    r"(?P<value>[^\n]*?)(?=[ \t\u3000]{1,}[\[【]?(?:索\s*引|公开方式|组配分类|成文|发文|发布|文\s*号|标\s*题|主题|有效|来源|名\s*称|行\s*业|时\s*效)[^\n]{0,6}[\]】:：]|(?<=[\u4e00-\u9fff\d])(?:文\s*号|(?:颁发|颁布|发布|成文)日期|时效性)[:：]|\n|$)"
)
_LABELLED = re.compile(r"[\u4e00-\u9fff][ \u3000]*[\]】]?[ \u3000]*[:：]")
"""A name of the information block above a paper, which sites print as a table."""
_FIRST_CASE = re.compile(r"(?:典型)?案例[一1](?!\d)")
_ALIAS = re.compile(r"[（(]\s*(?:以下|下)?(?:统)?简称\s*[:：]?\s*[“\"「]?([\u4e00-\u9fffA-Za-z]{2,14})[”\"」]?\s*[)）]")


@dataclass(frozen=True, slots=True)
class Heading:
    """The document's own account of itself.

    ``issuers`` are all who issued it, the leading one first; ``interprets`` is the title of the paper it explains.
    """

    title: str
    number: str
    issuers: tuple[str, ...]
    issued: str
    kind: str
    based_on: tuple[str, ...]
    seat: Seat
    aliases: dict[str, str]
    interprets: str

    @property
    def issuer(self) -> str:
        return next(iter(self.issuers), "")


def heading(text: Text) -> Heading:
    """Metadata of a document; ``""`` stands for what it does not say."""
    folded = text.folded
    lines = [line.strip() for line in folded.split("\n")]
    block = _cells_of_fields(lines[:30])
    lines = [line for line in lines if (line.count("\t") < 2 or _LABELLED.search(line)) and not line.startswith("工作表：")]  # rows are no heading
    opening = takewhile(lambda line: not _FIRST_CASE.match(line), lines[:80])
    head = [line for line in opening if line]
    fields = _fields("\n".join(head[:30])) | block
    head = [line for line in head if not _FIELD.match(line) and not re.search(r"当前位置|首页\s*[>＞]|www\.|字号[:：]", line)] or head
    head = [_TAG.sub("", _AHEAD.sub("", line) if "号" in line else line) for line in head]
    title_line = title_of(head)
    imprint = IMPRINT.search("\n".join(head[:6]))
    number, based_on = _numbers(folded, text.clean, imprint, fields.get("number", ""))
    seat = seat_of_paper(title_line, number, head, folded)
    resolver = Resolver(seat)
    signers, signed = signature(lines, resolver)
    front = partial(Front, title_line, head, fields.get("issuer", ""), imprint, folded)
    issuers = issuers_of(front(resolver), signers)
    issuer = next(iter(issuers), "")
    if not seat.name and not NATIONAL.match(issuer):
        silent = not issuer and not NATIONAL.search(number)
        seat = seat_of_issuer(issuer) or (silent and (spoken_seat(folded) or titled_seat(title_line))) or Seat()
        issuers = issuers or (issuers_of(front(Resolver(seat)), ()) if seat.name else ())
    elif (inner := seat_of_issuer(issuer)) and seat.name in inner.above:
        seat = inner  # a district's paper in whose head its city stands
    if not issuers and (numbered := issuer_of_number(number, seat)):
        issuers = (numbered,)
    explained = interprets(title_line, folded)
    title = printed(text, title_line)
    return Heading(
        title,
        number,
        issuers,
        field_date(fields) or (iso(imprint, 2) if imprint else "") or signed or _dated(issued(head, lines, title_line), year_of_number(number), lines[:12]),
        kind_of(title_line, explained),
        based_on,
        seat,
        _aliases(folded, seat, next(iter(issuers), "")),
        explained,
    )


def _dated(found: str, numbered: str, opening: list[str]) -> str:
    """A date of the head; the year of the 文号 where there is none, or only a site tells when it put the paper up in another year."""
    put_up = not found.startswith(numbered) and any(map(_SITE_DATE.search, opening))
    return numbered if numbered and (put_up or not found) else found


_SITE_DATE = re.compile(r"发布(?:时间|日期)|浏览|(?:信息|文章)?来源\s*[:：]")


def key(info: tuple[str, str, str, str], text: Text) -> str:
    """Stable key of a document: of what it says, not of where it lies.

    ``info`` is number, issuer, title, issued. White space and debris do not count.
    """
    digest = hashlib.sha256(re.sub(r"\s+", "", text.clean).encode("utf-8", "surrogatepass")).hexdigest()
    return hashlib.sha256(json.dumps([*info, digest], ensure_ascii=False).encode()).hexdigest()[:12]


def _fields(head: str) -> dict[str, str]:
    """The information block that government sites print above a paper: issuer, number, date."""
    found: dict[str, str] = {}
    for match in _FIELD.finditer(head):
        name, value = re.sub(r"\s", "", match["name"]), match["value"].strip()
        kind = "number" if "号" in name and "索引" not in name else "issuer" if re.search(r"机关|机构|单位|部门", name) and "联合" not in name else ""
        kind = kind or ("issued" if re.search(r"成文|发文|颁[发布]", name) else "published" if re.search(r"发布|印发|生成", name) else "")
        if kind and value:
            found.setdefault(kind, value)
    return found


def _cells_of_fields(lines: list[str]) -> dict[str, str]:
    """The same block pasted as a table, the name of a field in one cell and its value in the next."""
    cells = [cell.strip().rstrip(":：") for line in lines if line.count("\t") > 1 for cell in line.split("\t")]
    return _fields("\n".join(f"{name}：{value}" for name, value in pairwise(cells) if name and value))


def _numbers(folded: str, clean: str, imprint: re.Match[str] | None, stated: str) -> tuple[str, tuple[str, ...]]:
    """The paper's own 文号 stands on a line of its own (or in its imprint); those behind 《》 are its basis."""
    own = own_key = re.sub(r"\s+", "", stated) if NUMBER.fullmatch(stated) else ""
    if own and (at := folded.find(stated)) >= 0:
        own = re.sub(r"\s+", "", clean[at : at + len(stated)])
    if imprint:
        own = own_key = re.sub(r"\s+", "", imprint[1])
    for among in (_AHEAD.match(folded), _AMONG.search(folded[:300]), _BEHIND_TITLE.search(folded[:400])):
        if among and not own:
            own, own_key = (re.sub(r"\s+", "", words[slice(*among.span(1))]) for words in (clean, folded))
    at = 0
    for line in folded.split("\n", 90)[:90]:
        match = _OWN_NUMBER.fullmatch(line) if "号" in line else None
        if match and not own:
            own_key = re.sub(r"\s+", "", match[1])
            own = re.sub(r"\s+", "", clean[at + match.start(1) : at + match.end(1)])
        at += len(line) + 1
    based: list[str] = []
    for match in _sign_numbers(folded):
        words = re.sub(r"\s+", "", match[0])
        words = re.sub(r"^(?:根据|按照|依据|以及|落实|贯彻|和|及|与|经|由)+(?=[\u4e00-\u9fff]{2,})", "", words)
        before = folded[max(0, match.start() - 2) : match.start()]
        if words != own_key and ("》" in before or "（" in before or "(" in before or "〔" not in before) and words not in based:
            based.append(words)
    return own, tuple(based)


def _sign_numbers(folded: str) -> Iterator[re.Match[str]]:
    """Every 文号, found from its bracketed year: few brackets hold one, and any word may open one."""
    at = 0
    for year in _NUMBER_YEAR.finditer(folded):
        match = NUMBER.search(folded, max(at, year.start() - _NUMBER_OFFICE), year.end() + 8)
        if match:
            at = match.end()
            yield match


def _aliases(folded: str, seat: Seat, issuer: str) -> dict[str, str]:
    """The paper's own short forms of units (以下简称…), each with the name before it."""
    resolver = Resolver(seat, issuer)
    found: dict[str, str] = {}
    for match in _ALIAS.finditer(folded):
        before = folded[max(0, match.start() - 40) : match.start()]
        inside = max(before.rfind(stop) for stop in "，。、；：“”") + 1
        for start in range(inside, len(before) - 3):
            words = before[start:]
            if "\u4e00" <= words[0] <= "\u9fff":
                unit = resolver.resolve(words)
                if unit and not unit.collective and not unit.rule.startswith("form"):
                    found[match[1]] = words
                    break
        else:
            tail = re.search(r"([\u4e00-\u9fff（）]{4,30}?(?:局|委|办|海关|办事处|公司|集团|中心|委员会|办公室|总站))$", before)
            if tail and resolver.resolve(tail[1]):
                found[match[1]] = tail[1]
    return found
