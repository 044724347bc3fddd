/** Facts as the panel shows them: each with its document, item, words, how sure it is, and a button to copy it. */
function createFacts({ model, words, go }) {
  const { things } = model;
  const { h, short } = page;
  const link = (n, text) => {
    return h(
      "button",
      { type: "button", class: "link", on: () => go(n) },
      h("bdi", {}, text || short(model.name(n), 90)),
    );
  };
  const badge = (kind, text) => {
    const title = words.called("basis_long", kind);
    return h(
      "span",
      { class: "badge sure-" + kind, title },
      text || (kind === "provisional" ? words.t(kind) : words.term("basis", kind)),
    );
  };
  const via = (fact) => {
    return fact.via ? h("span", { class: "hint" }, `${words.t("via")} `, h("bdi", {}, short(fact.via, 60))) : "";
  };
  const doubt = (n) => (things[n].p ? badge("provisional") : "");
  const guessed = (fact) => (fact.doubts ? badge("guessed", words.term("doubts", fact.doubts)) : "");

  function source({ at, doc }) {
    const item = at >= 0 ? things[at] : null;
    const paper = doc >= 0 ? `《${short(things[doc].l, 60)}》` : "";
    if (item && item.n) return `${paper} ${words.t("item", item.n)}`;
    return item && item.c === "document" ? `${paper} ${words.t("whole_document")}` : paper;
  }
  function quote(fact) {
    const button = h("button", { type: "button", class: "copy" }, words.t("copy"));
    const text = `${fact.quote} ——${source(fact)}`;
    button.addEventListener("click", () => page.copy(text, button, words.t("copied"), words.t("copy")));
    return [
      h("blockquote", page.roomy(fact.quote, { lang: "zh", dir: "auto" }), fact.quote || words.t("no_quote")),
      h("p", { class: "source hint" }, h("span", {}, h("bdi", {}, source(fact))), fact.quote ? button : ""),
    ];
  }

  /** A fact seen from one of its things. */
  function row(fact, from) {
    const other = fact.s === from ? fact.o : fact.s;
    const stance = fact.stance ? h("span", { class: "badge" }, words.term("stance", fact.stance)) : "";
    const marks = [fact.basis ? badge(fact.basis) : "", guessed(fact), via(fact), stance, doubt(other)];
    const own = fact.quote || model.roles.includes(fact.rel);
    const head = h("div", { class: "head" }, icon(things[other].c), link(other), marks);
    return h("li", { class: "fact" }, head, own ? quote(fact) : "");
  }
  /** Two facts of one measure, one of each unit. */
  function pair([first, second]) {
    const who = (fact) => {
      const role = h("span", { class: "badge" }, words.called("rel", fact.rel));
      const unit = h("bdi", {}, short(model.name(fact.o), 40));
      return h("div", { class: "head" }, icon("agency"), unit, role, badge(fact.basis), guessed(fact), doubt(fact.o), via(fact));
    };
    const measure = h("div", { class: "head" }, icon(things[first.s].c), link(first.s));
    const also = second.quote !== first.quote ? quote(second) : "";
    return h("li", { class: "fact" }, measure, who(first), who(second), quote(first), also);
  }
  /** A step of a path. */
  function hop({ from, to, fact }) {
    const relation = h("span", { class: "badge" }, words.called("rel", fact.rel));
    const sure = fact.basis ? badge(fact.basis) : "";
    const ends = [icon(things[from].c), link(from), relation, sure, icon(things[to].c), link(to)];
    return h("li", { class: "fact" }, h("div", { class: "head" }, ends), quote(fact));
  }

  /** A list that shows its first rows and offers the rest; rows are made when they are shown. */
  function listed(rows, first = 12) {
    const list = h(
      "ul",
      { class: "facts" },
      rows.slice(0, first).map((make) => make()),
    );
    if (rows.length <= first) return [list];
    const more = h("button", { type: "button", class: "more" }, `${words.t("show_all")} ${rows.length - first}`);
    more.addEventListener("click", () => {
      list.append(...rows.slice(first).map((make) => make()));
      more.remove();
    });
    return [list, more];
  }
  /** How sure these facts are, with numbers. */
  function sureness(found) {
    const count = new Map();
    for (const { basis } of found) if (basis) count.set(basis, (count.get(basis) || 0) + 1);
    if (!count.size) return [];
    const kinds = BASES.filter((basis) => count.has(basis));
    const badges = kinds.map((basis) => badge(basis, `${words.term("basis", basis)} ${count.get(basis)}`));
    return [h("h3", {}, words.t("sure")), h("div", { class: "acts" }, badges)];
  }
  /** One line of a list: a mark, a name, a number, and perhaps a button. */
  function entry(mark, name, number, button = "") {
    const count = number === undefined ? "" : h("span", { class: "n" }, String(number));
    return h("li", { class: "head choice" }, mark, h("span", { class: "text" }, name), count, button);
  }
  return { badge, entry, hop, link, listed, pair, row, sureness };
}
