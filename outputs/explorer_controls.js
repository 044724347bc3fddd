/** What mouse, touch and keys do on the picture, and what scripts may ask of it. */
function listenToPicture({ model, state, words, picture, overlay, session, openGroup, choose }) {
  const { network } = picture;
  const box = page.$("picture");
  const nothing = { node: null, edge: null, path: null };
  const chosen = ({ node, edge, path }) => node !== null || edge || path;

  function tip(text, pointer) {
    const note = page.$("tip");
    note.hidden = !text;
    if (!text) return;
    note.textContent = page.short(text, 160);
    note.style.left = Math.max(4, Math.min(pointer.DOM.x + 14, page.$("stage").clientWidth - 330)) + "px";
    note.style.top = pointer.DOM.y + 16 + "px";
  }
  /** Looks once in a frame what the mouse is over. */
  let spot = null;
  function look() {
    if (!spot) return;
    const pointer = { DOM: spot };
    spot = null;
    const id = network.getNodeAt(pointer.DOM) ?? null;
    const line = id === null && picture.shown.edges.length < 4000 ? picture.line(network.getEdgeAt(pointer.DOM)) : null;
    if (id !== null) tip(`${words.called("class", model.kind(id))} ${model.name(id)}`, pointer);
    else tip(line ? session.lineText(line) : "", pointer);
    if (id === overlay.hovered) return;
    overlay.hovered = id;
    picture.redraw();
  }
  box.addEventListener("pointermove", ({ buttons, clientX, clientY }) => {
    if (buttons) return;
    if (!spot) requestAnimationFrame(look);
    const { left, top } = box.getBoundingClientRect();
    spot = { x: clientX - left, y: clientY - top };
  });
  box.addEventListener("pointerleave", () => {
    spot = null;
    tip("");
    if (overlay.hovered === null) return;
    overlay.hovered = null;
    picture.redraw();
  });

  network.on("click", ({ pointer }) => {
    const node = network.getNodeAt(pointer.DOM);
    const edge = node === undefined ? network.getEdgeAt(pointer.DOM) : undefined;
    if (node < 0) openGroup(-1 - node);
    else if (node !== undefined) state.change({ ...nothing, node });
    else if (edge !== undefined) choose(picture.line(edge));
    else if (chosen(state.now) || session.bundle) state.change(nothing);
  });
  network.on("doubleClick", ({ pointer }) => {
    const node = network.getNodeAt(pointer.DOM);
    if (node >= 0) session.around(node);
  });
  network.on("dragEnd", ({ nodes }) => {
    const things = nodes.filter((id) => id >= 0 && !state.now.pinned.has(id));
    if (!things.length) return;
    const moved = new Map(state.now.moved);
    for (const id of things) {
      const { x, y } = network.getPosition(id);
      moved.set(id, [x, y]);
    }
    state.now.moved = moved;
    state.note();
  });
  for (const leaving of ["dragStart", "zoom"]) network.on(leaving, () => tip(""));
}

function listenToKeys({ model, state, views, picture, overlay, session, openGroup, say }) {
  const { $ } = page;

  /** On to the next group of the picture. */
  function markNext(step) {
    const groups = [...picture.shown.nodes].sort((a, b) => b.count - a.count || b.id - a.id);
    const at = groups.findIndex(({ id }) => id === overlay.marked);
    const next = at < 0 && step < 0 ? groups.length - 1 : (at + step + groups.length) % groups.length;
    overlay.marked = groups[next].id;
    say(`${model.name(overlay.marked)} · ${groups[next].count}`);
    picture.redraw();
  }
  function goUp() {
    openGroup(model.forest.path(state.now.open).at(-2) ?? -1);
  }

  $("picture").addEventListener("keydown", (event) => {
    const inGroups = picture.shown.under !== undefined;
    const acts = {
      ArrowLeft: () => picture.pan(-1, 0),
      ArrowRight: () => picture.pan(1, 0),
      ArrowUp: () => picture.pan(0, -1),
      ArrowDown: () => picture.pan(0, 1),
      "+": () => picture.zoom(1.3),
      "=": () => picture.zoom(1.3),
      "-": () => picture.zoom(1 / 1.3),
      0: () => picture.refit(),
      "[": inGroups && (() => markNext(-1)),
      "]": inGroups && (() => markNext(1)),
      Enter: overlay.marked !== null && (() => openGroup(-1 - overlay.marked)),
      Backspace: views.large(state.now.view) && state.now.open >= 0 && goUp,
    };
    if (!acts[event.key]) return;
    acts[event.key]();
    event.preventDefault();
  });
  $("views").addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: VIEWS.length - 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    $("view-" + VIEWS[(VIEWS.indexOf(state.now.view) + step) % VIEWS.length]).click();
  });
  document.addEventListener("keydown", (event) => {
    const { node, edge, path } = state.now;
    const plain = ["checkbox", "range"].includes(event.target.type);
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && !plain;
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") {
      event.preventDefault();
      $("q").focus();
      $("q").select();
    } else if (event.key === "Escape" && (node !== null || edge || path)) {
      state.change({ node: null, edge: null, path: null });
    } else if (event.key.toLowerCase() === "p" && node !== null) session.pin(node);
  });
}

/** For scripts and tests: what is shown, and where a thing is on the screen. */
function forScripts({ model, state, picture }) {
  const node = (n) => {
    const box = page.$("picture").getBoundingClientRect();
    const spot = picture.network.canvasToDOM(picture.network.getPosition(n));
    return { x: box.x + spot.x, y: box.y + spot.y };
  };
  return {
    network: picture.network,
    node,
    at: (id) => node(model.byId.get(id)),
    counts: () => ({ nodes: picture.shown.nodes.length, edges: picture.shown.edges.length }),
    shown() {
      const { nodes, rows, total, under } = picture.shown;
      const groups = under ? nodes.map(({ id, count }) => ({ id, count, name: model.name(id) })) : [];
      return { groups, open: state.now.open, rows: rows.length, total: total ?? nodes.length };
    },
  };
}
