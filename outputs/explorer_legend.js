/** The legend, which is the filter: what there is, how it looks, how much of it, and whether it is shown. */
function createLegend({ model, state, words, views }) {
  const { things } = model;
  const { h } = page;
  const MANY = 14; // choices after which a list scrolls
  const FIRST = 60; // choices that are listed at once
  let drawnKey = "";

  function choice(key, mark, text, count) {
    const on = !state.now.off.has(key);
    const box = h("input", { type: "checkbox", "data-key": key });
    box.checked = on;
    box.addEventListener("change", () => {
      const off = new Set(state.now.off);
      if (box.checked) off.delete(key);
      else off.add(key);
      state.change({ off });
      page
        .$("filters")
        .querySelector(`[data-key="${CSS.escape(key)}"]`)
        ?.focus();
    });
    const name = h("span", { class: "text" }, h("bdi", {}, text));
    return h(
      "label",
      { class: on ? "choice" : "choice off" },
      box,
      mark,
      name,
      h("span", { class: "n" }, String(count)),
    );
  }

  /** Counts are of the whole view, whatever is filtered: unticking one thing does not move the others. */
  const tallies = new WeakMap();
  function tally() {
    const view = views.base(state.now);
    if (!tallies.has(view)) tallies.set(view, counted(view));
    return tallies.get(view);
  }
  function counted({ nodes, edges }) {
    const count = { c: new Map(), r: new Map(), d: new Map(), b: new Map(), y: new Map(), j: new Map() };
    const add = (map, key) => map.set(key, (map.get(key) || 0) + 1);
    for (const { id } of nodes) {
      add(count.c, things[id].c);
      if (things[id].c === "agency") add(count.j, model.seat(id));
    }
    const seen = new Uint8Array(model.columns.subject.length);
    const perDocument = new Int32Array(things.length);
    for (const line of edges) {
      add(count.r, line.kind);
      for (let i = line.at; i < line.at + line.many; i++) {
        const n = line.facts[i];
        if (seen[n]) continue;
        seen[n] = 1;
        if (model.columns.document[n] >= 0) perDocument[model.columns.document[n]] += 1;
        const basis = model.term(model.columns.basis[n]);
        if (basis) add(count.b, basis);
      }
    }
    perDocument.forEach((many, n) => {
      if (!many) return;
      count.d.set(n, many);
      count.y.set(model.year(n), (count.y.get(model.year(n)) || 0) + many);
    });
    return count;
  }

  function group(title, rows) {
    if (!rows.length) return null;
    const list = h("div", rows.length > MANY ? { class: "long" } : {});
    list.append(...rows.slice(0, FIRST).map((row) => row()));
    if (rows.length > FIRST) {
      const more = h("button", { type: "button", class: "more" }, `${words.t("show_all")} ${rows.length - FIRST}`);
      more.addEventListener("click", () => more.replaceWith(...rows.slice(FIRST).map((row) => row())));
      list.append(more);
    }
    return h("fieldset", {}, h("legend", {}, title), list);
  }
  /** Rows of a filter whose values are texts: what is not stated comes last. */
  function plain(letter, counts) {
    const rows = [...counts].sort(
      (a, b) => (a[0] === "") - (b[0] === "") || (letter === "y" ? 0 : b[1] - a[1]) || (a[0] < b[0] ? -1 : 1),
    );
    const text = (key) => (key ? page.short(words.term("jurisdiction", key), 30) : words.t("unstated"));
    return rows.map(
      ([key, n]) =>
        () =>
          choice(letter + ":" + key, "", text(key), n),
    );
  }

  function reset() {
    const { off, min, hidden } = state.now;
    const disabled = !(off.size || min || hidden.size);
    const clear = () => state.change({ off: new Set(), min: 0, hidden: new Set() });
    return h("button", { type: "button", id: "reset", disabled, on: clear }, words.t("reset"));
  }

  function slider() {
    const most = views.heaviest();
    const least = views.minimum(state.now);
    const said = (weight) => `${weight} ${words.t("items")}`;
    const output = h("output", {}, said(least));
    const about = { min: 1, max: Math.max(most, least), step: 1, "aria-label": words.t("weight") };
    const input = h("input", { type: "range", id: "minimum", ...about });
    input.value = String(least);
    input.addEventListener("input", () => (output.textContent = said(input.value)));
    input.addEventListener("change", () => {
      state.change({ min: Number(input.value) });
      page.$("minimum").focus();
    });
    return h("fieldset", {}, h("legend", {}, words.t("weight")), h("div", { class: "range" }, input, output));
  }

  const hollow = () => {
    const ring = page.svg("circle", { cx: 8, cy: 8, r: 5, fill: "none", stroke: "var(--agency)", "stroke-width": 2.5 });
    return page.svg("svg", { class: "icon", viewBox: "0 0 16 16", "aria-hidden": "true" }, ring);
  };
  function draw() {
    const { view, off, min, ego, hidden } = state.now;
    const key = JSON.stringify([view, [...off].sort(), min, view === "ego" && ego, hidden.size > 0, words.lang]);
    if (key === drawnKey) return;
    drawnKey = key;
    const count = tally();
    const doubtful = views.base(state.now).nodes.some(({ id }) => things[id].p);
    const kinds = model.classes.filter((kind) => count.c.has(kind));
    const relations = Object.keys(LINES).filter((kind) => count.r.has(kind));
    const bases = BASES.filter((basis) => count.b.has(basis));
    const papers = [...count.d].sort((a, b) => a[0] - b[0]);
    const class_ = (kind) => () => choice("c:" + kind, icon(kind), words.called("class", kind), count.c.get(kind));
    const relation = (kind) => () => choice("r:" + kind, swatch(kind), words.called("rel", kind), count.r.get(kind));
    const basis_ = (basis) => () => choice("b:" + basis, "", words.term("basis", basis), count.b.get(basis));
    const paper =
      ([n, many]) =>
      () =>
        choice("d:" + things[n].id, "", page.short(things[n].l, 46), many);
    const parts = [
      reset(),
      group(words.t("classes"), kinds.map(class_)),
      doubtful ? h("p", { class: "note" }, hollow(), words.t("provisional_mark")) : null,
      view === "coown" ? slider() : null,
      group(words.t("relations"), relations.map(relation)),
      group(words.t("basis"), bases.map(basis_)),
      count.y.size > 1 ? group(words.t("years"), plain("y", count.y)) : null,
      count.j.size > 1 ? group(words.t("places"), plain("j", count.j)) : null,
      group(words.t("documents"), papers.map(paper)),
    ];
    page.$("filters").replaceChildren(...parts.filter(Boolean));
  }
  return { draw };
}
