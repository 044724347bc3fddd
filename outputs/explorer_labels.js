/** What is drawn over the picture: a veil over all but what is chosen, and names that do not cover each other. */
function createOverlay({ model, state }) {
  const WEIGHTS = { document: 2, agency: 1.3, group: 1.2, mode: 1.2, measure: 0.8, outcome: 0.6 };
  const KNOWN = 12; // things of a picture whose names should not be missed
  const STRONG = new Set(["agency", "group", "mode", "document", "bubble"]);
  const overlay = {
    draw,
    plan,
    hovered: null,
    marked: null, // the group that Enter opens
    focus: { nodes: new Set(), edges: new Set() },
    /** Finds what stands out: the chosen thing with its lines, a line, or a path. */
    setFocus(shown, has, hops) {
      overlay.focus = focusOf(state.now, shown, has, hops);
    },
  };

  function draw(ctx, picture) {
    const { network, paint } = picture;
    const scale = network.getScale();
    const corner = network.DOMtoCanvas({ x: 0, y: 0 });
    const frame = network.canvas.frame;
    const far = network.DOMtoCanvas({ x: frame.clientWidth, y: frame.clientHeight });
    const { focus } = overlay;
    if (focus.nodes.size) {
      ctx.save();
      ctx.globalAlpha = 0.82;
      ctx.fillStyle = paint.paper;
      ctx.fillRect(corner.x, corner.y, far.x - corner.x, far.y - corner.y);
      ctx.restore();
      for (const n of focus.edges) picture.drawLine(ctx, n);
      for (const id of focus.nodes) picture.body(id)?.draw(ctx);
    }
    for (const id of state.now.pinned)
      if (picture.body(id)) pin(ctx, picture.body(id), picture.node(id).size, scale, paint);
    ring(ctx, picture, scale);
    const seen = [];
    for (const node of picture.shown.nodes) {
      const body = picture.body(node.id);
      if (!body || body.x < corner.x || body.x > far.x || body.y < corner.y || body.y > far.y) continue;
      if (!focus.nodes.size || focus.nodes.has(node.id) || loud(node.id)) seen.push({ node, x: body.x, y: body.y });
    }
    const bounds = [corner.x * scale, corner.y * scale, far.x * scale, far.y * scale];
    write(ctx, plan(seen, scale, bounds), scale, paint);
  }

  /** A ring around what is chosen, or the group that holds it. */
  function ring(ctx, picture, scale) {
    const { node } = state.now;
    const held = node !== null && picture.shown.under ? -1 - picture.shown.under[node] : node;
    const body = picture.body(overlay.marked ?? held);
    if (!body) return;
    ctx.beginPath();
    ctx.arc(body.x, body.y, (body.options.size || 12) + 5 / scale, 0, 2 * Math.PI);
    ctx.lineWidth = 2.5 / scale;
    ctx.strokeStyle = picture.paint.ink;
    ctx.stroke();
  }

  const loud = (id) => id === overlay.hovered || id === overlay.marked || state.now.pinned.has(id);
  function rank({ id, size }) {
    const { now } = state;
    if (id < 0) return size + (loud(id) ? 1e6 : 0);
    const centre = now.view === "ego" && now.ego.includes(id);
    const chosen = loud(id) || id === now.node;
    const weight = size * (WEIGHTS[model.kind(id)] || 1);
    return (chosen ? 1e6 : 0) + (overlay.focus.nodes.has(id) ? 1e4 : 0) + (centre ? 1e3 : 0) + weight;
  }

  /** Texts with their places in screen pixels: the weighty first, none over another or over a node, within the bounds. */
  function plan(seen, scale, bounds, most = 160) {
    const fonts = page.colour("fonts");
    const order = seen.map((one) => ({ ...one, weight: rank(one.node), kind: model.kind(one.node.id) }));
    order.sort((a, b) => b.weight - a.weight || a.node.id - b.node.id);
    const great = boxes();
    const discs = boxes();
    const taken = boxes();
    for (const [i, { node, x, y }] of order.slice(0, 4000).entries()) {
      const r = node.size * scale * 0.8;
      const disc = [x * scale - r, y * scale - r, x * scale + r, y * scale + r, node.id];
      discs.add(...disc);
      if (i < KNOWN) great.add(...disc);
    }
    const texts = [];
    for (const [i, { node, x, y, weight, kind }] of order.slice(0, 5 * most).entries()) {
      const must = weight >= 1e6;
      const strong = must || STRONG.has(kind);
      const px = must ? 14 : kind === "agency" ? 12.5 : 11.5;
      const text = page.short(model.name(node.id), must ? 34 : kind === "bubble" ? 22 : strong ? 18 : 15);
      const font = `${strong ? 600 : 400} ${px}px ${fonts}`;
      const [w, h] = [page.wide(text) * px + 4, px * 1.25];
      const r = (node.size + (kind === "document" ? 4 : 2)) * scale;
      const [cx, cy] = [x * scale, y * scale];
      const tries = [
        [cx, cy + r + h / 2 + 1],
        [cx, cy - r - h / 2 - 1],
        [cx + r + w / 2 + 2, cy],
        [cx - r - w / 2 - 2, cy],
      ];
      const fits =
        (pass) =>
        ([tx, ty]) => {
          const [l, t, right, b] = [tx - w / 2, ty - h / 2, tx + w / 2, ty + h / 2];
          const inside = l > bounds[0] && right < bounds[2] && t > bounds[1] && b < bounds[3];
          return inside && !taken.hit(l, t, right, b) && !(pass ? great : discs).hit(l, t, right, b, node.id);
        };
      // The names that matter most may cover small nodes, but no other name.
      const free = tries.find(fits(false)) || (i < KNOWN && kind !== "bubble" && tries.find(fits(true)));
      const place = free || (must ? tries[0] : null);
      if (!place) continue;
      taken.add(place[0] - w / 2, place[1] - h / 2, place[0] + w / 2, place[1] + h / 2);
      texts.push({ text, font, px, bold: strong, x: place[0], y: place[1] });
      if (texts.length >= most) break;
    }
    for (const { node, x, y } of order) {
      if (node.id >= 0 || node.size * scale <= 9) continue;
      const px = Math.max(11, Math.min(17, node.size * scale * 0.5));
      const font = `600 ${px}px ${fonts}`;
      texts.push({ text: String(node.count), font, px, bold: true, x: x * scale, y: y * scale, bare: true });
    }
    return texts;
  }

  /** On a canvas that is scaled already. */
  function write(ctx, texts, scale, paint) {
    ctx.save();
    ctx.scale(1 / scale, 1 / scale);
    Object.assign(ctx, { textAlign: "center", textBaseline: "middle", lineJoin: "round", lineWidth: 3.5 });
    for (const { text, font, bold, x, y, bare } of texts) {
      ctx.font = font;
      ctx.strokeStyle = paint.paper;
      if (!bare) ctx.strokeText(text, x, y);
      ctx.fillStyle = bold ? paint.ink : paint.soft;
      ctx.fillText(text, x, y);
    }
    ctx.restore();
  }
  return overlay;
}

function focusOf(now, shown, has, hops) {
  const nodes = new Set();
  const edges = new Set();
  const between = (a, b) => {
    nodes.add(a).add(b);
    for (const { from, to, n } of shown.edges) if ((from === a && to === b) || (from === b && to === a)) edges.add(n);
  };
  if (now.path) {
    now.path.forEach((n) => nodes.add(n));
    hops.forEach(({ from, to }) => between(from, to));
  } else if (now.edge) between(now.edge.a, now.edge.b);
  else if (now.node !== null && now.view !== "ego" && has(now.node)) {
    // What another view chose veils nothing here.
    nodes.add(now.node);
    for (const { from, to, n } of shown.edges) {
      if (from !== now.node && to !== now.node) continue;
      edges.add(n);
      nodes.add(from).add(to);
    }
  }
  return { nodes, edges };
}

/** A pin through a node's upper right rim. */
function pin(ctx, { x, y }, size, scale, paint) {
  const r = Math.max(3.5, Math.min(6, size * scale * 0.4)) / scale;
  const off = size * 0.75 + 5 / scale; // outside the ring of what is chosen
  const [px, py] = [x + off, y - off];
  ctx.save();
  ctx.lineWidth = 1.6 / scale;
  ctx.strokeStyle = ctx.fillStyle = paint.ink;
  ctx.beginPath();
  ctx.moveTo(px, py);
  ctx.lineTo(px - 1.6 * r, py + 1.6 * r);
  ctx.stroke();
  ctx.beginPath();
  ctx.arc(px, py, r, 0, 2 * Math.PI);
  ctx.fill();
  ctx.strokeStyle = paint.paper;
  ctx.stroke();
  ctx.restore();
}

/** Boxes on a grid, to be asked whether another box meets one of them. */
function boxes(cell = 64) {
  const cells = new Map();
  const visit = (left, top, right, bottom, ask) => {
    for (let i = Math.floor(left / cell); i <= right / cell; i++) {
      for (let j = Math.floor(top / cell); j <= bottom / cell; j++) if (ask(i * 100003 + j)) return true;
    }
    return false;
  };
  return {
    add(left, top, right, bottom, id) {
      visit(left, top, right, bottom, (key) => {
        if (!cells.has(key)) cells.set(key, []);
        cells.get(key).push([left, top, right, bottom, id]);
        return false;
      });
    },
    /** Does a box other than `own` meet this one? */
    hit(left, top, right, bottom, own) {
      const meets = ([l, t, r, b, id]) =>
        l < right && r > left && t < bottom && b > top && (own === undefined || id !== own);
      return visit(left, top, right, bottom, (key) => cells.get(key)?.some(meets));
    },
  };
}
