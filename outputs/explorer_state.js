/** What the reader has chosen: kept in the address, so that it can be sent, and taken back with Undo. */
const VIEWS = ["coown", "um", "modes", "ports", "lineage", "whole", "ego"];

function createState(model) {
  const { byId, forest, things } = model;
  const id = (n) => things[n].id;
  const ids = (numbers) => JSON.stringify(Array.from(numbers, id));
  let written = null;
  let listener = () => {};
  let state = blank();

  function blank() {
    return {
      view: "coown",
      node: null, // the chosen thing
      edge: null, // the chosen line: { a, b, kind }
      off: new Set(), // what the legend leaves out
      min: 0, // shared measures of a line of the start view at least; 0 leaves it to the page
      ego: [], // whose neighbourhood is shown
      hidden: new Set(),
      pinned: new Set(), // never filtered out, never moved
      open: -1, // the group of a large view that is open
      moved: new Map(), // places that differ from those laid out
      start: null, // where a path is to begin
      path: null, // both ends of a path
      camera: null,
    };
  }

  function serialise(camera) {
    const parts = new URLSearchParams();
    parts.set("v", state.view);
    if (state.node !== null) parts.set("s", id(state.node));
    if (state.edge) parts.set("e", JSON.stringify([id(state.edge.a), id(state.edge.b), state.edge.kind]));
    if (state.off.size) parts.set("off", JSON.stringify([...state.off].sort()));
    if (state.min) parts.set("min", state.min);
    if (state.ego.length) parts.set("ego", ids(state.ego));
    if (state.hidden.size) parts.set("hide", ids(state.hidden));
    if (state.pinned.size) parts.set("pin", ids(state.pinned));
    if (state.open >= 0) parts.set("in", state.open);
    if (state.path) parts.set("path", ids(state.path));
    const places = Array.from(state.moved, ([n, [x, y]]) => [id(n), Math.round(x), Math.round(y)]);
    if (places.length) parts.set("at", JSON.stringify(places));
    if (camera) parts.set("cam", [Math.round(camera.x), Math.round(camera.y), camera.scale.toFixed(3)].join(","));
    return parts.toString();
  }

  /** Anybody may have written an address: what is not understood is left out. */
  function parse(text) {
    const next = blank();
    const parts = new URLSearchParams(text);
    const list = (key) => {
      try {
        const value = JSON.parse(parts.get(key) || "[]");
        return Array.isArray(value) ? value : [];
      } catch {
        return [];
      }
    };
    const known = (names) => names.map((name) => byId.get(name)).filter((n) => n !== undefined);
    if (VIEWS.includes(parts.get("v"))) next.view = parts.get("v");
    next.node = byId.get(parts.get("s")) ?? null;
    const [a, b] = known(list("e").slice(0, 2));
    if (b !== undefined) next.edge = { a, b, kind: String(list("e")[2]) };
    next.off = new Set(list("off").map(String));
    next.min = Math.max(0, parseInt(parts.get("min"), 10) || 0);
    next.ego = known(list("ego"));
    next.hidden = new Set(known(list("hide")));
    next.pinned = new Set(known(list("pin")));
    const open = /^[0-9]+$/.test(parts.get("in") || "") ? Number(parts.get("in")) : -1;
    if (forest && open < forest.list.length) next.open = open;
    const path = known(list("path"));
    if (path.length === 2) next.path = path;
    for (const place of list("at")) {
      const [name, x, y] = Array.isArray(place) ? place : [];
      if (byId.has(name) && Number.isFinite(x) && Number.isFinite(y)) next.moved.set(byId.get(name), [x, y]);
    }
    const camera = (parts.get("cam") || "").split(",").map(Number);
    if (camera.length === 3 && camera.every(Number.isFinite) && camera[2] > 0) {
      next.camera = { x: camera[0], y: camera[1], scale: camera[2] };
    }
    return next;
  }

  /** Places belong to what was laid out: only pinned things keep theirs in another neighbourhood. */
  function keepPlaces(patch) {
    const leaves = (patch.view ?? state.view) !== state.view || (patch.open ?? state.open) !== state.open;
    if (leaves) return new Map();
    return patch.ego ? new Map([...state.moved].filter(([n]) => state.pinned.has(n))) : state.moved;
  }

  /** Changes the state and has it shown; every change is a step that Undo (or the browser's Back) takes back. */
  function change(patch, { fit, fly } = {}) {
    const before = state.view;
    if (patch.view && patch.view !== before && patch.open === undefined) patch.open = -1;
    const elsewhere = (patch.view ?? before) !== before || (patch.open ?? state.open) !== state.open;
    patch.moved ??= keepPlaces(patch);
    Object.assign(state, patch);
    note();
    listener({ fit: fit ?? elsewhere, fly });
  }
  /** Puts the state into the address. */
  function note() {
    written = "#" + serialise();
    if (location.hash !== written) location.hash = written;
  }

  addEventListener("hashchange", () => {
    const plain = (text) => new URLSearchParams(text.slice(1)).toString();
    if (plain(location.hash) === plain(written)) return; // a browser may write it with other escapes
    const before = state.view + state.open;
    state = parse(location.hash.slice(1));
    written = location.hash;
    listener({ fit: before !== state.view + state.open || Boolean(state.camera), anew: true });
  });
  state = parse(location.hash.slice(1));
  written = location.hash;

  return {
    get now() {
      return state;
    },
    address: (camera) => location.href.split("#")[0] + "#" + serialise(camera),
    change,
    note,
    listen(heard) {
      listener = heard;
    },
  };
}
