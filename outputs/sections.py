"""Groups of facts that a page shows of each kind of thing, each one query in SPARQL with ``<@>`` for the thing.

Columns a page knows: ``document`` (IRI), ``item``, ``thing`` (IRI the fact leads to), ``label``, ``detail``, ``basis``
(stated, group, issuer), ``via``, ``doubt``, ``provisional``, ``reviewed`` (a person vouched for it) and ``note`` (what
he said of it), ``quote``; of figures also those of their parts.
"""

from __future__ import annotations

from dataclasses import dataclass

from guanlian.ontology.terms import expand


@dataclass(frozen=True, slots=True)
class Section:
    """A group: short name, title in two languages, query."""

    name: str
    zh: str
    en: str
    sparql: str


_ITEM = """OPTIONAL { ?thing dcterms:title ?label }
    OPTIONAL { ?thing dcterms:isPartOf ?document ; dcterms:identifier ?item }"""
_BASIS = 'BIND(REPLACE(LCASE(STRAFTER(STR(?sure), "#")), "^by", "") AS ?basis)'
_REVIEWED = "OPTIONAL { ?fact gl:reviewed ?reviewed } OPTIONAL { ?fact gl:note ?note }"
_NAME = '?thing skos:prefLabel ?label . FILTER(LANG(?label) = "zh-hans")'

OWNED = Section("owned", "承担的措施", "Measures it answers for", f"""
SELECT DISTINCT ?document ?item ?thing ?label ?detail ?basis ?via ?reviewed ?note ?quote WHERE {{
  GRAPH ?document {{
    ?thing gl:responsibility ?fact .
    ?fact gl:agency <@> ; gl:role ?role ; gl:basis ?sure ; gl:evidence/oa:exact ?quote .
    OPTIONAL {{ ?fact gl:via/skos:prefLabel ?via }} {_REVIEWED}
    {_ITEM}
  }}
  BIND(STRAFTER(STR(?role), "#") AS ?detail) {_BASIS}
}} ORDER BY ?document ?thing""")  # fmt: skip

VIA = Section("via", "以它的名义承担的措施", "Measures its members answer for through it", f"""
SELECT DISTINCT ?document ?item ?thing ?label ?detail ?basis ?quote WHERE {{
  GRAPH ?document {{
    ?thing gl:responsibility ?fact .
    ?fact gl:via <@> ; gl:role ?role ; gl:basis ?sure ; gl:evidence/oa:exact ?quote .
    {_ITEM}
  }}
  BIND(STRAFTER(STR(?role), "#") AS ?detail) {_BASIS}
}} ORDER BY ?document ?thing""")  # fmt: skip

PARTNERS = Section("partners", "共同承担的单位（共有措施数）", "Units it shares measures with (how many)", """
SELECT ?thing ?label (COUNT(DISTINCT ?measure) AS ?detail) WHERE {
  GRAPH ?document { ?measure gl:ownedBy <@> , ?thing . ?thing skos:prefLabel ?label . FILTER(LANG(?label) = "zh-hans") }
  FILTER(?thing != <@>)
} GROUP BY ?thing ?label ORDER BY DESC(?detail) ?label""")  # fmt: skip

GROUPS = Section("groups", "所在工作组", "Groups it belongs to", """
SELECT DISTINCT ?document ?thing ?label ?detail ?quote WHERE {
  GRAPH ?document {
    { ?thing org:hasMember <@> } UNION { ?thing gl:groupLead <@> }
    ?thing skos:prefLabel ?label .
    OPTIONAL { ?thing gl:seats ?seats . ?seats org:member <@> ; gl:post ?detail }
    OPTIONAL { ?thing gl:evidence/oa:exact ?quote }
  }
} ORDER BY ?document ?label""")  # fmt: skip

ISSUED = Section("issued", "印发的文件", "Papers it issued", """
SELECT DISTINCT ?document ?thing ?label ?detail WHERE {
  GRAPH ?document { ?thing dcterms:publisher <@> OPTIONAL { ?thing dcterms:title ?label } OPTIONAL { ?thing dcterms:issued ?detail } }
} ORDER BY ?detail ?thing""")  # fmt: skip

BELOW = Section("below", "下属和监管", "Under it", f"""
SELECT DISTINCT ?thing ?label WHERE {{
  GRAPH ?list {{ ?thing org:subOrganizationOf|gl:customsOffice <@> . {_NAME} }}
}} ORDER BY ?thing""")  # fmt: skip

MEMBERS = Section("members", "成员", "Members", f"""
SELECT DISTINCT ?document ?thing ?label ?detail ?provisional ?quote WHERE {{
  GRAPH ?document {{
    {{ <@> org:hasMember ?thing }} UNION {{ <@> gl:groupLead ?thing }}
    {_NAME}
    OPTIONAL {{ <@> gl:seats ?seats . ?seats org:member ?thing ; gl:post ?detail }}
    OPTIONAL {{ ?thing gl:provisional ?provisional }}
    OPTIONAL {{ <@> gl:evidence/oa:exact ?quote }}
  }}
}} ORDER BY ?detail ?thing""")  # fmt: skip

DEFINED = Section("defined", "原文怎么说它", "What the papers say it is", f"""
SELECT DISTINCT ?document ?item ?thing ?label ?quote WHERE {{
  GRAPH ?document {{ ?fact gl:mode <@> . ?thing gl:definition ?fact . ?fact gl:evidence/oa:exact ?quote . {_ITEM} }}
}} ORDER BY ?document ?thing""")  # fmt: skip

STACKED = Section("stacked", "与它叠加的模式", "Modes stacked with it", """
SELECT DISTINCT ?document ?item ?thing ?label ?quote WHERE {
  GRAPH ?document {
    { ?fact gl:mode <@> ; gl:withMode ?thing } UNION { ?fact gl:withMode <@> ; gl:mode ?thing }
    ?fact gl:evidence/oa:exact ?quote . ?said gl:stacking ?fact .
    ?thing skos:prefLabel ?label . FILTER(LANG(?label) = "zh-hans")
    OPTIONAL { ?said dcterms:isPartOf ?document ; dcterms:identifier ?item }
  }
} ORDER BY ?thing ?document ?item""")  # fmt: skip


def _named_in(link: str) -> Section:
    return Section("named", "提到它的措施和案例", "Measures and cases that name it", f"""
SELECT DISTINCT ?document ?item ?thing ?label ?detail ?reviewed ?note ?quote WHERE {{
  GRAPH ?document {{
    ?fact {link} <@> ; gl:evidence/oa:exact ?quote . ?thing gl:mention ?fact .
    OPTIONAL {{ ?fact gl:stance ?detail }} {_REVIEWED}
    {_ITEM}
  }}
}} ORDER BY ?document ?thing""")  # fmt: skip


def _run_by(link: str) -> Section:
    return Section("run", "这些措施由谁负责（措施数）", "Who answers for them (how many)", f"""
SELECT ?thing ?label (COUNT(DISTINCT ?measure) AS ?detail) WHERE {{
  GRAPH ?document {{
    ?part gl:mention/{link} <@> . ?part gl:parent? ?measure . ?measure gl:ownedBy ?thing .
    {_NAME}
  }}
}} GROUP BY ?thing ?label ORDER BY DESC(?detail) ?label""")  # fmt: skip


_FIGURE = """?fact a ?status ; gl:indicator ?indicator ; gl:evidence/oa:exact ?quote .
    OPTIONAL { ?fact gl:direction ?direction } OPTIONAL { ?fact gl:bound ?bound }
    OPTIONAL { ?fact gl:value ?value } OPTIONAL { ?fact gl:valueTo ?value_to }
    OPTIONAL { ?fact gl:unit/skos:notation ?unit } OPTIONAL { ?fact gl:deadline ?deadline }
    OPTIONAL { ?fact gl:periodStart ?period_start }
    OPTIONAL { ?fact gl:periodEnd ?period_end } OPTIONAL { ?fact gl:doubt ?doubt }
    OPTIONAL { ?fact gl:reviewed ?reviewed } OPTIONAL { ?fact gl:note ?note }"""
_FIGURES = "?indicator ?direction ?bound ?value ?value_to ?unit ?deadline ?period_start ?period_end ?doubt ?reviewed ?note ?quote"


def _figures(kind: str, zh: str, en: str) -> Section:
    return Section(kind.lower(), zh, en, f"""
SELECT DISTINCT ?document (?fact AS ?thing) {_FIGURES} WHERE {{
  GRAPH ?document {{
    <@> gl:figure ?fact . ?fact a gl:{kind} .
    {_FIGURE}
  }}
}} ORDER BY ?fact""")  # fmt: skip


EFFECT = Section("effect", "提到它的措施取得的成效", "Results of the measures that name it", f"""
SELECT DISTINCT ?document ?item (?fact AS ?thing) {_FIGURES} WHERE {{
  GRAPH ?document {{
    ?part gl:mention/gl:mode <@> . ?part gl:parent? ?told . ?told gl:figure ?fact . ?fact a gl:Outcome .
    {_FIGURE}
    OPTIONAL {{ ?told dcterms:isPartOf ?document ; dcterms:identifier ?item }}
  }}
}} ORDER BY ?document ?fact""")  # fmt: skip

OWNERS = Section("owners", "责任单位", "Who answers for it", f"""
SELECT DISTINCT ?document ?thing ?label ?detail ?basis ?via ?doubt ?provisional ?reviewed ?note ?quote WHERE {{
  GRAPH ?document {{
    <@> gl:responsibility ?fact .
    ?fact gl:agency ?thing ; gl:role ?role ; gl:basis ?sure ; gl:evidence/oa:exact ?quote .
    OPTIONAL {{ ?fact gl:via/skos:prefLabel ?via }}
    OPTIONAL {{ ?fact gl:doubt ?doubt }} {_REVIEWED}
    OPTIONAL {{ ?thing gl:provisional ?provisional }}
    {_NAME}
  }}
  BIND(STRAFTER(STR(?role), "#") AS ?detail) {_BASIS}
}} ORDER BY ?detail ?thing""")  # fmt: skip


def _names(kind: str, zh: str, en: str) -> Section:
    return Section(kind + "s", zh, en, f"""
SELECT DISTINCT ?document ?thing ?label ?detail ?reviewed ?note ?quote WHERE {{
  GRAPH ?document {{
    <@> gl:mention ?fact . ?fact gl:{kind} ?thing ; gl:evidence/oa:exact ?quote .
    OPTIONAL {{ ?fact gl:stance ?detail }} {_REVIEWED}
    {_NAME}
  }}
}} ORDER BY ?thing""")  # fmt: skip


STACKINGS = Section("stackings", "叙述的叠加", "Stackings it tells of", """
SELECT DISTINCT ?document ?thing ?label ?quote WHERE {
  GRAPH ?document {
    <@> gl:stacking ?fact . ?fact gl:mode ?thing ; gl:withMode/skos:prefLabel ?two ; gl:evidence/oa:exact ?quote .
    ?thing skos:prefLabel ?one . FILTER(LANG(?one) = "zh-hans" && LANG(?two) = "zh-hans")
  }
  BIND(CONCAT(STR(?one), " + ", STR(?two)) AS ?label)
} ORDER BY ?label""")  # fmt: skip

DEFINES = Section("defines", "说明的模式", "Modes it explains", f"""
SELECT DISTINCT ?document ?thing ?label ?quote WHERE {{
  GRAPH ?document {{ <@> gl:definition ?fact . ?fact gl:mode ?thing ; gl:evidence/oa:exact ?quote . {_NAME} }}
}} ORDER BY ?thing""")  # fmt: skip

EXPLAINED = Section("explained", "解读它的条目", "Items that explain it", f"""
SELECT DISTINCT ?document ?item ?thing ?label WHERE {{
  GRAPH ?of {{ <@> dcterms:identifier ?number ; dcterms:isPartOf ?paper . ?paper gl:titleKey ?key }}
  GRAPH ?document {{ ?thing gl:interpretsTitleKey ?key ; gl:interpretsNumber ?number . {_ITEM} }}
}} ORDER BY ?thing""")  # fmt: skip

EXPLAINS = Section("explains", "它解读的条目", "What it explains", """
SELECT DISTINCT ?document ?item ?thing ?label WHERE {
  GRAPH ?of { <@> gl:interpretsTitleKey ?key ; gl:interpretsNumber ?item }
  GRAPH ?document {
    ?paper gl:titleKey ?key . ?thing dcterms:isPartOf ?paper ; dcterms:identifier ?item .
    OPTIONAL { ?thing dcterms:title ?label }
  }
  FILTER(?thing != <@>)
} ORDER BY ?thing""")  # fmt: skip

PARTS = Section("parts", "做法", "Practices", f"""
SELECT DISTINCT ?document ?item ?thing ?label WHERE {{
  GRAPH ?document {{ ?thing gl:parent <@> . {_ITEM} }}
}} ORDER BY ?thing""")  # fmt: skip

UNREAD = Section("unread", "未能读懂的文字", "Words not understood", """
SELECT DISTINCT ?document ?detail ?quote WHERE {
  GRAPH ?document { <@> gl:unread ?fact . ?fact gl:what ?detail ; gl:evidence/oa:exact ?quote }
}""")  # fmt: skip

ITEMS = Section("items", "条目", "Items", """
SELECT DISTINCT ?item ?thing ?label ?detail WHERE {
  GRAPH <@> {
    ?thing dcterms:isPartOf <@> ; dcterms:identifier ?item ; gl:passage ?place .
    OPTIONAL { ?thing dcterms:title ?label } OPTIONAL { ?thing gl:clauseState ?detail }
  }
  BIND(<http://www.w3.org/2001/XMLSchema#integer>(STRBEFORE(STRAFTER(STR(?place), "="), ",")) AS ?start)
} ORDER BY ?start""")  # fmt: skip

TEAMS = Section("teams", "工作组", "Working groups", """
SELECT DISTINCT ?document ?thing ?label ?quote WHERE {
  GRAPH ?document {
    ?thing dcterms:isPartOf <@> ; a gl:WorkingGroup ; skos:prefLabel ?label .
    OPTIONAL { ?thing gl:evidence/oa:exact ?quote }
  }
} ORDER BY ?label""")  # fmt: skip

SAID = Section("said", "涉及它的陈述", "Statements about it", """
SELECT DISTINCT ?document ?thing ?detail WHERE {
  GRAPH ?document { ?thing ?property <@> }
  BIND(REPLACE(STR(?property), "^.*[/#]", "") AS ?detail)
} ORDER BY ?thing""")  # fmt: skip

_FACTS = (
    OWNERS,
    _names("mode", "涉及的通关模式", "Clearance modes it names"),
    STACKINGS,
    DEFINES,
    _names("port", "涉及的口岸", "Ports it names"),
    _names("platform", "涉及的平台", "Platforms it names"),
    _figures("Outcome", "成效", "Results reported"),
    _figures("Target", "目标", "Targets set"),
    UNREAD,
)
_DUTIES = (OWNED, PARTNERS, GROUPS)

SECTIONS: dict[str, tuple[Section, ...]] = {
    "agency": (*_DUTIES, ISSUED, BELOW),
    "group": (MEMBERS, *_DUTIES, VIA),
    "mode": (DEFINED, _named_in("gl:mode"), STACKED, _run_by("gl:mode"), EFFECT),
    "port": (_named_in("gl:port"), _run_by("gl:port")),
    "platform": (_named_in("gl:platform"), _run_by("gl:platform")),
    "document": (ITEMS, TEAMS, *_FACTS),
    "item": (*_FACTS, PARTS, EXPLAINS, EXPLAINED),
    "other": (SAID,),
}
"""Groups of each kind of page, in the order people meet them."""

HIDDEN = frozenset(
    map(
        expand,
        (
            "rdf:type", "dcterms:identifier", "dcterms:title", "skos:prefLabel", "skos:altLabel", "skos:inScheme",
            "gl:mention", "gl:responsibility", "gl:figure", "gl:stacking", "gl:definition", "gl:unread", "gl:ownedBy",
            "gl:ledBy", "gl:participatedBy", "gl:jointlyOwnedBy", "gl:implementedBy", "gl:partneredBy", "gl:stackedWith",
            "gl:titleKey", "gl:interpretsTitleKey", "gl:passage", "gl:provisional", "gl:seats", "gl:core",
            "org:hasMember", "gl:sha256",
        ),
    )
)  # fmt: skip
"""Properties a page does not list by themselves: its head or its groups show them, or machines use them."""

PROPERTIES = {
    expand(name): words
    for name, words in {
        "dcterms:publisher": ("印发单位", "issuer"),
        "dcterms:issued": ("日期", "date"),
        "dcterms:source": ("文件名", "file"),
        "dcterms:isPartOf": ("所在文件", "in"),
        "org:subOrganizationOf": ("隶属", "part of"),
        "skos:broader": ("类别", "family"),
        "skos:definition": ("说明", "definition"),
        "skos:scopeNote": ("范围", "scope"),
        "skos:note": ("注", "note"),
        "skos:notation": ("代码", "code"),
        "oa:exact": ("原文", "words"),
        "oa:start": ("起", "start"),
        "oa:end": ("止", "end"),
    }.items()
}
"""What pages call properties of other vocabularies, in Chinese and English."""
