/** The panel: what the chosen thing, line, path or group is, and the facts behind it. */
function createPanel({ model, state, words, views, picture, facts, openGroup, choose, session }) {
  const { things } = model;
  const { h, short } = page;
  const { t } = words;
  const { badge, entry, link, listed, sureness } = facts;
  const act = (text, on, more = {}) => h("button", { type: "button", on, ...more }, text);
  const clear = (patch) =>
    h(
      "div",
      { class: "acts" },
      act(t("clear"), () => state.change(patch)),
    );

  let scrolled = false;
  const box = page.$("panel");
  box.addEventListener("scroll", () => (scrolled = true));

  function draw() {
    const { now } = state;
    const content = () => {
      if (now.path) return pathPanel(session.path());
      if (now.edge) return linePanel(now.edge);
      if (session.bundle) return bundlePanel(session.bundle);
      if (views.large(now.view) && now.node === null) return groupsPanel();
      return now.node !== null ? nodePanel(now.node) : startPanel();
    };
    box.replaceChildren(...content().flat().filter(Boolean));
    if (scrolled) box.scrollTo(0, 0); // asked for only where it moves: it has the page laid out on the spot
    scrolled = false;
  }

  function startPanel() {
    const units = model.busiest().slice(0, 10);
    return [
      h("h2", {}, words.called("view", state.now.view)),
      h("p", {}, t("empty_panel")),
      pinned(),
      h("h3", {}, t("how")),
      h(
        "ul",
        { class: "hint" },
        words.tips().map((tip) => h("li", {}, tip)),
      ),
      units.length ? h("h3", {}, t("top")) : "",
      h(
        "ul",
        { class: "facts" },
        units.map(([n, count]) => entry(icon("agency"), link(n), count)),
      ),
    ];
  }
  /** What is pinned, each with a button that lets it go. */
  function pinned() {
    if (!state.now.pinned.size) return [];
    const free = (n) => act(t("unpin"), () => session.pin(n), { class: "copy", "data-unpin": things[n].id });
    const rows = [...state.now.pinned].map((n) => () => entry(icon(things[n].c), link(n), undefined, free(n)));
    return [h("h3", {}, `${t("pins")} (${rows.length})`), ...listed(rows, 8)];
  }

  /** The groups to choose from; in an opened group its units, then its other things. */
  function groupsPanel() {
    const { now } = state;
    const { shown } = picture;
    const head =
      now.open < 0
        ? [h("h2", {}, words.called("view", now.view)), h("p", {}, t("about_groups"))]
        : [h("p", { class: "kind" }, t("in_group")), h("h2", {}, h("bdi", {}, model.groupName(now.open)))];
    if (!shown.under) {
      const own = shown.nodes.filter((node) => !node.guest);
      own.sort((a, b) => model.order(a.id) - model.order(b.id) || b.size - a.size || a.id - b.id);
      const rows = own.map(
        ({ id }) =>
          () =>
            entry(icon(things[id].c), link(id)),
      );
      return [...head, pinned(), h("p", {}, t("empty_panel")), ...listed(rows, 30)];
    }
    const open = ({ id }) => {
      const enter = () => {
        openGroup(-1 - id);
        page.$("picture").focus();
      };
      return act(h("bdi", {}, model.name(id)), enter, { class: "link", "data-group": -1 - id });
    };
    const nodes = [...shown.nodes].sort((a, b) => b.count - a.count || b.id - a.id);
    const rows = nodes.map((node) => () => entry("", open(node), node.count));
    const title = h("h3", {}, `${t("communities")} (${nodes.length})`);
    return [...head, h("p", { class: "hint" }, t("groups_hint")), title, ...listed(rows, 30)];
  }
  function bundlePanel({ from, to, edges }) {
    const kinds = new Map();
    for (const { kind } of edges) kinds.set(kind, (kinds.get(kind) || 0) + 1);
    const counts = [...kinds].sort((a, b) => b[1] - a[1]);
    const badges = counts.map(([kind, n]) => h("span", { class: "badge" }, `${words.called("rel", kind)} ${n}`));
    const strongest = [...edges].sort((a, b) => b.count - a.count || a.n - b.n).slice(0, 400);
    const row = (line) => {
      const text = h("bdi", {}, short(session.lineText(line), 80));
      return h(
        "li",
        { class: "fact" },
        act(text, () => choose(line), { class: "link" }),
      );
    };
    return [
      h("p", { class: "kind" }, t("bundle", edges.length)),
      h("h2", {}, h("bdi", {}, `${model.name(from)} — ${model.name(to)}`)),
      h("div", { class: "acts" }, badges),
      ...listed(
        strongest.map((line) => () => row(line)),
        30,
      ),
    ];
  }

  function nodePanel(n) {
    const thing = things[n];
    const known = model.touching(n);
    const title = model.name(n);
    const parts = [
      h("p", { class: "kind" }, icon(thing.c), words.called("class", thing.c)),
      h("h2", page.roomy(title), h("bdi", {}, page.clean(title))),
      title === thing.l ? "" : h("p", { class: "hint", lang: "zh" }, page.clean(thing.l)),
      thing.p ? badge("provisional") : "",
      state.now.pinned.has(n) ? h("p", { class: "hint" }, t("pinned")) : "",
    ];
    if (thing.d !== undefined) {
      const paper = link(thing.d, `《${short(things[thing.d].l, 60)}》`);
      parts.push(h("p", { class: "hint" }, paper, thing.n ? ` ${t("item", thing.n)}` : ""));
    }
    parts.push(about(thing), actions(n), ...sureness(known), ...partners(n));
    const groups = new Map();
    for (const fact of known) {
      const key = fact.rel + (fact.s === n ? "0" : "1");
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(fact);
    }
    const order = Object.keys(LINES);
    const place = ([key]) => order.indexOf(key.slice(0, -1));
    for (const [key, found] of [...groups].sort((a, b) => place(a) - place(b))) {
      const name = words.side(key.slice(0, -1), Number(key.slice(-1)));
      const rows = found.map((fact) => () => facts.row(fact, n));
      parts.push(h("h3", {}, `${name} (${found.length})`), ...listed(rows));
    }
    if (["mode", "port", "platform"].includes(thing.c)) parts.push(...results(known));
    return parts;
  }
  function about(thing) {
    const rows = Object.entries(thing.a || {}).filter(([key, value]) => !(key === "title" && value === thing.l));
    if (thing.x) rows.push(["aliases", thing.x.join(words.comma())]);
    const cells = rows.flatMap(([key, value]) => [
      h("dt", {}, words.called("about_of", key)),
      h("dd", page.roomy(value), h("bdi", {}, words.term(key, value))),
    ]);
    return cells.length ? h("dl", {}, cells) : "";
  }
  /** Outcomes of the measures that name a mode or port. */
  function results(known) {
    const items = [...new Set(known.map(({ at }) => at))].filter((at) => at >= 0 && things[at].c !== "document");
    const found = items.flatMap((at) => model.touching(at).filter(({ rel }) => rel === "outcome"));
    const rows = found.map((fact) => () => facts.row(fact, fact.s));
    return found.length ? [h("h3", {}, `${t("in_figures")} (${found.length})`), ...listed(rows, 6)] : [];
  }
  function actions(n) {
    const { now } = state;
    const alone = now.view === "ego" && now.ego.length === 1 && now.ego[0] === n;
    const around = () => {
      if (now.view !== "ego") return act(t("ego"), () => session.around(n));
      if (!now.ego.includes(n)) return act(t("expand"), () => state.change({ ego: [...now.ego, n] }, { fit: true }));
      const rest = now.ego.filter((centre) => centre !== n);
      return act(t("collapse"), () => state.change({ ego: rest }, { fit: true }), { disabled: alone });
    };
    const begin = (start) => {
      now.start = start;
      draw();
    };
    const path =
      now.start === null || now.start === n
        ? act(t("path_from"), () => begin(n))
        : act(t("path_to"), () => state.change({ path: [now.start, n], start: null }));
    const held = now.pinned.has(n);
    const buttons = [
      around(),
      act(t(held ? "unpin" : "pin"), () => session.pin(n), { id: "pin", "aria-keyshortcuts": "P" }),
      path,
      act(t("hide"), () => session.hide(n)),
      act(t("clear"), () => state.change({ node: null })),
    ];
    if (now.start !== null) {
      const stop = act(t("stop"), () => begin(null));
      buttons.push(h("p", { class: "hint" }, t("path_hint", short(model.name(now.start), 40)), " ", stop));
    }
    return h("div", { class: "acts" }, buttons);
  }
  function partners(n) {
    if (things[n].c !== "agency") return [];
    const { fact: passes } = views.sieve(state.now);
    const owns = ({ rel, n: number }) => rel !== "partner" && model.roles.includes(rel) && passes(number);
    const shared = new Map();
    for (const own of model.touching(n).filter((fact) => fact.o === n && owns(fact))) {
      for (const { s: measure, o: other, at } of model.touching(own.s).filter(owns)) {
        if (measure !== own.s || other === n) continue;
        if (!shared.has(other)) shared.set(other, new Set());
        shared.get(other).add(at);
      }
    }
    const best = [...shared].sort((a, b) => b[1].size - a[1].size || a[0] - b[0]);
    const row = ([other, items]) => {
      const edge = { a: n, b: other, kind: "" };
      const see = () => state.change({ view: "coown", edge, node: null, path: null });
      const button = act(t("see_edge"), see, { class: "copy", "data-pair": things[other].id });
      return entry(icon("agency"), link(other), items.size, button);
    };
    const title = h("h3", {}, `${t("partners")} (${best.length})`);
    return best.length
      ? [
          title,
          ...listed(
            best.map((one) => () => row(one)),
            8,
          ),
        ]
      : [];
  }

  function linePanel({ a, b, kind }) {
    const { now } = state;
    const view = now.view === "ego" && !now.ego.length ? views.stored("whole") : views.base(now);
    const joins = ({ from, to }) => (from === a && to === b) || (from === b && to === a);
    const lines = view.edges.filter(joins).sort((x, y) => (y.kind === kind) - (x.kind === kind));
    const found = lines
      .map((line) => ({ line, groups: views.behind(line, now) }))
      .filter(({ groups }) => groups.length);
    const measures = (groups) => new Set(groups.map(([{ at }]) => at)).size;
    const parts = [
      h("p", { class: "kind" }, words.called("rel", kind || (found[0] ? found[0].line.kind : ""))),
      h("h2", {}, link(a), ` ${t("between")} `, link(b)),
      clear({ edge: null }),
    ];
    if (found.some(({ line }) => line.paired)) {
      parts.push(h("p", { class: "hint" }, t("behind", measures(found.flatMap(({ groups }) => groups)))));
    }
    parts.push(...sureness(new Set(found.flatMap(({ groups }) => groups.flat()))));
    for (const { line, groups } of found) {
      const [from, to] = [line.from, line.to].map((n) => short(model.name(n), 14));
      const name = lineOf(line.kind).arrow ? `${from} → ${to}` : words.called("rel", line.kind);
      const count = line.paired ? measures(groups) : groups.length;
      const row = (group) => (line.paired ? facts.pair(group) : facts.row(group[0], line.from));
      parts.push(
        h("h3", {}, swatch(line.kind), ` ${name} (${count})`),
        ...listed(groups.map((group) => () => row(group))),
      );
    }
    return parts;
  }
  function pathPanel({ hops, found }) {
    const [start, end] = state.now.path;
    return [
      h("p", { class: "kind" }, t("path")),
      h("h2", {}, link(start), " → ", link(end)),
      clear({ path: null }),
      found ? h("ol", { class: "facts" }, hops.map(facts.hop)) : h("p", {}, t("no_path")),
    ];
  }
  return { draw };
}

/** Fewest hops over facts that pass; that two things stand in one paper is no tie. */
function shortestPath(model, [start, end], passes) {
  const before = new Map([[start, null]]);
  const queue = [start];
  for (let i = 0; i < queue.length && !before.has(end); i++) {
    for (const fact of model.touching(queue[i])) {
      if (["contains", "issued", "based_on"].includes(fact.rel) || !passes(fact.n)) continue;
      const next = fact.s === queue[i] ? fact.o : fact.s;
      if (before.has(next)) continue;
      before.set(next, { from: queue[i], to: next, fact });
      queue.push(next);
    }
  }
  const hops = [];
  for (let at = end; before.get(at); at = before.get(at).from) hops.unshift(before.get(at));
  return { hops, found: before.has(end) };
}
