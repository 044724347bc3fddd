/** Things, facts and what ties them, unpacked from the columns they come in as far as they are asked for. */
function createModel(data, words) {
  const { things, classes } = data;
  const columns = data.facts;
  const count = columns.subject.length;
  const facts = new Array(count);
  const byId = new Map(things.map((thing, n) => [thing.id, n]));
  const forest = data.groups ? groupTree(data.groups) : null;
  const ROLES = ["lead", "participant", "joint", "implementer", "partner"];

  /** One fact: numbers of its two things, its relation, where it is stated and in which words. */
  function fact(n) {
    return (facts[n] ??= {
      n,
      s: columns.subject[n],
      o: columns.object[n],
      rel: data.words[columns.relation[n]],
      doc: columns.document[n],
      at: columns.at[n],
      quote: data.words[columns.quote[n]],
      basis: data.words[columns.basis[n]],
      via: data.words[columns.via[n]],
      stance: data.words[columns.stance[n]],
      doubts: data.words[columns.doubts[n]],
    });
  }

  // The facts of thing n are at[from[n]] to at[from[n + 1]].
  const from = new Int32Array(things.length + 1);
  for (let n = 0; n < count; n++) {
    from[columns.subject[n] + 1] += 1;
    if (columns.object[n] !== columns.subject[n]) from[columns.object[n] + 1] += 1;
  }
  for (let n = 0; n < things.length; n++) from[n + 1] += from[n];
  const at = new Int32Array(from[things.length]);
  const next = from.slice();
  for (let n = 0; n < count; n++) {
    at[next[columns.subject[n]]++] = n;
    if (columns.object[n] !== columns.subject[n]) at[next[columns.object[n]]++] = n;
  }
  const touching = (thing) => Array.from(at.subarray(from[thing], from[thing + 1]), fact);
  /** Does any fact of a thing (by its number) pass? */
  const touches = (thing, passes) => at.subarray(from[thing], from[thing + 1]).some(passes);

  /** Units with the number of measures they own, most first. */
  function busiest() {
    const roles = new Set(ROLES.map((role) => data.words.indexOf(role)));
    const owned = new Map();
    for (let n = 0; n < count; n++) {
      if (!roles.has(columns.relation[n])) continue;
      const unit = columns.object[n];
      if (!owned.has(unit)) owned.set(unit, new Set());
      owned.get(unit).add(columns.subject[n]);
    }
    return [...owned].map(([unit, measures]) => [unit, measures.size]).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  }

  /** A group by its best known things, or by its stretch of a document. */
  function groupName(group) {
    const [, names, first, last] = forest.list[group];
    const title = (n, long) => {
      const text = page.short(name(n), long);
      return things[n].c === "document" ? `《${text}》` : text;
    };
    if (first >= 0) return `${title(names[0], 16)} ${things[first].n}–${things[last].n}`;
    const known = names.slice(0, 2).map((n) => title(n, 12));
    return known.join(words.comma()) + (names.length > 2 ? words.t("others") : "");
  }
  /** A thing's name in the reader's language where the sources have one; negative numbers are groups. */
  function name(n) {
    if (n < 0) return groupName(-1 - n);
    return (words.lang === "en" && things[n].e) || things[n].l;
  }

  const years = new Map();
  /** The year of a document, "" where it has no date. */
  function year(doc) {
    if (!years.has(doc)) years.set(doc, ((things[doc].a || {}).issued || "").match(/^[0-9]{4}/)?.[0] || "");
    return years.get(doc);
  }

  return {
    busiest,
    byId,
    classes,
    columns,
    fact,
    forest,
    groupName,
    name,
    touches,
    touching,
    year,
    things,
    limits: data.groups,
    roles: ROLES,
    views: data.views,
    term: (n) => data.words[n],
    kind: (n) => (n < 0 ? "bubble" : things[n].c),
    seat: (n) => (things[n].a && things[n].a.jurisdiction) || "",
    /** The row of a class among the classes, to sort by. */
    order: (n) => classes.indexOf(things[n].c),
  };
}
