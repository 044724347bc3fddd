/** The lines of the picture as a table, for those who read rather than look, and as CSV. */
function createTable({ model, state, words, views, picture, facts, choose }) {
  const { things } = model;
  const { h, short } = page;
  const { t } = words;
  const ROWS = 300; // rows that are shown at once
  const COLUMNS = ["from", "relation", "to", "number", "sure", "where", "words"];
  const NUMBER = COLUMNS.indexOf("number");
  const head = () => COLUMNS.map((column) => t(column));

  function cells(line) {
    const groups = views.behind(line, state.now);
    const found = groups.flat();
    const bases = BASES.filter((basis) => found.some((fact) => fact.basis === basis));
    const sure = bases.map((basis) => words.term("basis", basis));
    if (things[line.from].p || things[line.to].p) sure.push(t("provisional"));
    const quotes = [...new Set(found.map(({ quote }) => quote).filter(Boolean))];
    return [
      model.name(line.from),
      words.called("rel", line.kind),
      model.name(line.to),
      String(line.count),
      sure.join(words.comma()),
      places(groups),
      quotes.join(" ‖ "),
    ];
  }
  /** Documents with the items of each. */
  function places(groups) {
    const items = new Map();
    for (const [{ doc, at }] of groups) {
      if (!items.has(doc)) items.set(doc, new Set());
      if (at >= 0 && things[at].n) items.get(doc).add(things[at].n);
    }
    const said = [...items].map(([doc, numbers]) => {
      const paper = doc < 0 ? "" : `《${short(things[doc].l, 60)}》`;
      return numbers.size ? `${paper} ${t("item", [...numbers].join(words.comma()))}` : paper;
    });
    return said.join("；");
  }
  const sorted = () => [...picture.shown.rows].sort((a, b) => b.count - a.count || a.n - b.n);

  function row(line) {
    const content = cells(line).map((cell, i) => {
      if (COLUMNS[i] === "from") return facts.link(line.from);
      if (COLUMNS[i] === "to") return facts.link(line.to);
      if (i !== NUMBER) return h("bdi", {}, short(cell, 160));
      const label = `${cell} ${t("see_edge")}`;
      return h("button", { type: "button", class: "link", on: () => choose(line), "aria-label": label }, cell);
    });
    return h(
      "tr",
      {},
      content.map((cell, i) => h("td", { class: i === NUMBER ? "n" : "" }, cell)),
    );
  }
  function draw() {
    const lines = sorted();
    const titles = head().map((cell, i) => h("th", { scope: "col", class: i === NUMBER ? "n" : "" }, cell));
    const body = h("tbody", {}, lines.slice(0, ROWS).map(row));
    const cut = lines.length > ROWS ? ` · ${t("cut", ROWS, lines.length)}` : "";
    const caption = h("caption", {}, t("as_table") + words.called("view", state.now.view) + cut);
    const parts = [h("table", {}, caption, h("thead", {}, h("tr", {}, titles)), body)];
    if (lines.length > ROWS) {
      const more = h("button", { type: "button", class: "more" }, t("show_all"));
      more.addEventListener("click", () => {
        body.append(...lines.slice(ROWS).map(row));
        more.remove();
      });
      parts.push(more);
    }
    page.$("sheet").replaceChildren(...parts);
  }
  function csv() {
    // A leading apostrophe keeps a spreadsheet from running a cell as a formula.
    const safe = (text) => (/^[=+\-@\t\r\0＝＋－＠]/.test(text) ? "'" + text : text);
    const quoted = (row) => row.map((text) => `"${safe(text).replace(/"/g, '""')}"`).join(",");
    const text = "\ufeff" + [head(), ...sorted().map(cells)].map(quoted).join("\r\n") + "\r\n";
    page.save(`guanlian-${state.now.view}.csv`, new Blob([text], { type: "text/csv;charset=utf-8" }));
  }
  return { csv, draw };
}
