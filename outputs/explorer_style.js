/** How classes and relations look, in the picture, the legend and exports: shape and dash say the same as colour. */
const SHAPES = {
  agency: "dot",
  group: "ring",
  measure: "square",
  mode: "diamond",
  port: "triangle",
  platform: "triangleDown",
  outcome: "star",
  target: "hexagon",
  interpretation: "square",
  document: "page",
};
const LINES = {
  lead: { c: "lead", w: 2.2 },
  participant: { c: "participant", w: 1.2, dash: [7, 4] },
  joint: { c: "joint", w: 1.4, dash: [2, 3] },
  implementer: { c: "implementer", w: 2 },
  partner: { c: "partner", w: 1.4, dash: [10, 4, 2, 4] },
  leads: { c: "leads", w: 1.1, arrow: true },
  both: { c: "both", w: 0.9, dash: [2, 5] },
  peers: { c: "peers", w: 1, dash: [9, 3, 2, 3] },
  mixed: { c: "mixed", w: 1, dash: [5, 5] },
  mode: { c: "mode", w: 1.2 },
  stacked: { c: "stacked", w: 4 },
  defines: { c: "interpretation", w: 1.4, dash: [3, 3] },
  port: { c: "port", w: 1.2 },
  platform: { c: "platform", w: 1.2 },
  outcome: { c: "outcome", w: 1 },
  target: { c: "target", w: 1 },
  contains: { c: "other", w: 0.7 },
  part: { c: "measure", w: 1, arrow: true },
  explains: { c: "interpretation", w: 1.6, arrow: true },
  based_on: { c: "document", w: 1.6, arrow: true, dash: [6, 3] },
  issued: { c: "agency", w: 1.2, dash: [2, 3] },
  member: { c: "group", w: 1, dash: [1, 3] },
};
const BASES = ["stated", "group", "issuer"];

const lineOf = (kind) => LINES[kind] || { c: "other", w: 1 };
const HOLLOW = new Set(["interpretation", "group"]);

/** The outline of a shape of radius r around a point, as [tag, attributes] of SVG. */
function outline(kind, x, y, r) {
  const points = (corners) => [
    "path",
    { d: "M" + corners.map(([a, b]) => `${x + a * r} ${y + b * r}`).join("L") + "Z" },
  ];
  const star = Array.from({ length: 10 }, (_, i) => {
    const long = i % 2 ? 0.5 : 1.15;
    return [long * Math.sin((i * Math.PI) / 5), -long * Math.cos((i * Math.PI) / 5)];
  });
  const shapes = {
    square: [
      [-1, -1],
      [1, -1],
      [1, 1],
      [-1, 1],
    ],
    diamond: [
      [0, -1],
      [1, 0],
      [0, 1],
      [-1, 0],
    ],
    triangle: [
      [0, -1],
      [1, 0.8],
      [-1, 0.8],
    ],
    triangleDown: [
      [0, 1],
      [1, -0.8],
      [-1, -0.8],
    ],
    hexagon: [
      [-0.5, -0.87],
      [0.5, -0.87],
      [1, 0],
      [0.5, 0.87],
      [-0.5, 0.87],
      [-1, 0],
    ],
    page: [
      [-0.8, -1],
      [0.32, -1],
      [0.8, -0.45],
      [0.8, 1],
      [-0.8, 1],
    ],
    star,
  };
  const corners = shapes[SHAPES[kind]];
  return corners ? points(corners) : ["circle", { cx: x, cy: y, r }];
}

/** The sign of a class in text. */
function icon(kind) {
  const [tag, attributes] = outline(kind, 8, 8, kind === "star" ? 7 : 6.4);
  const hollow = HOLLOW.has(kind) || kind === "document";
  const paint = {
    fill: hollow ? "none" : `var(--${kind})`,
    stroke: `var(--${kind})`,
    "stroke-width": hollow ? 2 : 0,
  };
  const sign = page.svg(tag, { ...attributes, ...paint });
  return page.svg("svg", { class: "icon", viewBox: "0 0 16 16", "aria-hidden": "true" }, sign);
}

/** The sign of a relation in text. */
function swatch(kind) {
  const { c, w, dash, arrow } = lineOf(kind);
  const stroke = { stroke: `var(--${c})`, "stroke-width": Math.max(1.6, w * 1.2), fill: "none" };
  const parts = [
    page.svg("path", { d: arrow ? "M1 7h20" : "M1 7h28", "stroke-dasharray": (dash || []).join(" "), ...stroke }),
  ];
  if (arrow) parts.push(page.svg("path", { d: "M20 2.5l9 4.5-9 4.5z", fill: `var(--${c})` }));
  return page.svg("svg", { class: "line", viewBox: "0 0 30 14", "aria-hidden": "true" }, ...parts);
}
