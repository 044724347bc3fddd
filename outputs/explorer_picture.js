/** The picture itself: vis-network with everything placed beforehand, drawn only when something has changed. */
function createPicture({ model, state, box, overlay }) {
  const { things } = model;
  const DASHED = 500; // lines of a picture beyond which only chosen ones are dashed: dashes take most of a frame
  let network = null;
  let paint = {};
  let shown = { nodes: [], edges: [], rows: [], view: { nodes: [], edges: [] } };
  let lines = new Map(); // drawn lines by number
  let places = new Map(); // drawn nodes by number
  let stout = 1;
  // What is chosen, and names, stand on a sheet of their own over the lines: they change without these.
  const glass = page.h("canvas", { class: "glass", "aria-hidden": "true" });
  let asked = 0;
  let changing = false; // vis-network draws on the spot while it is given other nodes and lines

  /** The glass is drawn in the next frame: once, however often that is asked for. */
  function redraw() {
    if (!box.hidden) asked ||= requestAnimationFrame(drawGlass);
  }
  function drawGlass() {
    if (changing) return; // what was chosen may have no line in the new picture, and its lines others' numbers
    cancelAnimationFrame(asked);
    asked = 0;
    const { canvas } = network.canvas.frame;
    for (const side of ["width", "height"]) if (glass[side] !== canvas[side]) glass[side] = canvas[side];
    const ctx = glass.getContext("2d");
    const { scale, translation } = network.body.view;
    const ratio = network.canvas.pixelRatio;
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, glass.width, glass.height);
    ctx.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * translation.x, ratio * translation.y);
    overlay(ctx, api);
    document.documentElement.dataset.ready ||= String(Math.round(performance.now()));
  }

  function nodeStyle(node) {
    const kind = model.kind(node.id);
    const [x, y] = state.now.moved.get(node.id) || [node.x, node.y];
    const place = { id: node.id, x, y, size: node.size };
    if (kind === "bubble") {
      return { ...place, shape: "dot", borderWidth: 3, color: { background: paint.tint, border: paint.agency } };
    }
    const provisional = things[node.id].p === 1;
    const ring = kind === "group";
    const hollow = provisional || HOLLOW.has(kind);
    const style = {
      ...place,
      shape: ring ? "dot" : SHAPES[kind],
      borderWidth: ring ? Math.min(5, node.size / 3) : provisional ? 3 : hollow ? 2.5 : 1.2,
      color: { background: hollow ? paint.paper : paint[kind], border: hollow ? paint[kind] : paint.paper },
    };
    if (node.guest) style.opacity = 0.45;
    if (state.now.pinned.has(node.id)) style.fixed = true;
    if (style.shape === "page") {
      style.shape = "custom";
      style.ctxRenderer = (where) => ({
        drawNode: () => sheet(where.ctx, where.x, where.y, node.size + 3, paint.document, paint.paper),
        nodeDimensions: { width: 2 * node.size, height: 2 * node.size },
      });
    }
    return style;
  }

  function lineStyle(line, many) {
    const { c, w, dash, arrow } = lineOf(line.kind);
    let width = w * stout;
    if (line.kind === "bundle")
      width = (1 + 13 * Math.sqrt(line.share)) * Math.min(1, 6 / Math.sqrt(shown.nodes.length));
    else if (line.paired) width = Math.min(12, w * (0.6 + 1.1 * Math.sqrt(line.count - 0.6)));
    const style = {
      id: line.n,
      from: line.from,
      to: line.to,
      width,
      color: { color: paint[c], opacity: line.kind === "bundle" ? 0.4 : line.paired ? 0.72 : 0.62 },
    };
    if (dash && !many) style.dashes = dash.map((part) => part * Math.max(1, width / 3));
    if (arrow) style.arrows = { to: { enabled: true, scaleFactor: Math.max(0.28, 0.75 - width * 0.04) } };
    if (line.bend) {
      const type = line.bend > 0 ? "curvedCW" : "curvedCCW";
      style.smooth = { enabled: true, type, roundness: Math.abs(line.bend) };
    }
    return style;
  }

  function options() {
    return {
      physics: { enabled: false },
      layout: { improvedLayout: false },
      nodes: { chosen: false, font: { size: 0 } },
      edges: {
        arrowStrikethrough: false,
        chosen: false,
        color: { inherit: false },
        dashes: false,
        hoverWidth: 0,
        selectionWidth: 0,
        smooth: false,
      },
      interaction: { ...moving(), hover: false, selectable: false, tooltipDelay: 1e9 },
    };
  }
  /** Many lines are left out while the picture moves. */
  const moving = () => ({ hideEdgesOnDrag: shown.edges.length > 300, hideEdgesOnZoom: shown.edges.length > 3000 });

  /** Shows what a view has found; what is chosen in it stands out from the next `redraw`. */
  function draw(found, fit) {
    changing = true;
    try {
      give(found, fit);
    } finally {
      changing = false;
    }
  }
  function give(found, fit) {
    shown = found;
    lines = new Map(shown.edges.map((line) => [line.n, line]));
    places = new Map(shown.nodes.map((node) => [node.id, node]));
    const names = [
      ...model.classes,
      ...Object.values(LINES).map(({ c }) => c),
      "other",
      "paper",
      "ink",
      "soft",
      "tint",
      "fonts",
    ];
    paint = Object.fromEntries(names.map((name) => [name, page.colour(name)]));
    stout = Math.min(2.2, 0.9 + Math.sqrt(shown.nodes.length) / 18); // a large picture is seen from afar
    const many = shown.edges.length > DASHED;
    const content = { nodes: shown.nodes.map(nodeStyle), edges: shown.edges.map((line) => lineStyle(line, many)) };
    const camera = network && !fit ? { position: network.getViewPosition(), scale: network.getScale() } : null;
    if (!network) {
      network = new vis.Network(box, content, options());
      box.append(glass);
      network.on("afterDrawing", drawGlass);
    } else {
      network.setOptions({ interaction: moving() });
      network.setData(content);
    }
    look(camera);
  }
  function look(camera) {
    const { now } = state;
    if (now.camera) {
      network.moveTo({ position: now.camera, scale: now.camera.scale, animation: false });
      now.camera = null;
    } else if (camera) network.moveTo({ ...camera, animation: false });
    else refit();
  }
  function refit(animated = false) {
    network.fit({ animation: false, maxZoomLevel: 1.4 });
    const scale = network.getScale() * 0.92; // room for the names at the rim
    network.moveTo({ scale, animation: animated && !page.calm() ? { duration: 250 } : false });
  }
  function fly(id) {
    if (!network.body.nodes[id]) return;
    const animation = page.calm() ? false : { duration: 450, easingFunction: "easeInOutQuad" };
    network.focus(id, { scale: Math.max(network.getScale(), 0.9), animation });
  }
  function zoom(factor) {
    network.moveTo({ scale: network.getScale() * factor, animation: false });
  }
  function pan(dx, dy) {
    const { x, y } = network.getViewPosition();
    const step = 80 / network.getScale();
    network.moveTo({ position: { x: x + dx * step, y: y + dy * step }, animation: false });
  }

  /** A chosen line again, over the veil. */
  function drawLine(ctx, n) {
    const body = network.body.edges[n];
    if (!body) return;
    const plain = body.options.dashes;
    body.options.dashes = lineStyle(lines.get(n), false).dashes || false;
    body.draw(ctx);
    body.drawArrows(ctx);
    body.options.dashes = plain;
  }

  const api = {
    draw,
    fly,
    lineStyle,
    pan,
    redraw,
    refit,
    zoom,
    /** Where a node is drawn, or nothing. */
    body: (id) => network.body.nodes[id],
    drawLine,
    camera: () => ({ ...network.getViewPosition(), scale: network.getScale() }),
    fitBox: () => network?.setSize("100%", "100%"),
    line: (n) => lines.get(n),
    has: (id) => places.has(id),
    node: (id) => places.get(id),
    /** The canvases one over the other. */
    sheets: () => [network.canvas.frame.canvas, glass],
    get network() {
      return network;
    },
    get paint() {
      return paint;
    },
    get shown() {
      return shown;
    },
  };
  return api;
}

/** A sheet of paper with a folded corner and three lines of writing. */
function sheet(ctx, x, y, r, fill, edge) {
  const w = r * 0.8;
  ctx.beginPath();
  ctx.moveTo(x - w, y - r);
  ctx.lineTo(x + w * 0.4, y - r);
  ctx.lineTo(x + w, y - r * 0.45);
  ctx.lineTo(x + w, y + r);
  ctx.lineTo(x - w, y + r);
  ctx.closePath();
  ctx.fillStyle = fill;
  ctx.fill();
  ctx.strokeStyle = edge;
  ctx.lineWidth = 1.2;
  ctx.stroke();
  ctx.beginPath();
  for (const k of [-0.1, 0.3, 0.7]) {
    ctx.moveTo(x - w * 0.55, y + r * k);
    ctx.lineTo(x + w * 0.55, y + r * k);
  }
  ctx.stroke();
}
