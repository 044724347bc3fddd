/** What a view shows: its nodes and lines, those that pass the filters, and the groups of what is too large. */
function createViews(model) {
  const { columns, forest, things } = model;
  const GUESTS = 30; // nodes outside an opened group that are shown with it
  const cache = new Map();
  const spots = new Map();
  let waiting = 0;

  /** Nodes and lines of a view; computed beforehand except the neighbourhood of what is chosen. */
  function base(state) {
    return state.view === "ego" ? around(state.ego) : stored(state.view);
  }
  function stored(name) {
    if (!cache.has(name)) cache.set(name, unpack(name, model.views[name]));
    return cache.get(name);
  }
  function unpack(name, { nodes, edges }) {
    const list = nodes.id.map((id, i) => ({ id, size: nodes.size[i], x: nodes.x?.[i] ?? 0, y: nodes.y?.[i] ?? 0 }));
    const lines = edges.chosen ? chosenLines(edges.chosen) : ownLines(edges, name === "coown");
    edges.bent.forEach((n, i) => (lines[n].bend = edges.bend[i]));
    return finish({ nodes: list, edges: lines });
  }
  function ownLines(edges, paired) {
    let at = 0;
    return edges.start.map((start, n) => {
      const line = { n, from: start, to: edges.end[n], kind: edges.kinds[edges.kind[n]] };
      Object.assign(line, { bend: 0, paired, facts: edges.facts, at, many: edges.many[n], count: 0 });
      at += line.many;
      return line;
    });
  }
  /** Some of the lines of the whole graph. */
  function chosenLines(numbers) {
    const { edges } = stored("whole");
    return numbers.map((line, n) => ({ ...edges[line], n, bend: 0 }));
  }
  function finish(view) {
    view.tied = new Uint8Array(things.length);
    view.has = new Uint8Array(things.length);
    for (const { from, to } of view.edges) view.tied[from] = view.tied[to] = 1;
    for (const { id } of view.nodes) view.has[id] = 1;
    return view;
  }

  const neighbourhoods = new Map();
  function around(centres) {
    const key = centres.join();
    if (!neighbourhoods.has(key)) {
      neighbourhoods.clear();
      neighbourhoods.set(key, finish(neighbourhood(model, centres)));
    }
    return neighbourhoods.get(key);
  }

  /** The filters made ready for many questions: does a fact, by its number, or a node pass? */
  let made = { off: null, hidden: null, pinned: null };
  function sieve({ off, hidden, pinned }) {
    if (made.off === off && made.hidden === hidden && made.pinned === pinned) return made;
    const documents = new Uint8Array(things.length + 1); // the last is for facts without a document
    const nodes = new Uint8Array(things.length).fill(1);
    if (off.size || hidden.size) {
      things.forEach(({ c, id }, n) => {
        if (c === "document") documents[n] = off.has("d:" + id) || off.has("y:" + model.year(n)) ? 1 : 0;
        const away = c === "agency" && off.has("j:" + model.seat(n));
        if (off.has("c:" + c) || away || hidden.has(n)) nodes[n] = 0;
      });
      documents[things.length] = off.has("d:") ? 1 : 0;
      for (const n of pinned) nodes[n] = 1;
    }
    const bases = new Set([...off].filter((key) => key.startsWith("b:")).map((key) => key.slice(2)));
    const kinds = new Set([...off].filter((key) => key.startsWith("r:")).map((key) => key.slice(2)));
    const strict = off.size > 0;
    const fact = (n) =>
      !strict ||
      (!documents[columns.document[n] < 0 ? things.length : columns.document[n]] &&
        !(bases.size && bases.has(model.term(columns.basis[n]))));
    made = { off, hidden, pinned, fact, nodes, kind: (name) => !kinds.has(name), strict };
    return made;
  }

  /** The facts behind a line that pass the filters: single, or in pairs for co-ownership. */
  function behind(line, state) {
    const { fact } = sieve(state);
    const step = line.paired ? 2 : 1;
    const groups = [];
    for (let i = line.at; i < line.at + line.many; i += step) {
      const group = Array.from({ length: step }, (_, k) => line.facts[i + k]);
      if (group.every(fact)) groups.push(group.map(model.fact));
    }
    return groups;
  }
  /** How many of them there are: measures for co-ownership, else facts. */
  function weigh(line, { fact, strict }) {
    if (!strict && (!line.paired || line.many === 2)) return line.paired ? 1 : line.many;
    let count = 0;
    const measures = line.paired && line.many > 2 ? new Set() : null;
    for (let i = line.at; i < line.at + line.many; i += line.paired ? 2 : 1) {
      if (!fact(line.facts[i]) || (line.paired && !fact(line.facts[i + 1]))) continue;
      if (measures) measures.add(columns.at[line.facts[i]]);
      else count += 1;
    }
    return measures ? measures.size : count;
  }

  let least = null;
  /** Below this many shared measures a line is left out at first, so that the start picture can be read. */
  function minimum(state) {
    return state.min || (least ??= firstMinimum());
  }
  let weights = null;
  /** Shared measures of every line of the start view. */
  function shared() {
    const free = { fact: () => true, strict: false };
    return (weights ??= stored("coown").edges.map((line) => weigh(line, free)));
  }
  const heaviest = () => shared().reduce((most, weight) => Math.max(most, weight), 1);
  function firstMinimum() {
    const counts = shared();
    const left = (weight) => counts.reduce((sum, count) => sum + (count >= weight), 0);
    let weight = 1;
    while (weight < 30 && left(weight) > 160) weight += 1;
    return weight > 1 && left(weight) < 25 && left(weight - 1) < 800 ? weight - 1 : weight;
  }

  /** Nodes and lines that pass; `rows` are all lines that a table of the picture lists. */
  function visible(state) {
    const view = base(state);
    const filter = sieve(state);
    const inside = large(state.view) && state.open >= 0 ? forest.inside(state.open) : null;
    const weight = state.view === "coown" ? minimum(state) : 1;
    const seen = new Uint8Array(things.length);
    const lines = [];
    for (const line of view.edges) {
      if (inside && !inside[line.from] && !inside[line.to]) continue;
      if (!filter.nodes[line.from] || !filter.nodes[line.to] || !filter.kind(line.kind)) continue;
      line.count = weigh(line, filter);
      if (!line.count || line.count < weight) continue;
      lines.push(line);
      seen[line.from] = seen[line.to] = 1;
    }
    const kept = new Set([...state.pinned, ...(state.view === "ego" ? state.ego : []), state.node]);
    const alone = (n) => !view.tied[n] && model.touches(n, filter.fact);
    const nodes = view.nodes.filter(({ id }) => filter.nodes[id] && (seen[id] || kept.has(id) || alone(id)));
    return large(state.view) ? grouped(state, nodes, lines, view) : { nodes, edges: lines, view, rows: lines };
  }

  const large = (name) => forest !== null && name !== "ego" && stored(name).nodes.length > model.limits.whole;
  const sized = new Map();
  /** Is a group of a view small enough to show its nodes? */
  function drawable(name, open) {
    if (open < 0) return false;
    if (forest.isLeaf(open)) return true;
    const key = name + open;
    if (!sized.has(key)) {
      const inside = forest.inside(open);
      sized.set(
        key,
        stored(name).nodes.reduce((sum, { id }) => sum + inside[id], 0),
      );
    }
    return sized.get(key) <= model.limits.opened;
  }
  /** What is drawn of an open group, with places. */
  function placed(name, group) {
    const key = name + group;
    if (!spots.has(key)) {
      const { nodes, edges } = stored(name);
      const within = opened(nodes, edges, forest.inside(group), GUESTS);
      within.ids = new Set(within.nodes.map(({ id }) => id));
      spots.set(key, within);
    }
    return spots.get(key);
  }
  /** Lays groups out one by one while the reader looks, so that they open at once. */
  function prepare(name, groups) {
    clearTimeout(waiting);
    const left = groups.filter((group) => drawable(name, group) && !spots.has(name + group));
    const next = () => {
      if (!left.length) return;
      placed(name, left.shift());
      waiting = setTimeout(next, 30);
    };
    waiting = setTimeout(next, 300);
  }
  /** A large view: the groups under the one that is open, or its nodes; places never move with the filters. */
  function grouped(state, nodes, rows, view) {
    const { open } = state;
    if (drawable(state.view, open)) {
      const within = placed(state.view, open);
      const on = new Set(nodes.map(({ id }) => id));
      const lines = rows.filter(({ from, to }) => within.ids.has(from) && within.ids.has(to));
      return { nodes: within.nodes.filter(({ id }) => on.has(id)), edges: lines, view: within, rows };
    }
    const under = forest.under(open);
    const key = state.view + open;
    if (!spots.has(key)) {
      const all = bubbles(view.nodes, view.edges, under, forest.list.length);
      spots.set(key, new Map(all.nodes.map((node) => [node.id, node])));
    }
    const found = bubbles(nodes, rows, under, forest.list.length, spots.get(key));
    return { ...found, view, rows, under, total: nodes.reduce((sum, { id }) => sum + (under[id] >= 0), 0) };
  }
  /** The groups to open so that a thing of a large view is drawn. */
  function holding(name, n) {
    const up = forest.of(n);
    return up.find((group) => drawable(name, group)) ?? up[up.length - 1];
  }

  return { base, behind, heaviest, holding, large, minimum, prepare, sieve, stored, visible };
}

/** What some things are directly tied to, on rings around them by class, and the lines among all of these. */
function neighbourhood(model, centres) {
  const places = new Map();
  centres.forEach((centre, rank) => {
    if (!places.has(centre)) places.set(centre, [rank * 700, 0]);
    const tied = new Set(model.touching(centre).flatMap(({ s, o }) => [s, o]));
    const fresh = [...tied].filter((n) => !places.has(n));
    const label = (n) => model.things[n].l;
    fresh.sort((a, b) => model.order(a) - model.order(b) || label(a).localeCompare(label(b), "zh"));
    rings(places, fresh, places.get(centre), rank > 0);
  });
  const chosen = new Set(centres);
  const nodes = Array.from(places, ([id, [x, y]]) => ({ id, x, y, size: chosen.has(id) ? 24 : 13 }));
  const merged = new Map();
  const facts = new Set([...places.keys()].flatMap((id) => model.touching(id)));
  for (const fact of facts) {
    if (fact.s === fact.o || !places.has(fact.s) || !places.has(fact.o)) continue;
    const key = [fact.s, fact.o, fact.rel].join();
    const line = { n: merged.size, from: fact.s, to: fact.o, kind: fact.rel, facts: [], at: 0, many: 0, count: 0 };
    if (!merged.has(key)) merged.set(key, line);
    merged.get(key).many = merged.get(key).facts.push(fact.n);
  }
  const edges = [...merged.values()];
  const between = new Map();
  for (const line of edges) {
    const key = line.from < line.to ? `${line.from},${line.to}` : `${line.to},${line.from}`;
    if (!between.has(key)) between.set(key, []);
    between.get(key).push(line);
  }
  for (const lines of between.values()) {
    lines.forEach((line, i) => {
      const bend = (i - (lines.length - 1) / 2) * 0.22;
      line.bend = line.from <= line.to ? bend : -bend;
    });
  }
  return { nodes, edges };
}

/** Puts things on rings around a place; those of a later one turn outwards. */
function rings(places, fresh, [cx, cy], later) {
  const out = later ? Math.atan2(cy, cx) : 0;
  const spread = later ? Math.PI * 1.1 : Math.PI * 2;
  let done = 0;
  for (let ring = 0; done < fresh.length; ring++) {
    const radius = 230 + ring * 130;
    const room = Math.min(fresh.length - done, Math.max(6, Math.floor((spread * radius) / 95)));
    for (let i = 0; i < room; i++) {
      const part = (i + (later ? 0.5 : 0)) / room;
      const angle = out - spread / 2 + spread * part + (later ? 0 : Math.PI / 2) + (ring % 2) * 0.12;
      const x = Math.round(cx + 1.35 * radius * Math.cos(angle));
      places.set(fresh[done + i], [x, Math.round(cy + radius * Math.sin(angle))]);
    }
    done += room;
  }
}
