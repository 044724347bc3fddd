/** Pictures made while one reads: groups of a graph too large to draw whole, and places for what is opened. */

/**
 * Places of nodes tied by `lines` ([a, b, weight]), `sizes` being radii kept apart; the same input gives the same places.
 * Lines pull, near nodes push, steps shrink (Fruchterman and Reingold 1991, with their grid).
 */
function arrange(lines, sizes) {
  const count = sizes.length;
  const xs = new Float64Array(count);
  const ys = new Float64Array(count);
  const degree = new Float64Array(count);
  for (const [a, b] of lines) {
    degree[a] += 1;
    degree[b] += 1;
  }
  const gap = 2.2 * (sizes.reduce((sum, size) => sum + size, 0) / Math.max(1, count)) + 42;
  // The weighty ones begin in the middle; the golden angle leaves no rows.
  const order = [...degree.keys()].sort((a, b) => degree[b] - degree[a] || a - b);
  order.forEach((n, rank) => {
    const r = gap * 0.62 * Math.sqrt(rank + 0.5);
    xs[n] = 1.3 * r * Math.cos(rank * 2.399963);
    ys[n] = r * Math.sin(rank * 2.399963);
  });
  const moveX = new Float64Array(count);
  const moveY = new Float64Array(count);
  const far = count > 150 ? 3.2 * gap : Infinity;
  const push = (i, j) => {
    const dx = xs[i] - xs[j];
    const dy = ys[i] - ys[j];
    const square = dx * dx + dy * dy;
    if (square > far * far) return;
    const force = (gap * gap) / (square + 1);
    moveX[i] += dx * force;
    moveY[i] += dy * force;
    moveX[j] -= dx * force;
    moveY[j] -= dy * force;
  };
  const steps = count > 150 ? 45 : 110;
  for (let step = 0; step < steps; step++) {
    moveX.fill(0);
    moveY.fill(0);
    near(xs, ys, far, push);
    for (const [a, b, weight] of lines) {
      const dx = xs[a] - xs[b];
      const dy = ys[a] - ys[b];
      const long = Math.sqrt(dx * dx + dy * dy);
      const pull = ((long / gap) * weight) / Math.sqrt(Math.max(1, Math.min(degree[a], degree[b])));
      moveX[a] -= dx * pull;
      moveY[a] -= dy * pull;
      moveX[b] += dx * pull;
      moveY[b] += dy * pull;
    }
    const limit = gap * 2.2 * (1 - step / steps) ** 1.5 + 1;
    for (let i = 0; i < count; i++) {
      const inward = 0.004 * gap;
      const x = moveX[i] - xs[i] * 0.75 * inward;
      const y = moveY[i] - ys[i] * 1.25 * inward;
      const long = Math.sqrt(x * x + y * y) || 1;
      xs[i] += (x / long) * Math.min(long, limit);
      ys[i] += (y / long) * Math.min(long, limit);
    }
  }
  separate(xs, ys, sizes);
  return Array.from(xs, (x, i) => [Math.round(x), Math.round(ys[i])]);
}

/** Nodes that cover each other are pushed apart until none does, or the rounds are over. */
function separate(xs, ys, sizes) {
  const widest = sizes.reduce((most, size) => Math.max(most, size), 0);
  let moved = true;
  const apart = (i, j) => {
    const least = sizes[i] + sizes[j] + 26;
    const dx = xs[j] - xs[i] || 0.01;
    const dy = ys[j] - ys[i];
    const square = dx * dx + dy * dy;
    if (square >= least * least) return;
    const long = Math.sqrt(square);
    const go = (least - long) / long / 2;
    xs[i] -= dx * go;
    ys[i] -= dy * go;
    xs[j] += dx * go;
    ys[j] += dy * go;
    moved = true;
  };
  for (let round = 0; round < 40 && moved; round++) {
    moved = false;
    near(xs, ys, 2 * widest + 26, apart);
  }
}

/** Calls `meet` with every two points that may be closer than `reach`, always in the same order. */
function near(xs, ys, reach, meet) {
  const count = xs.length;
  if (!Number.isFinite(reach) || count < 40) {
    for (let i = 0; i < count; i++) for (let j = i + 1; j < count; j++) meet(i, j);
    return;
  }
  let left = Infinity,
    top = Infinity,
    right = -Infinity,
    bottom = -Infinity;
  for (let i = 0; i < count; i++) {
    left = Math.min(left, xs[i]);
    right = Math.max(right, xs[i]);
    top = Math.min(top, ys[i]);
    bottom = Math.max(bottom, ys[i]);
  }
  const cell = Math.max(reach, (right - left) / 200, (bottom - top) / 200);
  const wide = Math.floor((right - left) / cell) + 3;
  const tall = Math.floor((bottom - top) / cell) + 3;
  const first = new Int32Array(wide * tall).fill(-1);
  const after = new Int32Array(count);
  const home = new Int32Array(count);
  for (let i = count - 1; i >= 0; i--) {
    const c = (Math.floor((ys[i] - top) / cell) + 1) * wide + Math.floor((xs[i] - left) / cell) + 1;
    home[i] = c;
    after[i] = first[c];
    first[c] = i;
  }
  const around = [1, wide - 1, wide, wide + 1];
  for (let i = 0; i < count; i++) {
    for (let j = after[i]; j >= 0; j = after[j]) meet(i, j);
    for (let k = 0; k < 4; k++) for (let j = first[home[i] + around[k]]; j >= 0; j = after[j]) meet(i, j);
  }
}

/** The groups of `list` ([parent, names, first, last]) and the innermost one of each thing in `home`. */
function groupTree({ list, home }) {
  const parents = new Set(list.map(([above]) => above));
  const path = (group) => {
    const up = [];
    for (let g = group; g >= 0; g = list[g][0]) up.unshift(g);
    return up;
  };
  const paths = list.map((_, group) => path(group));
  return {
    list,
    path,
    isLeaf: (group) => !parents.has(group),
    /** The groups one thing is in, outermost first. */
    of: (thing) => paths[home[thing]],
    /** For every thing the group it belongs to just below `open` (-1 for the top), or -1. */
    under(open) {
      const to = Int32Array.from(paths, (up, group) => {
        const depth = open < 0 ? 0 : up.indexOf(open) + 1;
        return open >= 0 && depth === 0 ? -1 : (up[depth] ?? group);
      });
      return Int32Array.from(home, (group) => to[group]);
    },
    /** For every thing whether it is in a group (1 or 0); all are in -1. */
    inside(open) {
      const within = Uint8Array.from(paths, (up) => open < 0 || up.includes(open));
      return Uint8Array.from(home, (group) => within[group]);
    },
  };
}

/** Bubbles with how many nodes each holds, and bundles of the lines between them; `known` ones keep their places. */
function bubbles(nodes, edges, under, groups, known = new Map()) {
  const count = new Map();
  for (const { id } of nodes) if (under[id] >= 0) count.set(under[id], (count.get(under[id]) || 0) + 1);
  const between = new Map();
  for (const edge of edges) {
    const a = Math.min(under[edge.from], under[edge.to]);
    const b = Math.max(under[edge.from], under[edge.to]);
    if (a === b || a < 0) continue;
    const bundle = between.get(a * groups + b);
    if (bundle) bundle.edges.push(edge);
    else between.set(a * groups + b, { from: a, to: b, edges: [edge] });
  }
  const ids = [...count.keys()].sort((a, b) => a - b);
  const most = Math.max(1, ...count.values());
  const size = (group) => 14 + 46 * Math.sqrt(count.get(group) / most);
  const place = new Map(ids.map((group, i) => [group, i]));
  const bundles = backbone([...between.values()].filter(({ from, to }) => place.has(from) && place.has(to)));
  const top = Math.max(1, ...bundles.map((bundle) => bundle.edges.length));
  const pull = ({ from, to, edges: held }) => [place.get(from), place.get(to), 0.15 + Math.sqrt(held.length / top)];
  const spots = ids.every((group) => known.has(-1 - group))
    ? ids.map((group) => [known.get(-1 - group).x, known.get(-1 - group).y])
    : arrange(
        bundles.map(pull),
        ids.map((group) => size(group) + 22),
      );
  return {
    nodes: ids.map((group, i) => {
      return { id: -1 - group, size: size(group), count: count.get(group), x: spots[i][0], y: spots[i][1] };
    }),
    edges: bundles.map(({ from, to, edges: held }, n) => {
      const ends = { n: "bundle" + n, from: -1 - from, to: -1 - to, kind: "bundle" };
      return { ...ends, edges: held, count: held.length, share: held.length / top };
    }),
  };
}

/** The bundles that are among the strongest of either end: with all of them no picture could be read. */
function backbone(bundles, most = 5) {
  const left = new Map();
  const strongest = [...bundles].sort((a, b) => b.edges.length - a.edges.length || a.from - b.from || a.to - b.to);
  const kept = strongest.filter(({ from, to }) => {
    const [a, b] = [left.get(from) || 0, left.get(to) || 0];
    left.set(from, a + 1).set(to, b + 1);
    return a < most || b < most;
  });
  return kept.sort((a, b) => a.from - b.from || a.to - b.to);
}

/** The nodes inside, the `most` of those outside that are tied to them best, and places for all. */
function opened(nodes, edges, inside, most) {
  const crossing = edges.filter(({ from, to }) => inside[from] !== inside[to]);
  const within = edges.filter(({ from, to }) => inside[from] && inside[to]);
  const ties = new Map();
  for (const { from, to } of crossing) {
    const out = inside[from] ? to : from;
    ties.set(out, (ties.get(out) || 0) + 1);
  }
  const best = [...ties].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, most);
  const guests = new Set(best.map(([id]) => id));
  const shown = [...nodes.filter(({ id }) => inside[id]), ...nodes.filter(({ id }) => guests.has(id))];
  const place = new Map(shown.map(({ id }, i) => [id, i]));
  const lines = [...within, ...crossing.filter(({ from, to }) => place.has(from) && place.has(to))];
  const pulls = new Map();
  for (const { from, to } of lines) {
    const key = Math.min(place.get(from), place.get(to)) * shown.length + Math.max(place.get(from), place.get(to));
    pulls.set(key, (pulls.get(key) || 0) + 1);
  }
  const spots = arrange(
    [...pulls].map(([key, n]) => [Math.floor(key / shown.length), key % shown.length, Math.sqrt(n)]),
    shown.map(({ size }) => size),
  );
  return {
    nodes: shown.map((node, i) => ({ ...node, x: spots[i][0], y: spots[i][1], guest: !inside[node.id] })),
    edges: lines,
  };
}
