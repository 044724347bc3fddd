/** Finds things by name, alias, pinyin and its initials, or number of a measure. */
function createSearch({ model, words, go }) {
  const { things } = model;
  const { $, h, short } = page;
  const index = things.map((thing, n) => ({
    n,
    names: [thing.l, ...(thing.x || [])].map((name) => name.toLowerCase()),
    sounds: thing.y || "",
    initials: thing.z || "",
    item: thing.n || "",
  }));
  let hits = [];
  let chosen = 0;

  /** All characters of the query in order, as in 市口岸办 for 市人民政府口岸办公室. */
  function spread(name, query) {
    if (query.length < 2) return false;
    let at = -1;
    for (const letter of query) {
      at = name.indexOf(letter, at + 1);
      if (at < 0) return false;
    }
    return true;
  }
  /** How well an entry fits, 0 best, 99 not at all. */
  function score(entry, query) {
    if (entry.item && entry.item === query) return 2;
    let best = 99;
    for (const name of entry.names) {
      const at = name.indexOf(query);
      if (at >= 0) best = Math.min(best, name === query ? 0 : at === 0 ? 1 : 4);
    }
    if (best < 99) return best;
    if (!/^[a-z0-9 ']+$/.test(query)) return spread(entry.names[0], query) ? 8 : 99;
    const sounds = query.replace(/[ ']/g, "");
    for (const [text, start, part] of [
      [entry.sounds, 4, 6],
      [entry.initials, 5, 7],
    ]) {
      const at = sounds && text ? text.indexOf(sounds) : -1;
      if (at >= 0) best = Math.min(best, text === sounds ? 3 : at === 0 ? start : part);
    }
    return best;
  }
  function find(query) {
    const wanted = query.trim().toLowerCase();
    if (!wanted) return [];
    const found = index.map((entry) => [score(entry, wanted), entry]).filter(([points]) => points < 99);
    const long = ({ names }) => names[0].length;
    found.sort(([p, a], [q, b]) => p - q || model.order(a.n) - model.order(b.n) || long(a) - long(b) || a.n - b.n);
    return found.slice(0, 40).map(([, { n }]) => n);
  }

  function row(n, i) {
    const thing = things[n];
    const title = model.name(n);
    const also = title === thing.l ? "" : h("span", { class: "hint" }, ` ${short(thing.l, 40)}`);
    const where = thing.d !== undefined ? " · " + short(things[thing.d].l, 18) : "";
    const name = h("span", { class: "hit" }, h("bdi", {}, short(title, 80)), also);
    const what = h("span", { class: "what" }, words.called("class", thing.c) + where);
    const option = h("li", { role: "option", id: "hit" + i, "aria-selected": "false" }, icon(thing.c), name, what);
    option.addEventListener("mousedown", (event) => {
      event.preventDefault();
      pick(i);
    });
    return option;
  }
  function show() {
    const box = $("results");
    hits = find($("q").value);
    chosen = 0;
    const none = () => h("li", { class: "none", role: "option", "aria-disabled": "true" }, words.t("nothing"));
    box.replaceChildren(...(hits.length ? hits.map(row) : [none()]));
    box.hidden = !$("q").value.trim();
    $("q").setAttribute("aria-expanded", String(!box.hidden));
    mark();
  }
  function mark() {
    [...$("results").children].forEach((option, i) => {
      option.setAttribute("aria-selected", String(i === chosen && hits.length > 0));
    });
    if (hits.length) {
      $("q").setAttribute("aria-activedescendant", "hit" + chosen);
      $("hit" + chosen)?.scrollIntoView({ block: "nearest" });
    } else $("q").removeAttribute("aria-activedescendant");
  }
  function pick(i) {
    if (hits[i] === undefined) return;
    close();
    go(hits[i]);
  }
  function close() {
    $("results").hidden = true;
    $("q").setAttribute("aria-expanded", "false");
    $("q").removeAttribute("aria-activedescendant");
  }

  function wire() {
    $("q").addEventListener("input", show);
    $("q").addEventListener("focus", () => $("q").value.trim() && show());
    $("q").addEventListener("blur", close);
    $("q").addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const step = { ArrowDown: 1, ArrowUp: hits.length - 1 }[event.key];
      if (step !== undefined) {
        event.preventDefault();
        if (hits.length) chosen = (chosen + step) % hits.length;
        mark();
      } else if (event.key === "Enter") {
        event.preventDefault();
        pick(chosen);
      } else if (event.key === "Escape") {
        $("q").value = "";
        close();
      }
    });
  }
  return { wire };
}
