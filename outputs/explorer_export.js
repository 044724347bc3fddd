/** The picture as a file: what is in sight as PNG, the whole of it as SVG and PNG. */
function createExport({ model, state, picture, overlay, words, say }) {
  const SIDE = 16000; // pixels: what browsers' canvases hold on a side …
  const AREA = 120e6; // … and in all
  const MARKS = 60000; // nodes and lines beyond which viewers give up on an SVG
  const LEGIBLE = 0.5; // the smallest scale at which names can be read
  const name = (kind, more = "") => `guanlian-${state.now.view}${more}.${kind}`;

  function seen() {
    const sheets = picture.sheets();
    const copy = paper(sheets[0].width, sheets[0].height);
    for (const sheet of sheets) copy.getContext("2d").drawImage(sheet, 0, 0);
    copy.toBlob((blob) => page.save(name("png"), blob), "image/png");
  }
  function paper(width, height) {
    const canvas = page.h("canvas", { width, height });
    const ctx = canvas.getContext("2d");
    ctx.fillStyle = picture.paint.paper;
    ctx.fillRect(0, 0, width, height);
    return canvas;
  }

  function svg() {
    const text = drawing(1);
    if (text) page.save(name("svg"), new Blob([text.source], { type: "image/svg+xml;charset=utf-8" }));
  }
  /** The whole picture, as large as names need and a canvas allows. */
  function whole() {
    const { width, height } = extent();
    const fits = Math.min(2, SIDE / width, SIDE / height, Math.sqrt(AREA / width / height));
    if (fits < LEGIBLE) return say(words.t("too_large", Math.round(width), Math.round(height)));
    const made = drawing(1);
    if (!made) return undefined;
    const image = new Image();
    const address = URL.createObjectURL(new Blob([made.source], { type: "image/svg+xml;charset=utf-8" }));
    const done = (blob) => {
      URL.revokeObjectURL(address);
      if (blob) page.save(name("png", "-whole"), blob);
      else say(words.t("too_large", Math.round(width), Math.round(height)));
    };
    image.onload = () => {
      const canvas = paper(Math.round(width * fits), Math.round(height * fits));
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob(done, "image/png");
    };
    image.onerror = () => done(null);
    image.src = address;
    return undefined;
  }

  function extent() {
    const spots = picture.shown.nodes.map(({ id, size }) => ({ ...place(id), size }));
    const low = (axis) => spots.reduce((least, spot) => Math.min(least, spot[axis] - spot.size), Infinity);
    const high = (axis) => spots.reduce((most, spot) => Math.max(most, spot[axis] + spot.size), -Infinity);
    const [left, top] = [low("x") - 110, low("y") - 40];
    return { left, top, width: high("x") + 110 - left, height: high("y") + 50 - top };
  }
  const place = (id) => ({ x: picture.body(id).x, y: picture.body(id).y });

  /** SVG of all that is shown at a scale, its names apart from each other; nothing where there is too much or nothing. */
  function drawing(scale) {
    const { shown, paint } = picture;
    const marks = shown.nodes.length + shown.edges.length;
    if (!shown.nodes.length) return say(words.t("nothing_to_draw"));
    if (marks > MARKS) return say(words.t("too_many", marks, MARKS));
    const { left, top, width, height } = extent();
    const frame = { x: left, y: top, width, height };
    const root = page.svg(
      "svg",
      {
        xmlns: "http://www.w3.org/2000/svg",
        viewBox: `${left} ${top} ${width} ${height}`,
        width,
        height,
        "font-family": paint.fonts,
      },
      page.svg("rect", { ...frame, fill: paint.paper }),
      ...shown.edges.flatMap(line),
      ...shown.nodes.map(node),
    );
    const bounds = [left, top, left + width, top + height].map((side) => side * scale);
    const all = shown.nodes.map((one) => ({ node: one, ...place(one.id) }));
    for (const { text, px, bold, x, y, bare } of overlay.plan(all, scale, bounds, Infinity)) {
      const halo = bare
        ? {}
        : { stroke: paint.paper, "stroke-width": 3.5, "paint-order": "stroke", "stroke-linejoin": "round" };
      const weight = { "font-size": px, "font-weight": bold ? 600 : 400, fill: bold ? paint.ink : paint.soft };
      const label = page.svg("text", { x, y, dy: "0.35em", "text-anchor": "middle", ...weight, ...halo });
      label.textContent = text;
      root.append(label);
    }
    return { source: new XMLSerializer().serializeToString(root) };
  }

  function node({ id, size, guest }) {
    const kind = model.kind(id);
    const { x, y } = place(id);
    const { paint } = picture;
    const [tag, shape] = outline(kind, x, y, size);
    if (kind === "bubble")
      return page.svg(tag, { ...shape, fill: paint.tint, stroke: paint.agency, "stroke-width": 3 });
    const provisional = model.things[id].p === 1;
    const hollow = provisional || HOLLOW.has(kind);
    const look = hollow
      ? { fill: paint.paper, stroke: paint[kind], "stroke-width": kind === "group" ? 5 : 2.5 }
      : { fill: paint[kind], stroke: paint.paper, "stroke-width": 1.2 };
    return page.svg(tag, { ...shape, ...look, opacity: guest ? 0.45 : 1 });
  }

  /** A line, and the head of its arrow. */
  function line(edge) {
    const { color, width, dashes, arrows } = picture.lineStyle(edge, false);
    const [a, b] = [place(edge.from), place(edge.to)];
    const bend = edge.bend || 0;
    const mid = { x: (a.x + b.x) / 2 + (b.y - a.y) * bend, y: (a.y + b.y) / 2 - (b.x - a.x) * bend };
    const stroke = { stroke: color.color, "stroke-opacity": color.opacity, "stroke-width": width };
    const dash = dashes ? { "stroke-dasharray": dashes.join(" ") } : {};
    const path = page.svg("path", {
      d: `M${a.x} ${a.y}Q${mid.x} ${mid.y} ${b.x} ${b.y}`,
      fill: "none",
      ...stroke,
      ...dash,
    });
    if (!arrows) return [path];
    const turn = Math.atan2(b.y - mid.y, b.x - mid.x);
    const tip = picture.node(edge.to).size + 2;
    const [x, y] = [b.x - tip * Math.cos(turn), b.y - tip * Math.sin(turn)];
    const long = 12 * arrows.to.scaleFactor + width;
    const corner = (side) => `${x - long * Math.cos(turn + side)} ${y - long * Math.sin(turn + side)}`;
    const head = page.svg("path", { d: `M${x} ${y}L${corner(0.4)}L${corner(-0.4)}Z`, fill: color.color });
    return [path, head];
  }
  return { seen, svg, whole };
}
