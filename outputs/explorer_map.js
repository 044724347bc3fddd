/** Pictures made while one reads: groups of a graph too large to draw whole, and places for what is opened. */
const guanlianMap = (() => {
  "use strict";

  /** Places of `count` nodes tied by `lines` ([a, b, weight]); the same input gives the same places.
   *  Lines pull, nodes push, steps shrink (Fruchterman and Reingold 1991); sizes are radii kept apart. */
  function arrange(count, lines, sizes) {
    const xs = new Float64Array(count), ys = new Float64Array(count), mx = new Float64Array(count), my = new Float64Array(count);
    const degree = new Float64Array(count);
    for (const [a, b] of lines) { degree[a] += 1; degree[b] += 1; }
    const order = [...degree.keys()].sort((a, b) => degree[b] - degree[a] || a - b);
    const gap = 2.2 * (sizes.reduce((sum, size) => sum + size, 0) / Math.max(1, count)) + 42;
    // The weighty ones begin in the middle; the golden angle leaves no rows.
    order.forEach((n, rank) => { const r = gap * 0.62 * Math.sqrt(rank + 0.5), turn = rank * 2.399963; xs[n] = 1.3 * r * Math.cos(turn); ys[n] = r * Math.sin(turn); });
    const steps = count > 260 ? 55 : 130;
    for (let step = 0; step < steps; step++) {
      mx.fill(0); my.fill(0);
      for (let i = 0; i < count; i++) {
        const x = xs[i], y = ys[i];
        for (let j = i + 1; j < count; j++) {
          const dx = x - xs[j], dy = y - ys[j], push = gap * gap / (dx * dx + dy * dy + 1);
          mx[i] += dx * push; my[i] += dy * push; mx[j] -= dx * push; my[j] -= dy * push;
        }
        mx[i] -= x * 0.03 * gap / 10; my[i] -= y * 0.05 * gap / 10;
      }
      for (const [a, b, weight] of lines) {
        const dx = xs[a] - xs[b], dy = ys[a] - ys[b], far = Math.hypot(dx, dy), pull = (far / gap) * weight / Math.sqrt(Math.max(1, Math.min(degree[a], degree[b])));
        mx[a] -= dx * pull; my[a] -= dy * pull; mx[b] += dx * pull; my[b] += dy * pull;
      }
      const limit = gap * 2.2 * (1 - step / steps) ** 1.5 + 1;
      for (let i = 0; i < count; i++) { const far = Math.hypot(mx[i], my[i]) || 1, go = Math.min(far, limit) / far; xs[i] += mx[i] * go; ys[i] += my[i] * go; }
    }
    for (let round = 0; round < 40; round++) {
      let moved = false;
      for (let i = 0; i < count; i++) for (let j = i + 1; j < count; j++) {
        let dx = xs[j] - xs[i];
        const dy = ys[j] - ys[i], least = sizes[i] + sizes[j] + 26;
        if (Math.abs(dx) >= least || Math.abs(dy) >= least) continue;
        let far = Math.hypot(dx, dy);
        if (far >= least) continue;
        if (far < 0.01) { dx = 0.01; far = 0.01; }
        const go = (least - far) / far / 2;
        xs[i] -= dx * go; ys[i] -= dy * go; xs[j] += dx * go; ys[j] += dy * go;
        moved = true;
      }
      if (!moved) break;
    }
    return [...xs].map((x, i) => [Math.round(x), Math.round(ys[i])]);
  }

  /** The groups of `list` ([parent, names, first, last]) and the innermost one of each thing in `home`. */
  function tree({ list, home }) {
    const parent = list.map(([above]) => above);
    const below = new Map();
    parent.forEach((above, n) => below.set(above, [...(below.get(above) || []), n]));
    const path = (n) => { const up = []; for (let g = n; g >= 0; g = parent[g]) up.unshift(g); return up; };
    return {
      list, path,
      isLeaf: (g) => !below.has(g),
      /** The groups one thing is in, outermost first. */
      of: (thing) => path(home[thing]),
      /** For every thing the group it belongs to just below `open` (-1 for the top), or -1. */
      under(open) {
        const to = list.map((_, n) => { const up = path(n), at = open < 0 ? 0 : up.indexOf(open) + 1; return open >= 0 && at === 0 ? -1 : up[at] ?? n; });
        return home.map((g) => to[g]);
      },
      inside(open) { const within = list.map((_, n) => open < 0 || path(n).includes(open)); return home.map((g) => within[g]); },
    };
  }

  /** Bubbles with how many nodes each holds, and bundles of the lines between them. */
  function bubbles(nodes, edges, under) {
    const count = new Map(), between = new Map();
    for (const { id } of nodes) if (under[id] >= 0) count.set(under[id], (count.get(under[id]) || 0) + 1);
    for (const edge of edges) {
      const a = under[edge.from], b = under[edge.to];
      if (a === b || a < 0 || b < 0) continue;
      const key = a < b ? a + "," + b : b + "," + a;
      const bundle = between.get(key) || { from: Math.min(a, b), to: Math.max(a, b), edges: [] };
      bundle.edges.push(edge);
      between.set(key, bundle);
    }
    const ids = [...count.keys()].sort((a, b) => a - b);
    const most = Math.max(1, ...count.values()), size = (g) => 14 + 46 * Math.sqrt(count.get(g) / most);
    const place = new Map(ids.map((g, i) => [g, i]));
    const bundles = [...between.values()].filter((bundle) => place.has(bundle.from) && place.has(bundle.to));
    const top = Math.max(1, ...bundles.map((bundle) => bundle.edges.length));
    const spots = arrange(ids.length, bundles.map((bundle) => [place.get(bundle.from), place.get(bundle.to), 0.15 + Math.sqrt(bundle.edges.length / top)]), ids.map((g) => size(g) + 22));
    return {
      nodes: ids.map((g, i) => ({ id: -1 - g, size: size(g), count: count.get(g), x: spots[i][0], y: spots[i][1] })),
      edges: bundles.map((bundle, n) => ({ n: "bundle" + n, from: -1 - bundle.from, to: -1 - bundle.to, kind: "bundle", edges: bundle.edges, groups: [], count: bundle.edges.length, share: bundle.edges.length / top })),
    };
  }

  /** The nodes inside, those outside that are tied to them most, and places for all. */
  function opened(nodes, edges, inside, most) {
    const ties = new Map(), size = new Map(nodes.map((node) => [node.id, node]));
    for (const { from, to } of edges) if (inside[from] !== inside[to]) { const out = inside[from] ? to : from; ties.set(out, (ties.get(out) || 0) + 1); }
    const guests = [...ties].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, most).map(([id]) => id).filter((id) => size.has(id));
    const ids = [...nodes.filter(({ id }) => inside[id]).map(({ id }) => id), ...guests];
    const place = new Map(ids.map((id, i) => [id, i]));
    const lines = edges.filter(({ from, to }) => place.has(from) && place.has(to) && (inside[from] || inside[to]));
    const pulls = new Map();
    for (const { from, to } of lines) { const key = Math.min(place.get(from), place.get(to)) + "," + Math.max(place.get(from), place.get(to)); pulls.set(key, (pulls.get(key) || 0) + 1); }
    const spots = arrange(ids.length, [...pulls].map(([key, n]) => [...key.split(",").map(Number), Math.sqrt(n)]), ids.map((id) => size.get(id).size));
    return { nodes: ids.map((id, i) => ({ ...size.get(id), x: spots[i][0], y: spots[i][1], guest: !inside[id] })), edges: lines };
  }

  return { tree, bubbles, opened };
})();
