"""A printed name → the canonical full name of a unit, by rule.

An agency is a name *in a jurisdiction*: 市商务局 in a Shenzhen paper is 深圳市商务局. Bare names
in a list inherit the prefix before them (市发改委、商务局). Nothing is merged by similarity:
every answer names the rule that gave it.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any

from guanlian.loaders.names import ownbranches, systems
from guanlian.loaders.names.branches import branch, ecology_bureau
from guanlian.loaders.names.offices import office_of
from guanlian.loaders.names.organs import court, official_name, organisation
from guanlian.loaders.names.printed import bare, kind_of_units, no_name, patterns, trim
from guanlian.loaders.names.regions import (
    ZONE,
    committee,
    free_trade_zone,
    full_name,
    governing,
    in_full,
    is_province,
    is_region,
    is_zone_body,
)
from guanlian.loaders.names.seats import CORPS, Seat, district_at, lies_in, place_at, place_near, places, seat_of
from guanlian.ontology import authorities

COLLECTIVE = "collective"
_COMMISSION = re.compile(r"(?<=[\u4e00-\u9fff]{3})(?<![建科农商信规编卫计经交民宗教党纪团工法市省县区州旗常])委$")
_CHARGED = re.compile(r"(?:[市县区省州]直)?各(?:项|项目|任务|项任务|项工作)?(?:牵头|责任|实施|承办|配合|主办)(?:单位|部门)")
"""Units that the paper charges elsewhere."""
_SERVICE = re.compile(r"(?!国家|中国|全国|中央|各|海关|边检|海事|税务|人民银行|国网)[\u4e00-\u9fff]{2,14}(?:中心|办公室|(?<!中央驻)办)")
"""Offices and centres, which no line authority has: behind a city's unit they are the city's."""
_BUREAU = re.compile(r"(?!国家|中国|全国|中央|各|省|市|长江|黄河|珠江)[\u4e00-\u9fff]{2,10}(?:局|办公室)")
_OF_THE_PLACE = {"海关": "海关", "边检站": "出入境边防检查站", "海事局": "海事局", "海事处": "海事处"}
_STREET = re.compile(r"(?!各)(?P<name>[\u4e00-\u9fff]{2,6})街道(?:办|办事处)?")
_OFFICE = re.compile(r"(?<=[\u4e00-\u9fff]{3})(?<!委网信)(?<!委编)办$")
_TASK = re.compile(r"(?:建设|认定|管理|工作|任务|监管|培训|采集|发布|援助|保障|支持|开发|推广|编制|审批|研究|服务|质量|安全|对接|筹集|政策|载体)$")

@dataclass(frozen=True, slots=True)
class Resolved:
    """A unit found for a printed name. ``prefix`` is the seat that bare names after it inherit."""

    canonical: str
    rule: str
    provisional: bool = False
    prefix: str = ""

    @property
    def collective(self) -> bool:
        """Whether the words name a kind of units (各区人民政府) rather than a unit."""
        return self.rule == COLLECTIVE


@lru_cache(maxsize=256)
def _usage(level: str, province: str, year: str) -> Mapping[str, str]:
    """Printed form → official name of a department as the governments of one province name it."""
    used = (d for d in authorities.departments() if d.within == province and d.level in ("any", level) and (not year or year >= d.since))
    return {label: d.name for d in used for label in (d.name, *d.labels)}


@lru_cache(maxsize=8)
def _departments(level: str) -> Mapping[str, str]:
    """Printed form → official name of a local government's department, own level first."""
    order = {"any": 1, level: 0}
    found: dict[str, str] = {}
    for d in sorted((d for d in authorities.departments() if not d.within), key=lambda d: (order.get(d.level, 2), d.name)):
        for label in (d.name, *d.labels):
            found.setdefault(label, d.name)
    return found


@lru_cache(maxsize=1)
def _named() -> tuple[Mapping[str, authorities.Agency], Mapping[str, tuple[authorities.Agency, ...]]]:
    everywhere: dict[str, authorities.Agency] = {}
    local: dict[str, tuple[authorities.Agency, ...]] = {}
    for agency in authorities.agencies():
        for label in (agency.name, *agency.labels):
            everywhere.setdefault(bare(label), agency)
        for label in agency.local:
            local[bare(label)] = (*local.get(bare(label), ()), agency)
    return everywhere, local


@dataclass
class Resolver:
    """Resolves the names of one document.

    ``seat`` completes 市… and 省… names; ``issuer`` decides what local short forms mean;
    ``aliases`` are the document's own short forms (以下简称…); ``issued`` is its date, which
    tells what a body was called.
    """

    seat: Seat
    issuer: str = ""
    aliases: Mapping[str, str] = field(default_factory=dict)
    issued: str = ""
    clauses: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)
    """Bracketed clauses read already: an outline asks for them, then their item does."""
    _seen: dict[tuple[str, str], Resolved | None] = field(default_factory=dict, repr=False, compare=False)

    def resolve(self, printed: str, prefix: str = "") -> Resolved | None:
        """The unit a printed name means, or None when the words are no name of a unit."""
        key = printed, prefix
        if key not in self._seen:
            found = self._resolve(printed, prefix)
            if found is not None and self.seat.presumed and found.rule in ("jurisdiction", "inherited-prefix", "document-seat"):
                found = replace(found, provisional=True, rule="presumed-seat")
            if found is not None and found.provisional and not found.collective and found.canonical != printed:
                known = self._named(bare(found.canonical))  # 省港口集团 → 江苏省港口集团 → 江苏省港口集团有限公司
                found = replace(known, prefix=found.prefix) if known else found
            if found is not None and (whole := systems.in_full(found.canonical)) != found.canonical:
                found = replace(found, canonical=whole)
            self._seen[key] = found
        return self._seen[key]

    def _resolve(self, printed: str, prefix: str) -> Resolved | None:
        name = self._trimmed(printed)
        if "各" in name and _CHARGED.fullmatch(name):
            return Resolved(name, COLLECTIVE, False, prefix)
        if not name or len(name) > 40:
            return None
        if no_name(name) and not district_at(name, self.seat.homes):
            return self._named(name)  # 有限责任公司 holds 责任
        if name in self.aliases:
            found = self.resolve(self.aliases[name], prefix)
            return Resolved(found.canonical, "document-alias", found.provisional, found.prefix) if found else None
        if kind_of_units(name):
            return Resolved(name, COLLECTIVE, False, prefix)
        if own := ownbranches.own_branch(name, self.seat, self.issued):
            return Resolved(own, "own-branch", True, prefix)
        name = systems.unfolded(name)
        if name.startswith("中共") and place_at(name[2:]):
            name = name[2:]  # 中共荆门市委宣传部 is composed as 荆门市委宣传部 is
        found = self._named(name)
        if found is None and name.endswith("）") and (plain := re.sub(r"（[^（）]*）$", "", name)):
            name = plain  # 市市场监管局（知识产权局）: one unit with two signs
            found = self._named(name)
        if found is None and (zone := free_trade_zone(name, self.seat.homes)):
            return Resolved(zone, "free-trade-zone", True, prefix)
        if (found is None or name.endswith("铁路局")) and (company := systems.railway(name, self.seat, self.issued)):
            return Resolved(company, "railway", found is None, prefix)
        if found is None and (company := systems.company_branch(name, self.seat)):
            return Resolved(company, "company-branch", True, prefix)
        return found or self._branch(name) or self._qualified(name) or self._bare_department(name, prefix) or self._formed(name, prefix)

    def _trimmed(self, printed: str) -> str:
        """A name without what leads it in and trails it; in 和县政府 and 由会同县政府 of the paper's own city 和 and 会同 lead in nothing."""
        lead = patterns()["lead_in"].match(printed)
        for words_ in (printed, printed[lead.end() :]) if lead else (printed,):
            if own := district_at(words_, self.seat.homes):
                return words_[:own] + trim(words_[own:])
        return trim(printed)

    def _branch(self, name: str) -> Resolved | None:
        """A district's branch of the city's bureau: 区公安分局."""
        if own := ecology_bureau(name, self.seat):
            return Resolved(own, "city-branch", True)
        found = branch(name, self.seat)
        bureau = Resolver(seat_of(found.city)).resolve(found.bureau) if found else None
        return Resolved(f"{bureau.canonical}{found.district}分局", "city-branch", True) if found and bureau else None

    def government(self, region: str, rule: str = "region-government") -> Resolved | None:
        """What governs a region that is named without it (沈阳 in 沈阳、大连市人民政府; 牵头区县：甲区、乙县), None for no region."""
        if ZONE.search(region) and (zone := self._named(region + "管委会")):
            return Resolved(zone.canonical, rule)
        if not is_region(region):
            region = next((region + end for end in "县区市旗" if lies_in(region + end, self.seat.name)), "")
        if not region:
            return None
        known = place_near(region, self.seat.homes)
        sure = known is not None and known[1] == len(region) or lies_in(region, self.seat.name)
        return Resolved(governing(full_name(region, self.seat.full), self.seat.name), rule, not sure)

    def tail(self, words_: str) -> tuple[int, Resolved | None]:
        """The known unit that ends a stretch whose beginning is a task, not a name; where it begins."""
        for listed in (True, False):
            for offset in range(2, len(words_) - 2):
                unit = self.resolve(words_[offset:])
                if unit is None or unit.collective or unit.rule == "document-seat":
                    continue
                if unit.provisional if listed else unit.rule != "place-form":
                    continue
                head = words_[:offset]
                task = bool(_TASK.search(head)) and not patterns()["ends"].fullmatch(head) and place_at(head) is None
                return (offset, unit) if task else (0, None)
        return 0, None

    def _named(self, name: str) -> Resolved | None:
        """A unit that an authority file knows by this form."""
        everywhere, local = _named()
        agency = everywhere.get(name)
        if agency is not None and (agency.jurisdiction not in ("", "中国") or not self._local_department(name)):
            said = agency.jurisdiction if name.startswith(agency.jurisdiction) and name != agency.jurisdiction else ""
            return Resolved(agency.name, "authority", prefix=said)
        for near in (self.issuer, *self.seat.homes, self._issuer_parent, "" if self.seat.name else "中国"):
            for candidate in local.get(name, ()) if near else ():  # the nearest place first
                if self.seat.levels.get(name[0], candidate.jurisdiction) != candidate.jurisdiction:
                    continue  # 市 in a paper of 昆山市 is not 苏州市
                if near in (candidate.jurisdiction, candidate.parent):
                    return Resolved(candidate.name, "authority-local", prefix=self.seat.levels.get(name[0], ""))
        return None

    @cached_property
    def _issuer_parent(self) -> str:
        agency = _named()[0].get(bare(self.issuer))
        return agency.parent if agency and agency.parent != "海关总署" else ""

    def _local_department(self, name: str) -> bool:
        return bool(self.seat.name) and name in _departments(self._level(self.seat.full))

    def _as_used(self, seat: str, name: str, prefix: str) -> Resolved | None:
        """A department as the governments of its province name it; from a short form that is no more than likely."""
        place = place_near(seat, self.seat.homes)
        homes = (seat_of(place[0].name) if place else self.seat).homes
        province = next((home for home in homes if is_province(home)), "")
        official = _usage(self._level(seat), province, self.issued[:4]).get(name) if province else None
        return Resolved(official_name(seat, official), "province-usage", official != name, prefix) if official else None

    def _level(self, seat: str) -> str:
        place = places().get(seat)
        if place and place.level == "province" and place.name.endswith("市"):
            return "city"  # a municipality has 局 where a province has 厅
        return place.level if place else ("district" if seat.endswith(("区", "县", "旗")) else "city")

    def _qualified(self, name: str) -> Resolved | None:
        """A name that says its own seat: 市商务局, 江苏省财政厅, 南通海事局."""
        corps = "兵团" in name and re.match(r"(?:新疆生产建设)?兵团(?=.{2,})", name)
        if corps and (official := _departments("province").get(name[corps.end() :])):
            return Resolved(CORPS + re.sub("厅$", "局", official), "place-name", False, CORPS)
        party = "党委" in name and re.match(r"(?:自治区)?党委(?=.{2,})", name)
        if name == "自治区党委" and self.seat.full.endswith("自治区"):
            return Resolved(f"中共{self.seat.full}委员会", "jurisdiction", False, self.seat.full)
        if party and self.seat.full.endswith("自治区"):
            printed, committee_ = "委" + name[party.end() :], f"中共{self.seat.full}委"
            organ = organisation(self.seat.full, printed, self.issued).removeprefix(committee_) or _departments("province").get(printed, "").removeprefix("委")
            if organ:
                return Resolved(f"{committee_}员会{organ}", "jurisdiction", False, self.seat.full)
        match = patterns()["prefix"].match(name)
        if match and match[1] in self.seat.levels:
            seat = self.seat.levels[match[1]]
            return self._compose(seat, name[match.end() :], "jurisdiction")
        found = place_near(name, self.seat.homes)
        if found and found[1] < len(name):
            place, length = found
            rest = name[length:]
            if patterns()["system"].fullmatch(rest):
                return Resolved(re.sub("边检总站$", "出入境边防检查总站", name), "system-seat", True)
            if place.level == "district" and length < len(place.name) and not rest.startswith(("区", "县", "市", "旗")) and place.parent not in self.seat.homes:
                return None  # 南海新区 in a paper of Weihai is not in 佛山市南海区
            seat = in_full(place)
            own = name if length < len(place.name) and not rest.startswith(("市", "省")) else ""
            zone = re.match(r"[\u4e00-\u9fff]{1,10}?(?:新区|开发区|经开区|高新区|合作区|实验区|示范区|保税区|综保区|园区|港区|片区|务区)", rest)
            deeper = None if zone else re.match(r"([\u4e00-\u9fff]{1,5}?(?:区|县|市|旗))(?=.*(?:局|委|办|政府|委员会|办公室|中心)$)(?!委)", rest)
            if deeper and rest[: deeper.end()] not in _departments("city") and not rest.startswith(("市场", "区域", "地区")):
                seat, rest, own = seat + deeper[1], rest[deeper.end() :], ""
            if length < len(place.name) and place.name.endswith("市") and (namesake := re.match(r"(?:区|县)(?=人民政府|政府|.{1,12}(?:局|委|办|中心)$)", rest)):
                own_name = name[: length + 1]  # 荆州区 lies in 荆州市, 长沙县 in 长沙市
                seat = place.name + own_name if namesake[0] == "区" else own_name
                return self._compose(seat, rest[1:], "place-name")
            if rest.startswith(("市", "省")) and not rest.startswith("市场"):
                if not place.name.endswith(rest[0]):
                    seat = name[: length + 1]  # 大理市 lies in 大理白族自治州
                rest = rest[1:]
            return self._compose(seat, rest, "place-name", own)
        unlisted = re.match(r"([\u4e00-\u9fff]{2,4}?(?:市|县|旗|区(?!域)))(.{2,})", name)
        if unlisted and (official := _departments("district").get(unlisted[2])) and is_region(unlisted[1]) and not ZONE.search(unlisted[1]):
            seat = full_name(unlisted[1], self.seat.full)
            sure = lies_in(unlisted[1], self.seat.name)
            return Resolved(official_name(seat, official), "place-name" if sure else "place-form", not sure, seat) if not seat.endswith("区") or seat != unlisted[1] else None
        return None

    def _compose(self, seat: str, rest: str, rule: str, printed: str = "") -> Resolved | None:
        """Seat and department: official name where the authority file has one, else by form."""
        if rest in ("政府", "人民政府"):
            return Resolved(seat + "人民政府", rule, False, seat)
        if rest in ("行署", "行政公署"):
            return Resolved(seat + "行政公署", rule, False, seat)
        if rest in ("委", "委员会"):
            return Resolved(f"中共{seat}委员会", rule, False, seat)
        if rest in ("法院", "检察院"):
            return Resolved(seat + ("人民检察院" if rest == "检察院" else court(seat)), rule, False, seat)
        if printed and re.search(r"区(?:管委会?|管理委员会|管理局)$", rest):
            return Resolved(committee(printed), rule, True)
        if listed := _named()[0].get(seat + rest):
            return Resolved(listed.name, rule, False, seat)
        special = organisation(seat, rest, self.issued)
        if special:
            return Resolved(special, rule, False, seat)
        if rest in ("外汇局", "外汇管理局") and is_province(seat):
            return Resolved(f"国家外汇管理局{seat}分局", rule, False, seat)
        if used := self._as_used(seat, rest, seat):
            return used
        known = _departments(self._level(seat))
        official = known.get(rest) or (known.get(rest[2:]) if rest.startswith("政府") else None)
        if official:
            return Resolved(official_name(seat, official), rule, False, seat)
        if patterns()["ends"].fullmatch(rest):
            if re.match(r"委(?!员)", rest) and len(rest) > 2:
                return Resolved(f"中共{seat}{rest}", rule, False, seat)
            whole = printed or seat + (re.sub(r"^政府(?=.)", "人民政府", _OFFICE.sub("办公室", _COMMISSION.sub("委员会", rest))))
            return Resolved(committee(whole, self.seat.name), rule + "-form", True, seat if not printed else "")
        return None

    def _bare_department(self, name: str, prefix: str) -> Resolved | None:
        """商务局 after 市发改委, or alone in a local paper; the line authority that bears its place's name."""
        seat = prefix or self.seat.full
        if not seat:
            return None
        if name in _OF_THE_PLACE and (own := self._named(re.sub("[市县区州盟旗]$", "", self.seat.name) + _OF_THE_PLACE[name])):
            return Resolved(own.canonical, "document-seat", False, prefix)
        rule = "inherited-prefix" if prefix else "document-seat"
        if listed := _named()[0].get(seat + name):
            return Resolved(listed.name, rule, False, prefix)
        if used := self._as_used(seat, name, prefix):
            return used
        official = _departments(self._level(seat)).get(name)
        if official is None and name not in ("政府", "人民政府"):
            return None
        if official and official.endswith(("区管理委员会", "区管委会")) and self._level(seat) == "province":
            return Resolved(name, COLLECTIVE, False, prefix)  # a province has many zones and no zone of its own
        return Resolved(official_name(seat, official or "人民政府"), rule, False, prefix)

    def _formed(self, name: str, prefix: str) -> Resolved | None:
        """A unit recognised by its form alone."""
        league = re.match(r"团([省市县区州盟旗])委$", name)  # 团省委 in a city's paper is the province's
        seat = self.seat.levels.get(league[1], "") if league else self.seat.full
        if special := organisation(seat, name, self.issued):
            return Resolved(special, "document-seat", False, prefix)
        near = place_near(name, self.seat.homes)
        place = near[0] if near and near[1] == len(name) else None
        if place and place.name == name and place.level in ("city", "district", "province") and name[-1] in "市区县旗州盟省":
            return Resolved(governing(in_full(place), self.seat.name), "place-government", False, prefix)
        if office := office_of(self.issuer, name, seated=bool(self.seat.name)):
            return Resolved(office, "issuer-office", True, prefix)
        if division := re.fullmatch(r"(?:兵团)?(第[一二三四五六七八九十]{1,3}师[\u4e00-\u9fff]{0,6}?市?)(?:人民政府)?", name):
            return Resolved(CORPS + division[1], "form", True, CORPS)
        if not patterns()["ends"].fullmatch(name) or len(name) < 3:
            return None
        if name.startswith("市政") and self.seat.name:
            return self._compose(self.seat.full, name, "document-seat")  # 市政 is no city
        if "、" in name or re.fullmatch(r"[省市区县州盟旗]?(?:人民政府|政府|行政公署|行署)", name):
            return None  # two names, or a government of nowhere
        name = re.sub(r"(?<=[区县市旗镇乡])政府$", "人民政府", name)
        if prefix and self.seat.name and _SERVICE.fullmatch(name) and not place_at(name):
            return self._compose(prefix, name, "inherited-prefix")
        if self.seat.zone and not prefix and _BUREAU.fullmatch(name) and not place_at(name):
            return self._compose(self.seat.full, name.removeprefix(self.seat.name[:2]), "document-seat")
        district = self._level(self.seat.full) == "district"
        elsewhere = place_at(name)
        if self.seat.county and re.fullmatch(r"[\u4e00-\u9fff]{2,5}[镇乡]人民政府", name) and not (elsewhere and name[elsewhere[1] - 1] in "县区市旗"):
            return Resolved(self.seat.full + name, "form", True, prefix)
        if district and (street := _STREET.fullmatch(name)):
            return Resolved(f"{self.seat.full}{street['name']}街道办事处", "form", True, prefix)
        if re.fullmatch(r"[\u4e00-\u9fff]{2,4}(?<!新)区人民政府", name) and self.seat.full.endswith("市"):
            sure = lies_in(name.removesuffix("人民政府"), self.seat.name)
            name = self.seat.full + name  # a city's district, named without the city
            return Resolved(name, "place-name" if sure else "form", not sure, prefix)
        return Resolved(committee(name, self.seat.name) if place_at(name) or is_zone_body(name) else name, "form", True, prefix)
