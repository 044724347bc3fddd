/** The page put together: one state, shown in the picture, the legend, the panel and the table. */

const data = JSON.parse(page.$("data").textContent);
const words = createWords(data.terms, page.recall("lang") || data.lang);
const model = createModel(data, words);
const state = createState(model);
const views = createViews(model);
const overlay = createOverlay({ model, state });
const picture = createPicture({ model, state, box: page.$("picture"), overlay: overlay.draw });
const HOME = {
  agency: "coown",
  measure: "um",
  mode: "modes",
  port: "ports",
  document: "lineage",
  interpretation: "lineage",
  outcome: "modes",
};
const { $, h } = page;
const { t } = words;
let theme = page.recall("theme") || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
const AHEAD = 40; // groups that are laid out before they are opened
let tabular = false;
let drawnKey = "";

/** What the panel and others may ask the page to do. */
const session = {
  bundle: null, // the lines between two groups that the panel lists
  path: () => shortestPath(model, state.now.path, views.sieve(state.now).fact),
  around: (n) => state.change({ view: "ego", ego: [n], node: n }, { fit: true }),
  hide(n) {
    const pinned = new Set([...state.now.pinned].filter((one) => one !== n));
    state.change({ hidden: new Set([...state.now.hidden, n]), pinned, node: null });
  },
  /** Pins a thing where it is, or lets it go. */
  pin(n) {
    const pinned = new Set(state.now.pinned);
    const moved = new Map(state.now.moved);
    if (!pinned.delete(n)) {
      pinned.add(n);
      const body = picture.body(n);
      if (body) moved.set(n, [Math.round(body.x), Math.round(body.y)]);
    }
    state.change({ pinned, moved });
    $("pin")?.focus();
  },
  lineText(line) {
    const text = `${model.name(line.from)} — ${words.called("rel", line.kind)} — ${model.name(line.to)}`;
    return line.count > 1 ? `${text} (${line.count})` : text;
  },
};
const say = (text) => {
  $("count").textContent = text;
};
const facts = createFacts({ model, words, go });
const legend = createLegend({ model, state, words, views });
const panel = createPanel({ model, state, words, views, picture, facts, openGroup, choose, session });
const table = createTable({ model, state, words, views, picture, facts, choose });
const search = createSearch({ model, words, go });
const files = createExport({ model, state, picture, overlay, words, say });

function show({ fit = false, fly, anew = false } = {}) {
  session.bundle = null;
  const { now } = state;
  if (now.view === "ego" && !now.ego.length && now.node !== null) now.ego = [now.node];
  crumbs();
  draw(fit, anew);
  const hops = now.path ? session.path().hops : [];
  overlay.setFocus(picture.shown, picture.has, hops);
  legend.draw();
  tabs();
  panel.draw();
  say(counted());
  $("about").textContent = words.called("about", now.view);
  if (tabular) table.draw();
  if (fly !== undefined) picture.fly(fly);
  picture.redraw();
}
/** The picture is made anew only where what it shows has changed. */
function draw(fit, anew) {
  const { view, open, off, min, ego, hidden, pinned, node } = state.now;
  const sets = [off, hidden, pinned].map((set) => [...set].sort());
  const extra = node !== null && !picture.has(node) ? node : null;
  const key = JSON.stringify([view, open, min, ego, sets, words.lang, theme, extra]);
  if (!fit && !anew && key === drawnKey) return;
  drawnKey = key;
  overlay.marked = overlay.hovered = null;
  picture.draw(views.visible(state.now), fit);
  const groups = picture.shown.under ? [...picture.shown.nodes].sort((a, b) => b.count - a.count) : [];
  views.prepare(
    view,
    groups.slice(0, AHEAD).map(({ id }) => -1 - id),
  );
}
function counted() {
  const { shown } = picture;
  const { now } = state;
  if (now.view === "ego" && !now.ego.length) return t("ego_empty");
  if (shown.under) return t("counts_groups", shown.nodes.length, shown.total, shown.rows.length);
  const away = [shown.view.nodes.length - shown.nodes.length, shown.view.edges.length - shown.edges.length];
  const text = t("counts", shown.nodes.length, shown.edges.length);
  return away[0] || away[1] ? text + t("filtered", ...away) : text;
}

/** Shows a thing: in this view if it is there, else where its class is at home. */
function go(n) {
  const { now } = state;
  const has = (view) => view && view !== "ego" && views.stored(view).has[n];
  const home = HOME[model.kind(n)];
  let view = has(home) ? home : "whole";
  if (now.view === "ego" ? picture.has(n) : has(now.view)) view = now.view;
  const reasons = ["c:" + model.kind(n), "j:" + model.seat(n), "y:" + model.year(model.things[n].d ?? n)];
  const off = new Set([...now.off].filter((key) => !reasons.includes(key)));
  const hidden = new Set([...now.hidden].filter((one) => one !== n));
  let open = -1;
  if (views.large(view)) open = view === now.view && picture.has(n) ? now.open : views.holding(view, n);
  state.change({ view, node: n, edge: null, path: null, off, hidden, open }, { fly: n });
}
function openGroup(group) {
  $("tip").hidden = true;
  state.change({ open: group, node: null, edge: null, path: null });
}
function choose(line) {
  if (!line) return;
  if (line.kind !== "bundle")
    return state.change({ edge: { a: line.from, b: line.to, kind: line.kind }, node: null, path: null });
  Object.assign(state.now, { node: null, edge: null, path: null });
  overlay.setFocus(picture.shown, picture.has, []);
  session.bundle = line;
  panel.draw();
  picture.redraw();
  return undefined;
}

function tabs() {
  const tab = (view) => {
    const on = view === state.now.view;
    const open = () => {
      const ego = view === "ego" && state.now.node !== null ? [state.now.node] : state.now.ego;
      state.change({ view, edge: null, path: null, ego });
      $("view-" + view).focus();
    };
    const about = { role: "tab", id: "view-" + view, "aria-selected": String(on), "aria-controls": "stage" };
    return h("button", { type: "button", ...about, tabindex: on ? 0 : -1, on: open }, words.called("view", view));
  };
  $("views").replaceChildren(...VIEWS.map(tab));
}
/** The way from all groups to the one that is open. */
function crumbs() {
  const box = $("crumbs");
  const before = box.hidden;
  const { view, open } = state.now;
  box.hidden = !views.large(view);
  if (before !== box.hidden) picture.fitBox(); // the picture's box has changed
  const step = (group) => {
    const text = h("bdi", {}, group < 0 ? t("everything") : model.groupName(group));
    if (group === open) return h("span", { "aria-current": "location" }, text);
    const enter = () => {
      openGroup(group);
      $("picture").focus();
    };
    return h("button", { type: "button", class: "link", "data-group": group, on: enter }, text);
  };
  const path = open < 0 ? [] : model.forest.path(open);
  const between = () => h("span", { "aria-hidden": "true" }, " › ");
  box.replaceChildren(
    ...(box.hidden ? [] : [-1, ...path].flatMap((group, i) => (i ? [between(), step(group)] : [step(group)]))),
  );
}
function translate() {
  document.documentElement.lang = words.lang === "zh" ? "zh-Hans" : "en";
  document.documentElement.dataset.theme = theme;
  const each = (key, set) => {
    for (const element of document.querySelectorAll(`[data-${key}]`)) set(element, t(element.dataset[key]));
  };
  each("t", (element, text) => (element.textContent = text));
  each("a", (element, text) => element.setAttribute("aria-label", text));
  each("p", (element, text) => element.setAttribute("placeholder", text));
  each("tip", (element, text) => element.setAttribute("title", text));
  $("lang").textContent = words.lang === "zh" ? "English" : "中文";
  $("lang").lang = words.lang === "zh" ? "en" : "zh-Hans";
  $("theme").textContent = t(theme === "dark" ? "theme_light" : "theme");
  document.title = `guanlian 关联 · ${t("title")}`;
}

const tools = {
  lang() {
    words.lang = words.lang === "zh" ? "en" : "zh";
    page.remember("lang", words.lang);
    translate();
    show();
  },
  theme() {
    theme = theme === "dark" ? "light" : "dark";
    page.remember("theme", theme);
    translate();
    show();
  },
  undo: () => history.back(),
  fit: () => picture.refit(true),
  zoomin: () => picture.zoom(1.3),
  zoomout: () => picture.zoom(1 / 1.3),
  csv: table.csv,
  png: files.seen,
  pngwhole: files.whole,
  svg: files.svg,
  share: () => page.copy(state.address(picture.camera()), $("share"), t("shared"), t("share")),
  astable() {
    tabular = !tabular;
    $("astable").setAttribute("aria-pressed", String(tabular));
    $("picture").hidden = tabular;
    $("sheet").hidden = !tabular;
    if (tabular) table.draw();
    else picture.redraw();
  },
};

translate();
state.listen(show);
show({ fit: true });
listenToPicture({ model, state, words, picture, overlay, session, openGroup, choose });
listenToKeys({ model, state, views, picture, overlay, session, openGroup, say });
search.wire();
for (const [id, act] of Object.entries(tools)) $(id).addEventListener("click", act);
window.guanlian = forScripts({ model, state, picture });
