"""Working groups and collectives with the members that the document itself gives."""

from __future__ import annotations

import re
from itertools import pairwise

from guanlian.loaders.clauses.parts import Part
from guanlian.loaders.clauses.roles import clause_of
from guanlian.loaders.facts import Group, Member
from guanlian.loaders.names import Resolver
from guanlian.loaders.names.namelists import pieces
from guanlian.loaders.names.printed import kind_of_units, trim
from guanlian.loaders.text import Text

_NAME = r"[\u4e00-\u9fff“”（）\d]{2,30}?(?:工作组|领导小组|协调小组|工作小组|小组|专班|联席会议|指挥部|委员会)"
_FOUNDED = re.compile(
    rf"(?:成立|设立|组建|建立)(?:了)?(?:由|以)?([^。]{{6,400}}?)(?:为|担任)(?:小组|工作组)?成员(?:单位)?的?\s*({_NAME})(?=[，。、；]|$)"
)
_MADE_OF = re.compile(rf"({_NAME})(?:由|的?成员单位(?:包括|有|为|[:：])|成员(?:包括|由|[:：]))([^。；]{{6,400}}?)(?:组成|等(?:单位|部门)组成|[。；])")
_BY_POST = re.compile(r"(组长|副组长|召集人|副召集人|成员)(?:单位)?(?:由|为|是|(?:主要)?包括|有|[:：])[:：]?([^。；]{2,300}?)(?:担任|组成|兼任|[。；])")
_FOUNDING = re.compile(rf"(?:成立|设立|组建|建立)(?:了)?({_NAME})(?=[，。；（(])")
_MEANS = re.compile(
    r"(?:^|(?<=[\n：:；;。.“]))[ \t]*(?P<name>[\u4e00-\u9fff（）]{3,16}?)”?(?:是|具体)?(?:指(?![导定示标数引派])|包括)[:：]?(?P<members>[^。；;\n\t]{6,300})"
)
"""A note that says whom a collective means: 注：边境各市人民政府指甲市、乙市人民政府."""
_LEAD_UNIT = re.compile(rf"({_NAME})(?:的)?牵头(?:单位|部门)(?:为|是|[:：])\s*([^，。；\n]{{2,40}})")
_POSTS = re.compile(r"(?:为|任|担任)(组长|副组长|召集人|副召集人|总召集人)")
_TITLES = re.compile(
    r"(?:党组(?:书记|成员)|党委(?:书记|委员)|常务)?(?:副)?(?:总)?(?:关长|局长|主任|厅长|部长|署长|行长|院长|总经理|董事长|站长|区长|县长|市长|巡视员|调研员|书记|秘书长|政委|总队长|支队长|主席|总裁|经理|处长|科长|专员|总工程师|总经济师|会长|理事长).*$"
)
_PEOPLE = re.compile(r"(?:党组|分管|主要|有关|相关)*(?:负责同志|负责人|领导|分管领导|分管负责同志|主要负责同志)(?:及)?$")
_POST_LINE = re.compile(r"^\s*(组\s*长|副\s*组\s*长|成\s*员|召\s*集\s*人|副\s*召\s*集\s*人|主\s*任|副\s*主\s*任)\s*[:：]")
_HOLDER = re.compile(r"^(?:市|省|区|县)?(?:委)?(?:政府)?(?:常务)?(?:分管)?副?(?:市长|省长|区长|县长|秘书长|书记|主席|州长)")


def groups(text: Text, resolver: Resolver) -> tuple[Group, ...]:
    """Groups a document founds, with their units and posts (never the persons), and each sub-group's lead."""
    folded = text.folded
    found = _meant(text, resolver)
    if not re.search(r"组\s*长|成员|召集人|牵头(?:单位|部门)(?:为|是)", folded):
        return tuple(found.values())
    for match in _FOUNDED.finditer(folded):
        members = _posted(folded, match.start(1), match.end(1), resolver)
        if members:
            name = match[2].strip()
            found[name] = Group(name, _lead(members), members, text.evidence(match.start(), match.end()))
    for match in _FOUNDING.finditer(folded):
        line_end = folded.find("\n", match.end())
        line_end = len(folded) if line_end < 0 else line_end
        posts = [*_BY_POST.finditer(folded, match.end(), line_end)]
        members = tuple(Member(u, p[1]) for p in posts for u in _units(folded, p.start(2), p.end(2), resolver))
        end = posts[-1].end() if posts else line_end
        if not members:
            members, end = _post_lines(folded, line_end, resolver)
        if len(members) >= 2 and match[1] not in found:
            found[match[1]] = Group(match[1], _lead(members), members, text.evidence(match.start(), end))
    for match in _MADE_OF.finditer(folded):
        members = tuple(Member(u, "成员") for u in _units(folded, match.start(2), match.end(2), resolver))
        if len(members) >= 2 and match[1] not in found:
            found[match[1]] = Group(match[1], "", members, text.evidence(match.start(), match.end()))
    found |= _listed(text, resolver, found)
    for match in _LEAD_UNIT.finditer(folded):
        unit = resolver.resolve(match[2])
        name = re.split(r"[、，。；：:]", match[1])[-1]
        if unit and not unit.collective and name not in found:
            found[name] = Group(name, unit.canonical, (Member(unit.canonical, "牵头单位"),), text.evidence(match.start(), match.end()))
    return tuple(found.values())


def _meant(text: Text, resolver: Resolver) -> dict[str, Group]:
    """Collectives whose units a note names, all of them understood."""
    found: dict[str, Group] = {}
    for match in _MEANS.finditer(text.folded):
        if not kind_of_units(match["name"]):
            continue
        start, end = match.span("members")
        named = clause_of(text.folded, start, end, [Part("joint", start, end)], resolver, False)
        members = tuple(Member(owner.unit.canonical, "成员") for owner in named.owners if not owner.unit.collective)
        if len(members) == len(named.owners) > 1 and not named.unread:
            found[match["name"]] = Group(match["name"], "", members, text.evidence(*match.span()))
    return found


def _units(folded: str, start: int, end: int, resolver: Resolver) -> list[str]:
    units, prefix = [], ""
    for piece in [p for a, b in _without_persons(folded, start, end) for p in pieces(folded, a, b)]:
        words = _PEOPLE.sub("", trim(_PEOPLE.sub("", trim(piece.words))))
        unit = None if _HOLDER.match(words) else resolver.resolve(words, prefix)
        if unit and not unit.collective and unit.canonical not in units:
            prefix = unit.prefix or prefix
            units.append(unit.canonical)
    return units


def _without_persons(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """Stretches round the 和 that joins an office holder to a unit (市政府副秘书长和市商务局)."""
    cuts = [m.end() for m in re.finditer(r"(?:市长|省长|区长|县长|秘书长|书记|州长)(?:和|、|及)", folded[start:end])]
    edges = [start, *(start + c for c in cuts), end]
    return list(pairwise(edges))


def _posted(folded: str, start: int, end: int, resolver: Resolver) -> tuple[Member, ...]:
    """A为组长，B、C为副组长，D、E等部门负责同志为成员."""
    members: list[Member] = []
    at = start
    for match in [*_POSTS.finditer(folded, start, end)]:
        members += [Member(u, match[1]) for u in _units(folded, at, match.start(), resolver)]
        at = match.end()
    members += [Member(u, "成员") for u in _units(folded, at, end, resolver)]
    return tuple(members)


def _lead(members: tuple[Member, ...]) -> str:
    return next((m.agency for m in members if m.post in ("组长", "召集人", "总召集人")), "")


def _post_lines(folded: str, at: int, resolver: Resolver) -> tuple[tuple[Member, ...], int]:
    """The members on the lines below the founding of a group, each behind its post (组  长：…; 成  员：…), and where they end."""
    members: dict[str, Member] = {}
    post, last = "", at
    while at < len(folded):
        start = at + 1
        at = folded.find("\n", start)
        at = at if at >= 0 else len(folded)
        head = _POST_LINE.match(folded[start:at])
        if head:
            post, start = re.sub(r"\s", "", head[1]), start + head.end()
        elif folded[start:at].strip() and not (post and _TITLES.search(folded[start:at])):
            break
        for piece in pieces(folded, start, at) if post else ():
            words = trim(piece.words.rstrip("。"))
            unit = None if _HOLDER.match(words) else resolver.resolve(_TITLES.sub("", _PEOPLE.sub("", words)))
            if unit and not unit.collective:
                members.setdefault(unit.canonical, Member(unit.canonical, post))
                last = at
    return tuple(members.values()), last


def _listed(text: Text, resolver: Resolver, known: dict[str, Group]) -> dict[str, Group]:
    """A member list printed as lines: post, (person,) unit and title of office."""
    folded = text.folded
    title = re.search(rf"(?m)^\s*({_NAME})(?:成员|组成人员|成员单位)名单\s*$", folded)
    if title is None:
        return {}
    members: list[Member] = []
    post, at, last = "", title.end(), title.end()
    for line in folded[title.end() :].split("\n"):
        start, at = at, at + len(line) + 1
        if not line.strip():
            continue
        head = _POST_LINE.match(line)
        if head:
            post = re.sub(r"\s", "", head[1])
        if not post:
            continue
        unit = _office(line[head.end() if head else 0 :], resolver)
        if unit and unit not in [m.agency for m in members]:
            members.append(Member(unit, post))
        last = start + len(line)
    name = title[1]
    if name in known:
        have = {m.agency for m in known[name].members}
        more = tuple(m for m in members if m.agency not in have)
        base = known[name]
        return {name: Group(name, base.lead or _lead(tuple(members)), base.members + more, base.evidence)}
    if len(members) < 2:
        return {}
    return {name: Group(name, _lead(tuple(members)), tuple(members), text.evidence(title.start(1), min(last, title.end())))}


def _office(words: str, resolver: Resolver) -> str:
    """The unit in a line of a member list; the person's name before it is skipped, never kept."""
    for cell in [c for c in re.split(r"[\t ]{1,}", words.strip()) if len(c) >= 4][::-1]:
        if _HOLDER.match(cell):
            return ""
        plain = re.split(r"[、，]", _TITLES.sub("", cell))[0]
        unit = resolver.resolve(plain)
        if unit and not unit.collective:
            return unit.canonical
    return ""


def members_of(words: str, found: tuple[Group, ...]) -> Group | None:
    """The group whose members a printed collective (各成员单位) stands for, if the document gives them."""
    if stated := next((g for g in found if g.name == words and len(g.members) > 1), None):
        return stated
    if not re.search(r"成员单位$|各成员$", words):
        return None
    big = [g for g in found if len(g.members) >= 2]
    named = [g for g in big if re.sub(r"^各|成员单位$", "", words) and re.sub(r"^各|成员单位$", "", words) in g.name]
    return next(iter(named or big), None)
