(() => {
  "use strict";
  // Text from documents reaches the page through textContent and canvas only, never as markup.

  // ---------------------------------------------------------------- words of the interface
  const WORDS = {
    zh: {
      title: "口岸政策关联图", skip: "跳到说明栏", search: "查找单位、措施、模式、口岸", search_hint: "查找：名称、别名、拼音、拼音首字母、措施编号",
      results: "查找结果", views: "视图", filters: "图例与筛选", stage: "图", panel: "说明与依据", picture: "关系图：方向键移动，加减号缩放，0 显示全部",
      undo: "撤销", theme: "深色", theme_light: "浅色", fit: "全图", zoom_in: "放大", zoom_out: "缩小", table: "表格", share: "复制链接", shared: "已复制",
      nothing: "没有找到", reset: "清除全部筛选", show_all: "显示其余", copy: "复制", copied: "已复制",
      classes: "类别", relations: "关系", documents: "文件", basis: "依据", weight: "共同措施不少于", items: "项",
      counts: (n, m, hn, hm) => `显示 ${n} 个点、${m} 条线` + (hn || hm ? `（筛去 ${hn} 个点、${hm} 条线）` : ""),
      empty_panel: "点一个点或一条线，这里会列出它的事实，每条都有文件、条目和原文。", how: "用法",
      tips: ["按 / 查找，↑↓ 选择，回车飞到那里", "双击一个点看它的周边", "图例就是筛选：去掉勾选即隐去", "网址记住视图、选择和筛选，可直接发给同事"],
      top: "措施最多的单位", sure: "有多可靠", item: (n) => `第 ${n} 条`, whole_document: "全文", quote_of: "原文", no_quote: "（无摘录）",
      ego: "看周边", expand: "展开邻居", hide: "隐藏", path_from: "从这里找路径", path_to: "找到这里的路径", path: "最短路径", no_path: "两者之间没有路径", path_hint: (a) => `起点：${a}。请再选一个点。`, stop: "取消",
      partners: "共同承担者", behind: (n) => `背后的措施（${n} 项）`, between: "与", aliases: "又称", as_table: "表：", from: "起", to: "止", relation: "关系", number: "项数", where: "文件与条目", words: "原文",
      years: "年份", places: "单位所在地", unstated: "未注明", everything: "全部", crumbs: "所在的群", communities: "群", others: " 等",
      counts_groups: (g, n, m) => `${g} 个群，共 ${n} 个点、${m} 条线`, about_groups: "图太大，先按群显示：圆圈是一群彼此联系多的单位和它们的事项，数字是点数，连线越粗联系越多。点开一个群看其中的点。",
      groups_hint: "点一个群（或在图上按 [ ] 选择、回车打开、退格返回）。", in_group: "打开的群", bundle: (n) => `两群之间的 ${n} 条线`,
      cut: (n, all) => `前 ${n} 行，共 ${all} 行`, see_edge: "看依据", via: "经由", ego_empty: "先选一个点，再看它的周边。", in_figures: "相关成效", clear: "取消选择",
      class: { bubble: "群", agency: "单位", group: "工作组", measure: "措施", mode: "通关模式", port: "口岸", platform: "平台", outcome: "成效", target: "目标", interpretation: "解读", document: "文件" },
      view: { coown: "共同承担", um: "单位与措施", modes: "通关模式", ports: "口岸", lineage: "文件脉络", whole: "全图", ego: "周边" },
      about: {
        coown: "圆点是单位，承担的共同措施越多越大；连线表示两个单位共同承担措施，箭头从牵头指向参与，项数越多越粗。",
        um: "圆点是单位，方块是措施；连线是职责：牵头、参与、按职责分工等各画一条。",
        modes: "菱形是通关模式，连着写到它的措施、那些措施所在的口岸和取得的成效；粗线是文件说可以叠加的两种模式。",
        ports: "三角是口岸，连着写到它的措施，以及承担这些措施的单位。",
        lineage: "纸页是文件，连着它的条目；箭头指向被解读的条目、所依据的文件。",
        whole: "全部事物与全部关系；形状和颜色表示类别，线型和颜色表示关系。",
        ego: "选中的事物在中间，四周是与它直接相连的事物，按类别排列。",
      },
      rel: {
        lead: "牵头", participant: "参与", joint: "按职责分工", implementer: "实施", partner: "合作", leads: "牵头 → 参与", both: "都参与",
        peers: "同任牵头或实施", mixed: "其他组合", mode: "写到模式", stacked: "叠加", defines: "说明模式", port: "在口岸", platform: "用平台", outcome: "成效", target: "目标",
        contains: "包含", part: "做法", explains: "解读", based_on: "依据", issued: "印发", member: "成员", bundle: "联系",
      },
      group: {
        lead: ["牵头", "牵头的措施"], participant: ["参与", "参与的措施"], joint: ["按职责分工", "分工负责的措施"], implementer: ["实施", "实施的措施"], partner: ["合作", "合作的措施"],
        mode: ["通关模式", "写到它的措施"], stacked: ["可叠加", "可叠加"], defines: ["说明的模式", "文中的说明"], port: ["口岸", "写到它的措施"], platform: ["平台", "写到它的措施"],
        outcome: ["成效", "来自"], target: ["目标", "来自"], contains: ["条目", "所在文件"], part: ["做法", "所属案例"], explains: ["解读的条目", "解读它的条目"], based_on: ["依据的文件", "以它为依据的文件"], issued: ["印发单位", "印发的文件"], member: ["成员单位", "所在工作组"],
      },
      basis_of: { stated: "原文写明", group: "经集体展开", issuer: "推定为印发单位", provisional: "名称待核" },
      basis_long: { stated: "文件点名写明", group: "文件只写了集体名称，按其成员展开", issuer: "文件没有写明责任单位，推定为印发单位", provisional: "权威名录里没有这个名称，按构词识别" },
      stance: { uses: "采用", promotes: "推广", mentions: "提及" },
      about_of: {
        title: "标题", number: "文号", issuer: "印发单位", issued: "日期", kind: "种类", source: "文件名", section: "章节", clause_state: "责任条款", family: "类别", locode: "代码", jurisdiction: "辖区", system: "系统",
        indicator: "指标", flow: "方向", value: "数值", value_to: "至", unit: "单位", direction: "升降", bound: "界限", baseline: "比较基准", from_value: "原值", period_start: "起", period_end: "止", deadline: "期限",
      },
      value_of: {
        plan: "方案", measures: "措施", interpretation: "解读", casebook: "案例集", table: "表", news: "新闻", notice: "通知", named: "仅被提及", measure: "措施", case: "案例", practice: "做法",
        stated: "写明责任单位", absent: "未写责任单位", unread: "有条款但未能读懂", land: "陆路", sea: "海港", river: "内河", air: "空港", rail: "铁路", post: "邮运", zone: "特殊监管区域",
        declaration: "申报", inspection: "查验", release: "放行", tax: "税收", transport: "运输", import: "进口", export: "出口", up: "上升", down: "下降", yoy: "同比", mom: "环比", statutory: "法定时限", before: "此前",
        level: "数量", share: "占比", change: "变化", effect: "成效", background: "背景", body: "正文", ">": "超过", ">=": "不低于", "<": "接近", "<=": "不超过", "~": "约",
      },
    },
    en: {
      title: "Port policy, connected", skip: "Skip to details", search: "Find a unit, measure, mode or port", search_hint: "Find: name, alias, pinyin, initials, measure number",
      results: "Results", views: "Views", filters: "Legend and filters", stage: "Picture", panel: "Details and evidence", picture: "Network picture: arrow keys move, plus and minus zoom, 0 shows all",
      undo: "Undo", theme: "Dark", theme_light: "Light", fit: "Fit", zoom_in: "Zoom in", zoom_out: "Zoom out", table: "Table", share: "Copy link", shared: "Copied",
      nothing: "Nothing found", reset: "Clear all filters", show_all: "Show the rest", copy: "Copy", copied: "Copied",
      classes: "Class", relations: "Relation", documents: "Document", basis: "Basis", weight: "Shared measures at least", items: "",
      counts: (n, m, hn, hm) => `${n} nodes, ${m} lines shown` + (hn || hm ? ` (${hn} nodes, ${hm} lines filtered out)` : ""),
      empty_panel: "Click a node or a line: its facts appear here, each with document, item and the exact words.", how: "How to use",
      tips: ["Press / to search, ↑↓ to choose, Enter to fly there", "Double-click a node for its neighbourhood", "The legend is the filter: untick to hide", "The address keeps view, selection and filters: send it to a colleague"],
      top: "Units with most measures", sure: "How sure", item: (n) => `item ${n}`, whole_document: "whole document", quote_of: "words", no_quote: "(no excerpt)",
      ego: "Neighbourhood", expand: "Expand", hide: "Hide", path_from: "Path from here", path_to: "Path to here", path: "Shortest path", no_path: "No path between the two", path_hint: (a) => `From: ${a}. Choose another node.`, stop: "Cancel",
      partners: "Co-owners", behind: (n) => `Measures behind it (${n})`, between: "and", aliases: "also", as_table: "Table: ", from: "from", to: "to", relation: "relation", number: "count", where: "document and item", words: "words",
      years: "Year", places: "Units' seat", unstated: "not stated", everything: "All", crumbs: "Communities", communities: "Communities", others: " and others",
      counts_groups: (g, n, m) => `${g} communities of ${n} nodes, ${m} lines`, about_groups: "Too large to draw at once, so communities come first: a circle is a set of units that work together and what hangs on them, with its number of nodes; thicker lines are more ties. Open one to see its nodes.",
      groups_hint: "Choose a community (or, on the picture, [ and ] to choose, Enter to open, Backspace to go back).", in_group: "Open community", bundle: (n) => `${n} lines between two communities`,
      cut: (n, all) => `first ${n} of ${all} rows`, see_edge: "evidence", via: "via", ego_empty: "Choose a node first, then see its neighbourhood.", in_figures: "Outcomes", clear: "Clear selection",
      class: { bubble: "Community", agency: "Unit", group: "Working group", measure: "Measure", mode: "Clearance mode", port: "Port", platform: "Platform", outcome: "Outcome", target: "Target", interpretation: "Interpretation", document: "Document" },
      view: { coown: "Co-ownership", um: "Units × measures", modes: "Clearance modes", ports: "Ports", lineage: "Documents", whole: "Whole graph", ego: "Neighbourhood" },
      about: {
        coown: "A dot is a unit, larger with more shared measures; a line means two units own measures together: it points from leader to participant and is thicker with more measures.",
        um: "A dot is a unit, a square a measure; a line is a role: lead, participant, joint and so on each have their own.",
        modes: "A diamond is a clearance mode, tied to the measures that name it, their ports and outcomes; a heavy line joins two modes that a text says may be stacked.",
        ports: "A triangle is a port, tied to the measures that name it and the units that own those.",
        lineage: "A page is a document, tied to its items; arrows point to the item explained or the document it is based on.",
        whole: "All things and all relations; shape and colour show the class, line style and colour the relation.",
        ego: "The chosen thing in the middle, around it all it is directly tied to, by class.",
      },
      rel: {
        lead: "leads", participant: "takes part", joint: "jointly", implementer: "implements", partner: "partner", leads: "leader → participant", both: "both take part",
        peers: "both lead or implement", mixed: "other pairs of roles", mode: "names mode", stacked: "stacked with", defines: "defines mode", port: "at port", platform: "on platform", outcome: "outcome", target: "target",
        contains: "contains", part: "practice of", explains: "explains", based_on: "based on", issued: "issued by", member: "member", bundle: "ties",
      },
      group: {
        lead: ["Led by", "Measures it leads"], participant: ["Participants", "Measures it takes part in"], joint: ["Joint owners", "Measures it owns jointly"], implementer: ["Implementers", "Measures it implements"], partner: ["Partners", "Measures it is partner in"],
        mode: ["Clearance modes", "Measures naming it"], stacked: ["Stacked with", "Stacked with"], defines: ["Defines", "Stated definition"], port: ["Ports", "Measures naming it"], platform: ["Platforms", "Measures naming it"],
        outcome: ["Outcomes", "Comes from"], target: ["Targets", "Comes from"], contains: ["Items", "Document"], part: ["Practices", "Case"], explains: ["Explains", "Explained by"], based_on: ["Based on", "Basis of"], issued: ["Issuer", "Documents issued"], member: ["Members", "Working groups"],
      },
      basis_of: { stated: "stated", group: "by group", issuer: "by issuer", provisional: "provisional" },
      basis_long: { stated: "the document names it", group: "the document names a group; this is one of its members", issuer: "the document names nobody; its issuer is presumed", provisional: "no authority file knows this name; recognised by its form" },
      stance: { uses: "uses", promotes: "promotes", mentions: "mentions" },
      about_of: {
        title: "title", number: "number", issuer: "issuer", issued: "date", kind: "kind", source: "file", section: "section", clause_state: "owner clause", family: "family", locode: "code", jurisdiction: "jurisdiction", system: "system",
        indicator: "indicator", flow: "flow", value: "value", value_to: "to", unit: "unit", direction: "direction", bound: "bound", baseline: "baseline", from_value: "from", period_start: "start", period_end: "end", deadline: "deadline",
      },
      value_of: { named: "only named", absent: "names no owner", unread: "clause not understood", stated: "names its owners", yoy: "year on year", mom: "month on month" },
    },
  };

  // Shape and dash say the same as colour, for those who do not see it.
  const SHAPES = { agency: "dot", group: "ring", measure: "square", mode: "diamond", port: "triangle", platform: "triangleDown", outcome: "star", target: "hexagon", interpretation: "square", document: "page" };
  const LINES = {
    lead: { c: "lead", w: 2.2 }, participant: { c: "participant", w: 1.2, dash: [7, 4] }, joint: { c: "joint", w: 1.4, dash: [2, 3] }, implementer: { c: "implementer", w: 2 },
    partner: { c: "partner", w: 1.4, dash: [10, 4, 2, 4] }, leads: { c: "leads", w: 1.1, arrow: true }, both: { c: "both", w: 0.9, dash: [2, 5] },
    peers: { c: "peers", w: 1, dash: [9, 3, 2, 3] }, mixed: { c: "mixed", w: 1, dash: [5, 5] }, mode: { c: "mode", w: 1.2 }, stacked: { c: "stacked", w: 4 }, defines: { c: "interpretation", w: 1.4, dash: [3, 3] },
    port: { c: "port", w: 1.2 }, platform: { c: "platform", w: 1.2 }, outcome: { c: "outcome", w: 1 }, target: { c: "target", w: 1 }, contains: { c: "other", w: 0.7 },
    part: { c: "measure", w: 1, arrow: true }, explains: { c: "interpretation", w: 1.6, arrow: true }, based_on: { c: "document", w: 1.6, arrow: true, dash: [6, 3] }, issued: { c: "agency", w: 1.2, dash: [2, 3] }, member: { c: "group", w: 1, dash: [1, 3] },
  };
  const ROLES = ["lead", "participant", "joint", "implementer", "partner"];
  const VIEWS = ["coown", "um", "modes", "ports", "lineage", "whole", "ego"];
  const BASES = ["stated", "group", "issuer"];
  const HOME = { agency: "coown", group: "whole", measure: "um", mode: "modes", port: "ports", document: "lineage", interpretation: "lineage", outcome: "modes" };
  const ROWS = 300;
  const GUESTS = 50; // nodes outside an opened group that are shown with it

  // ---------------------------------------------------------------- data
  const data = JSON.parse(document.getElementById("data").textContent);
  const things = data.things;
  const facts = data.facts.map(([s, o, rel, doc, at, w, basis, via, stance], n) => ({ n, s, o, rel, doc, at, quote: data.words[w], basis, via, stance }));
  const byId = new Map(things.map((thing, n) => [thing.id, n]));
  const touching = things.map(() => []);
  facts.forEach((fact) => { touching[fact.s].push(fact); if (fact.o !== fact.s) touching[fact.o].push(fact); });
  const $ = (id) => document.getElementById(id);
  const clean = (text) => text.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g, " ");
  /** Cut to the width of n Chinese characters; a Latin letter is half as wide. */
  function short(text, n) {
    let width = 0, end = 0;
    for (const letter of clean(text.length > 8 * n ? text.slice(0, 8 * n) : text)) {
      width += letter.codePointAt(0) < 0x1100 ? 0.55 : 1;
      if (width > n) return clean(text.slice(0, Math.max(0, end - 1))) + "…";
      end += letter.length;
    }
    return clean(text.slice(0, end));
  }

  let lang = recall("lang") || data.lang;
  let theme = recall("theme") || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  const t = (key) => WORDS[lang][key];
  /** A thing's name in the reader's language where the sources have one. */
  const name = (n) => (n < 0 ? groupName(-1 - n) : (lang === "en" && things[n].e) || things[n].l);
  const kindOf = (n) => (n < 0 ? "bubble" : things[n].c);
  const forest = data.groups ? guanlianMap.tree(data.groups) : null;
  /** A group by its best known things, or by its stretch of a document; negative nodes are groups. */
  function groupName(g) {
    const [, names, first, last] = forest.list[g];
    const title = (n, long) => (things[n].c === "document" ? `《${short(name(n), long)}》` : short(name(n), long));
    if (first >= 0) return `${title(names[0], 16)} ${things[first].n}–${things[last].n}`;
    return names.slice(0, 2).map((n) => title(n, 12)).join(lang === "zh" ? "、" : ", ") + (names.length > 2 ? t("others") : "");
  }
  const called = (group, key) => WORDS[lang][group][key] || key;

  function recall(key) { try { return localStorage.getItem("guanlian." + key); } catch { return null; } }
  function remember(key, value) { try { localStorage.setItem("guanlian." + key, value); } catch { /* private window */ } }

  /** An element with attributes and children; strings become text. */
  function h(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (key === "on") element.addEventListener("click", value);
      else if (value === true) element.setAttribute(key, "");
      else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value);
    }
    element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
    return element;
  }
  function drawn(tag, attributes, ...children) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();

  // ---------------------------------------------------------------- state, kept in the address
  const blank = () => ({ view: "coown", node: null, edge: null, off: new Set(), min: 0, ego: [], hidden: new Set(), open: -1, moved: new Map(), start: null, path: null, camera: null });
  let state = blank();
  let written = null;
  let bundled = null; // the lines between two groups that the panel lists

  function serialise(camera) {
    const parts = new URLSearchParams();
    const id = (n) => things[n].id;
    parts.set("v", state.view);
    if (state.node !== null) parts.set("s", id(state.node));
    if (state.edge) parts.set("e", JSON.stringify([id(state.edge.a), id(state.edge.b), state.edge.kind]));
    if (state.off.size) parts.set("off", JSON.stringify([...state.off].sort()));
    if (state.min) parts.set("min", state.min);
    if (state.ego.length) parts.set("ego", JSON.stringify(state.ego.map(id)));
    if (state.hidden.size) parts.set("hide", JSON.stringify([...state.hidden].map(id)));
    if (state.open >= 0) parts.set("in", state.open);
    if (state.path) parts.set("path", JSON.stringify(state.path.map(id)));
    if (state.moved.size) parts.set("at", JSON.stringify([...state.moved].map(([n, [x, y]]) => [id(n), Math.round(x), Math.round(y)])));
    if (camera) parts.set("cam", [Math.round(camera.x), Math.round(camera.y), camera.scale.toFixed(3)].join(","));
    return parts.toString();
  }
  function parse(text) {
    const next = blank();
    const parts = new URLSearchParams(text);
    const list = (key) => { try { const value = JSON.parse(parts.get(key) || "[]"); return Array.isArray(value) ? value : []; } catch { return []; } };
    const known = (ids) => ids.map((id) => byId.get(id)).filter((n) => n !== undefined);
    if (VIEWS.includes(parts.get("v"))) next.view = parts.get("v");
    if (byId.has(parts.get("s"))) next.node = byId.get(parts.get("s"));
    const [a, b] = known(list("e").slice(0, 2));
    if (b !== undefined) next.edge = { a, b, kind: String(list("e")[2]) };
    next.off = new Set(list("off").map(String));
    next.min = Math.max(0, parseInt(parts.get("min"), 10) || 0);
    next.ego = known(list("ego"));
    next.hidden = new Set(known(list("hide")));
    if (forest && /^[0-9]+$/.test(parts.get("in") || "") && Number(parts.get("in")) < forest.list.length) next.open = Number(parts.get("in"));
    const path = known(list("path"));
    if (path.length === 2) next.path = path;
    for (const [id, x, y] of list("at")) if (byId.has(id) && Number.isFinite(x) && Number.isFinite(y)) next.moved.set(byId.get(id), [x, y]);
    const camera = (parts.get("cam") || "").split(",").map(Number);
    if (camera.length === 3 && camera.every(Number.isFinite) && camera[2] > 0) next.camera = { x: camera[0], y: camera[1], scale: camera[2] };
    return next;
  }
  /** Change the state and show it; every change is a step that Undo (or the browser's Back) takes back. */
  function change(patch, options = {}) {
    const before = state.view, within = state.open;
    if (patch.view && patch.view !== before) Object.assign(state, { moved: new Map(), open: -1 });
    if (patch.open !== undefined && patch.open !== within) state.moved = new Map();
    bundled = null;
    Object.assign(state, patch);
    written = "#" + serialise();
    if (location.hash !== written) location.hash = written;
    show(options.fit ?? (state.view !== before || state.open !== within));
    if (options.fly !== undefined) fly(options.fly);
  }
  addEventListener("hashchange", () => {
    if (location.hash === written || decodeURIComponent(location.hash) === decodeURIComponent(written || "")) return;
    const before = state.view + state.open;
    bundled = null;
    state = parse(location.hash.slice(1));
    written = location.hash;
    drawnKey = ""; // places may have changed too
    show(before !== state.view + state.open || Boolean(state.camera));
  });

  // ---------------------------------------------------------------- what a view shows
  const cache = new Map();
  /** Nodes and lines of a view; computed beforehand except the neighbourhood of what is chosen. */
  function base(name) {
    if (name === "ego") return around(state.ego);
    if (!cache.has(name)) {
      const { nodes, edges } = data.views[name];
      cache.set(name, { nodes, edges: edges.map((edge, n) => ({ ...edge, n, facts: edge.facts.map((f) => facts[f]), paired: name === "coown" })) });
    }
    return cache.get(name);
  }
  function around(centres) {
    const places = new Map();
    centres.forEach((centre, rank) => {
      if (!places.has(centre)) places.set(centre, [rank * 700, 0]);
      const [cx, cy] = places.get(centre);
      const fresh = [...new Set(touching[centre].flatMap((fact) => [fact.s, fact.o]))].filter((n) => !places.has(n));
      fresh.sort((a, b) => data.classes.indexOf(things[a].c) - data.classes.indexOf(things[b].c) || things[a].l.localeCompare(things[b].l, "zh"));
      const out = rank ? Math.atan2(cy, cx) : 0;
      const spread = rank ? Math.PI * 1.1 : Math.PI * 2;
      let ring = 0, done = 0;
      while (done < fresh.length) {
        const radius = 230 + ring * 130;
        const room = Math.min(fresh.length - done, Math.max(6, Math.floor((spread * radius) / 95)));
        for (let i = 0; i < room; i++) {
          const angle = out - spread / 2 + (spread * (i + (rank ? 0.5 : 0))) / room + Math.PI / (rank ? 1e9 : 2) + (ring % 2) * 0.12;
          places.set(fresh[done + i], [Math.round(cx + 1.35 * radius * Math.cos(angle)), Math.round(cy + radius * Math.sin(angle))]);
        }
        done += room;
        ring += 1;
      }
    });
    const chosen = new Set(centres);
    const nodes = [...places].map(([id, [x, y]]) => ({ id, x, y, size: chosen.has(id) ? 24 : 13 }));
    const merged = new Map();
    for (const id of places.keys()) for (const fact of touching[id]) {
      if (fact.s === fact.o || !places.has(fact.s) || !places.has(fact.o)) continue;
      const key = [fact.s, fact.o, fact.rel].join();
      if (!merged.has(key)) merged.set(key, { from: fact.s, to: fact.o, kind: fact.rel, facts: [], n: merged.size });
      const edge = merged.get(key);
      if (!edge.facts.includes(fact)) edge.facts.push(fact);
    }
    const edges = [...merged.values()];
    const between = new Map();
    for (const edge of edges) { const key = [edge.from, edge.to].sort().join(); between.set(key, [...(between.get(key) || []), edge]); }
    for (const group of between.values()) group.forEach((edge, i) => { const bend = (i - (group.length - 1) / 2) * 0.22; edge.bend = edge.from <= edge.to ? bend : -bend; });
    return { nodes, edges };
  }
  const years = things.map((thing) => (thing.c === "document" && thing.a && /^[0-9]{4}/.test(thing.a.issued || "") ? thing.a.issued.slice(0, 4) : ""));
  const seat = (n) => (things[n].a && things[n].a.jurisdiction) || "";
  const passes = (fact) => !state.off.size || !(fact.doc >= 0 && state.off.has("y:" + years[fact.doc])) && !state.off.has("d:" + (fact.doc < 0 ? "" : things[fact.doc].id)) && !(fact.basis && state.off.has("b:" + fact.basis));
  /** The facts behind a line that pass the filters: single, or in pairs for co-ownership. */
  function behind(edge) {
    if (!edge.paired) return edge.facts.filter(passes).map((fact) => [fact]);
    const pairs = [];
    for (let i = 0; i < edge.facts.length; i += 2) if (passes(edge.facts[i]) && passes(edge.facts[i + 1])) pairs.push([edge.facts[i], edge.facts[i + 1]]);
    return pairs;
  }
  const measures = (groups) => new Set(groups.map((group) => group[0].at)).size;
  /** Below this many shared measures a line is left out at first, so that the start picture can be read. */
  function firstMinimum() {
    const counts = base("coown").edges.map((edge) => measures(behind(edge)));
    const left = (weight) => counts.filter((count) => count >= weight).length;
    let least = 1;
    while (least < 30 && left(least) > 160) least += 1;
    if (left(least) < 25 && left(least - 1) < 800) least -= 1;
    least = Math.max(1, least);
    return least;
  }
  let least = null;
  const minimum = () => state.min || (least ??= firstMinimum());

  function visible() {
    const view = base(state.view);
    const nodeOn = (n) => !state.off.has("c:" + things[n].c) && !state.hidden.has(n) && !(things[n].c === "agency" && state.off.has("j:" + seat(n)));
    const edges = [];
    const lines = new Set();
    const inside = large(state.view) && state.open >= 0 ? forest.inside(state.open) : null;
    const free = !state.off.size;
    for (const edge of view.edges) {
      if (inside && !inside[edge.from] && !inside[edge.to]) continue;
      if (free && !edge.paired && !state.hidden.size) { edges.push((edge.whole ??= { ...edge, groups: edge.facts.map((fact) => [fact]), count: edge.facts.length })); lines.add(edge.from).add(edge.to); continue; }
      if (state.off.has("r:" + edge.kind) || !nodeOn(edge.from) || !nodeOn(edge.to)) continue;
      const groups = behind(edge);
      const count = edge.paired ? measures(groups) : groups.length;
      if (!count || (edge.paired && count < minimum())) continue;
      edges.push({ ...edge, groups, count });
      lines.add(edge.from).add(edge.to);
    }
    const tied = (view.tied ??= new Set(view.edges.flatMap((edge) => [edge.from, edge.to])));
    const alone = (n) => !tied.has(n) && touching[n].some(passes);
    const nodes = view.nodes.filter(({ id }) => nodeOn(id) && (lines.has(id) || alone(id) || id === state.node || state.ego.includes(id) && state.view === "ego"));
    return large(state.view) ? grouped(nodes, edges, view) : { nodes, edges, view, rows: edges };
  }
  const large = (view) => forest !== null && view !== "ego" && base(view).nodes.length > data.groups.whole;
  /** Is a group of a view small enough to show its nodes? */
  function drawable(view, open) {
    if (open < 0) return false;
    if (forest.isLeaf(open)) return true;
    const inside = forest.inside(open);
    return base(view).nodes.filter(({ id }) => inside[id]).length <= data.groups.opened;
  }
  const spots = new Map();
  /** A large view: the groups under the one that is open, or its nodes; places never move with the filters. */
  function grouped(nodes, edges, view) {
    const open = state.open, key = state.view + open, inside = forest.inside(open);
    const rows = open < 0 ? edges : edges.filter(({ from, to }) => inside[from] || inside[to]);
    if (drawable(state.view, open)) {
      if (!spots.has(key)) spots.set(key, guanlianMap.opened(view.nodes, view.edges, inside, GUESTS));
      const within = spots.get(key), on = new Set(nodes.map(({ id }) => id)), there = new Set(within.nodes.map(({ id }) => id));
      const drawnEdges = edges.filter(({ from, to }) => there.has(from) && there.has(to) && (inside[from] || inside[to]));
      return { nodes: within.nodes.filter(({ id }) => on.has(id)), edges: drawnEdges, view: within, rows };
    }
    const under = forest.under(open);
    if (!spots.has(key)) spots.set(key, new Map(guanlianMap.bubbles(view.nodes, view.edges, under).nodes.map((node) => [node.id, node])));
    const found = guanlianMap.bubbles(nodes, edges, under);
    for (const node of found.nodes) { const { x, y } = spots.get(key).get(node.id) || node; Object.assign(node, { x, y }); }
    return { ...found, view, rows, total: nodes.filter(({ id }) => under[id] >= 0).length };
  }
  /** The groups to open so that a thing of a large view is drawn. */
  const holding = (view, n) => { const up = forest.of(n); return up.find((g) => drawable(view, g)) ?? up[up.length - 1]; };

  // ---------------------------------------------------------------- picture
  let network = null;
  let shown = { nodes: [], edges: [], rows: [], view: { nodes: [], edges: [] } };
  let paint = {};
  let hovered = null;
  let marked = null; // the group that Enter opens
  let stout = 1;
  let focus = { nodes: new Set(), edges: new Set() };

  function page(ctx, x, y, r, fill, edge) {
    const w = r * 0.8;
    ctx.beginPath();
    ctx.moveTo(x - w, y - r); ctx.lineTo(x + w * 0.4, y - r); ctx.lineTo(x + w, y - r * 0.45); ctx.lineTo(x + w, y + r); ctx.lineTo(x - w, y + r); ctx.closePath();
    ctx.fillStyle = fill; ctx.fill(); ctx.strokeStyle = edge; ctx.lineWidth = 1.2; ctx.stroke();
    ctx.beginPath();
    for (const k of [-0.1, 0.3, 0.7]) { ctx.moveTo(x - w * 0.55, y + r * k); ctx.lineTo(x + w * 0.55, y + r * k); }
    ctx.stroke();
  }
  function nodeStyle(node) {
    const kind = kindOf(node.id);
    const [x, y] = state.moved.get(node.id) || [node.x, node.y];
    if (kind === "bubble") return { id: node.id, x, y, size: node.size, shape: "dot", borderWidth: 3, color: { background: paint.tint, border: paint.agency } };
    const hollow = things[node.id].p === 1;
    const fill = paint[kind];
    const style = { id: node.id, x, y, size: node.size, borderWidth: hollow ? 3 : 1.2, color: { background: hollow ? paint.paper : fill, border: hollow ? fill : paint.paper }, shape: SHAPES[kind] };
    if (node.guest) style.opacity = 0.45;
    if (hollow) style.shapeProperties = { borderDashes: [4, 3] };
    if (kind === "interpretation") Object.assign(style, { color: { background: paint.paper, border: fill }, borderWidth: 2.5 });
    if (style.shape === "ring") Object.assign(style, { shape: "dot", borderWidth: 5, color: { background: paint.paper, border: fill } });
    if (style.shape === "page") {
      style.shape = "custom";
      style.ctxRenderer = ({ ctx, x: px, y: py }) => ({ drawNode() { page(ctx, px, py, node.size + 3, fill, paint.paper); }, nodeDimensions: { width: 2 * node.size, height: 2 * node.size } });
    }
    return style;
  }
  function edgeStyle(edge, many) {
    const line = LINES[edge.kind] || { c: "other", w: 1 };
    const width = edge.kind === "bundle" ? 1 + 13 * Math.sqrt(edge.share) : edge.paired ? Math.min(12, line.w * (0.6 + 1.1 * Math.sqrt(edge.count - 0.6))) : line.w * stout;
    return {
      id: edge.n, from: edge.from, to: edge.to, width, selectionWidth: 0, hoverWidth: 0,
      color: { color: paint[line.c], opacity: edge.kind === "both" ? 0.75 : edge.paired ? 0.72 : 0.62, inherit: false },
      dashes: !many && line.dash ? line.dash.map((d) => d * Math.max(1, width / 3)) : false,
      arrows: line.arrow ? { to: { enabled: true, scaleFactor: Math.max(0.28, 0.75 - width * 0.04) } } : undefined,
      smooth: edge.bend ? { enabled: true, type: edge.bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(edge.bend) } : false,
    };
  }
  let drawnKey = "";
  function draw(fit) {
    const absent = state.node !== null && !shown.nodes.some(({ id }) => id === state.node);
    const key = JSON.stringify([state.view, state.open, [...state.off].sort(), state.min, state.ego, [...state.hidden], lang, theme, absent && state.node]);
    if (key === drawnKey && !fit) return false;
    drawnKey = key;
    paint = Object.fromEntries([...data.classes, ...Object.values(LINES).map((line) => line.c), "paper", "ink", "soft", "tint", "fonts"].map((name) => [name, colour(name)]));
    shown = visible();
    const many = shown.edges.length > 1200;
    marked = null;
    stout = Math.min(2.2, 0.9 + Math.sqrt(shown.nodes.length) / 18); // a large picture is seen from afar
    const content = { nodes: new vis.DataSet(shown.nodes.map(nodeStyle)), edges: new vis.DataSet(shown.edges.map((edge) => edgeStyle(edge, many))) };
    const options = {
      physics: { enabled: false }, layout: { improvedLayout: false }, nodes: { chosen: false, font: { size: 0 } }, edges: { chosen: false, arrowStrikethrough: false },
      interaction: { hover: shown.edges.length < 4000, hoverConnectedEdges: false, selectConnectedEdges: false, hideEdgesOnDrag: shown.edges.length > 300, hideEdgesOnZoom: shown.edges.length > 3000, multiselect: false, tooltipDelay: 1e9 },
    };
    const camera = network && !fit ? { position: network.getViewPosition(), scale: network.getScale() } : null;
    if (!network) {
      network = new vis.Network($("picture"), content, options);
      listen();
    } else {
      network.setOptions(options);
      network.setData(content);
    }
    if (state.camera) { network.moveTo({ position: state.camera, scale: state.camera.scale, animation: false }); state.camera = null; }
    else if (camera) network.moveTo({ ...camera, animation: false });
    else refit();
    return true;
  }
  function refit(animated = false) {
    network.fit({ animation: false, maxZoomLevel: 1.4 });
    const scale = network.getScale() * 0.92; // room for the names at the rim
    network.moveTo({ scale, animation: animated && !calm() ? { duration: 250 } : false });
  }
  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  function setFocus() {
    focus = { nodes: new Set(), edges: new Set() };
    if (state.path) {
      for (const hop of path().hops) { focus.nodes.add(hop.from).add(hop.to); for (const edge of shown.edges) if ((edge.from === hop.from && edge.to === hop.to) || (edge.from === hop.to && edge.to === hop.from)) focus.edges.add(edge.n); }
      state.path.forEach((n) => focus.nodes.add(n));
    } else if (state.edge) {
      const { a, b } = state.edge;
      focus.nodes.add(a).add(b);
      for (const edge of shown.edges) if ((edge.from === a && edge.to === b) || (edge.from === b && edge.to === a)) focus.edges.add(edge.n);
    } else if (state.node !== null && state.view !== "ego" && shown.nodes.some(({ id }) => id === state.node)) { // what another view chose veils nothing here
      focus.nodes.add(state.node);
      for (const edge of shown.edges) if (edge.from === state.node || edge.to === state.node) { focus.edges.add(edge.n); focus.nodes.add(edge.from).add(edge.to); }
    }
  }
  /** Veil all but what is chosen, then names that do not cover each other, the weighty ones first. */
  function overlay(ctx) {
    const scale = network.getScale();
    const box = $("picture").getBoundingClientRect();
    const corner = network.DOMtoCanvas({ x: 0, y: 0 });
    const far = network.DOMtoCanvas({ x: box.width, y: box.height });
    if (focus.nodes.size) {
      ctx.save();
      ctx.globalAlpha = 0.82; ctx.fillStyle = paint.paper;
      ctx.fillRect(corner.x, corner.y, far.x - corner.x, far.y - corner.y);
      ctx.restore();
      for (const id of focus.edges) { network.body.edges[id]?.draw(ctx); network.body.edges[id]?.drawArrows(ctx); }
      for (const id of focus.nodes) network.body.nodes[id]?.draw(ctx);
    }
    const ringed = marked ?? (state.node !== null && shown.total ? -1 - (forest.under(state.open)[state.node] ?? -1) : state.node);
    if (ringed !== null && network.body.nodes[ringed]) {
      const { x, y } = network.body.nodes[ringed];
      const size = (network.body.nodes[ringed].options.size || 12) + 5 / scale;
      ctx.beginPath(); ctx.arc(x, y, size, 0, 2 * Math.PI); ctx.lineWidth = 2.5 / scale; ctx.strokeStyle = paint.ink; ctx.stroke();
    }
    names(ctx, scale, corner, far);
  }
  function rank(node) {
    const { id, size } = node;
    if (id < 0) return size + (id === hovered || id === marked ? 1e6 : 0);
    return (id === hovered || id === state.node ? 1e6 : 0) + (focus.nodes.has(id) ? 1e4 : 0) + (state.ego.includes(id) && state.view === "ego" ? 1e3 : 0) + size * ({ document: 2, agency: 1.3, group: 1.2, mode: 1.2, measure: 0.8, outcome: 0.6 }[things[id].c] || 1);
  }
  function names(ctx, scale, corner, far) {
    const inside = [];
    for (const node of shown.nodes) {
      const body = network.body.nodes[node.id];
      if (!body || body.x < corner.x || body.x > far.x || body.y < corner.y || body.y > far.y) continue;
      if (focus.nodes.size && !focus.nodes.has(node.id) && node.id !== hovered) continue;
      inside.push([rank(node), node, body]);
    }
    inside.sort((a, b) => b[0] - a[0] || a[1].id - b[1].id);
    const taken = [];
    const edge = [corner.x * scale, corner.y * scale, far.x * scale, far.y * scale];
    const free = (l, top, r, bottom) => !taken.some((b) => l < b[2] && r > b[0] && top < b[3] && bottom > b[1]);
    const discs = inside.slice(0, 400).map(([, node, body]) => [body.x * scale, body.y * scale, (node.size || 10) * scale]);
    ctx.textAlign = "center"; ctx.textBaseline = "middle"; ctx.lineJoin = "round";
    for (const [, node, body] of inside) {
      if (node.id >= 0) break;
      const px = Math.max(11, Math.min(17, node.size * scale * 0.5));
      ctx.font = `600 ${px / scale}px ${paint.fonts}`; ctx.fillStyle = paint.ink;
      if (node.size * scale > 9) ctx.fillText(String(node.count), body.x, body.y);
    }
    for (const [weight, node, body] of inside.slice(0, 700)) {
      const kind = kindOf(node.id);
      const strong = weight >= 1e6 || kind === "bubble" || ["agency", "group", "mode", "document"].includes(kind);
      const px = weight >= 1e6 ? 14 : kind === "agency" ? 12.5 : 11.5;
      const text = short(name(node.id), weight >= 1e6 ? 34 : kind === "bubble" ? 22 : strong ? 18 : 15);
      ctx.font = `${strong ? 600 : 400} ${px / scale}px ${paint.fonts}`;
      const width = ctx.measureText(text).width * scale + 4, height = px * 1.25;
      const r = (node.size + (kind === "document" ? 4 : 2)) * scale, x = body.x * scale, y = body.y * scale;
      const tries = [[x, y + r + height / 2 + 1], [x, y - r - height / 2 - 1], [x + r + width / 2 + 2, y], [x - r - width / 2 - 2, y]];
      const place = tries.find(([px0, py0]) => {
        const l = px0 - width / 2, right = px0 + width / 2, top = py0 - height / 2, bottom = py0 + height / 2;
        return l > edge[0] && right < edge[2] && top > edge[1] && bottom < edge[3] && free(l, top, right, bottom) && !discs.some(([dx, dy, dr]) => (dx !== x || dy !== y) && dx + dr * 0.8 > l && dx - dr * 0.8 < right && dy + dr * 0.8 > top && dy - dr * 0.8 < bottom);
      }) || (weight >= 1e6 ? tries[0] : null);
      if (!place) continue;
      taken.push([place[0] - width / 2, place[1] - height / 2, place[0] + width / 2, place[1] + height / 2]);
      ctx.lineWidth = 3.5 / scale; ctx.strokeStyle = paint.paper; ctx.strokeText(text, place[0] / scale, place[1] / scale);
      ctx.fillStyle = strong ? paint.ink : paint.soft; ctx.fillText(text, place[0] / scale, place[1] / scale);
      if (taken.length > 160) break;
    }
  }
  function listen() {
    network.on("afterDrawing", (ctx) => {
      overlay(ctx);
      if (!document.documentElement.dataset.ready) { document.documentElement.dataset.ready = String(Math.round(performance.now())); }
    });
    network.on("click", ({ nodes, edges }) => {
      if (nodes[0] < 0) openGroup(-1 - nodes[0]);
      else if (nodes.length) change({ node: nodes[0], edge: null, path: null });
      else if (edges.length) choose(shown.edges.find((edge) => edge.n === edges[0]));
      else if (state.node !== null || state.edge || state.path) change({ node: null, edge: null, path: null });
    });
    network.on("doubleClick", ({ nodes }) => { if (nodes[0] >= 0) change({ view: "ego", ego: [nodes[0]], node: nodes[0] }, { fit: true }); });
    network.on("dragEnd", ({ nodes }) => {
      for (const id of nodes) if (id >= 0) { const { x, y } = network.getPosition(id); state.moved.set(id, [x, y]); }
      if (nodes.length) { written = "#" + serialise(); location.hash = written; }
    });
    const tip = (text, pointer) => { const box = $("tip"); box.hidden = !text; if (!text) return; box.textContent = short(text, 160); box.style.left = Math.max(4, Math.min(pointer.DOM.x + 14, $("stage").clientWidth - 330)) + "px"; box.style.top = pointer.DOM.y + 16 + "px"; };
    network.on("hoverNode", ({ node, pointer }) => { hovered = node; tip(`${called("class", kindOf(node))} ${name(node)}`, pointer); network.redraw(); });
    network.on("blurNode", () => { hovered = null; tip(""); network.redraw(); });
    network.on("hoverEdge", ({ edge, pointer }) => { const found = shown.edges.find((one) => one.n === edge); if (found) tip(lineText(found), pointer); });
    network.on("blurEdge", () => tip(""));
    network.on("dragStart", () => tip(""));
    network.on("zoom", () => tip(""));
  }
  const lineText = (edge) => `${name(edge.from)} — ${called("rel", edge.kind)} — ${name(edge.to)}` + (edge.count > 1 ? ` (${edge.count})` : "");
  function openGroup(g) { hovered = null; $("tip").hidden = true; change({ open: g, node: null, edge: null, path: null }); }
  /** On to the next group of the picture, for the keyboard. */
  function markNext(step) {
    const ids = [...shown.nodes].sort((a, b) => b.count - a.count || b.id - a.id).map(({ id }) => id);
    marked = ids[(ids.indexOf(marked) + step + (step < 0 && marked === null ? 1 : 0) + ids.length) % ids.length];
    $("count").textContent = `${name(marked)} · ${shown.nodes.find(({ id }) => id === marked).count}`;
    network.redraw();
  }
  function crumbs() {
    const box = $("crumbs");
    const before = box.hidden;
    box.hidden = !large(state.view);
    if (before !== box.hidden) network?.setSize("100%", "100%"); // the picture's box has changed
    if (box.hidden) { box.replaceChildren(); return; }
    const path = state.open < 0 ? [] : forest.path(state.open);
    const step = (g, text) => (g === state.open ? h("span", { "aria-current": "location" }, h("bdi", {}, text)) : h("button", { type: "button", class: "link", "data-group": g, on: () => { openGroup(g); $("picture").focus(); } }, h("bdi", {}, text)));
    box.replaceChildren(...[-1, ...path].flatMap((g, i) => [i ? h("span", { "aria-hidden": "true" }, " › ") : "", step(g, g < 0 ? t("everything") : groupName(g))]));
  }
  function choose(edge) { if (edge && edge.kind === "bundle") { bundled = edge; Object.assign(state, { node: null, edge: null, path: null }); setFocus(); panel(); network.redraw(); } else if (edge) change({ edge: { a: edge.from, b: edge.to, kind: edge.kind }, node: null, path: null }); }
  function fly(id) {
    if (!network || !network.body.nodes[id]) return;
    network.focus(id, { scale: Math.max(network.getScale(), 0.9), animation: calm() ? false : { duration: 450, easingFunction: "easeInOutQuad" } });
  }

  // ---------------------------------------------------------------- legend that is the filter
  function icon(kind) {
    const shapes = {
      dot: ["circle", { cx: 8, cy: 8, r: 6 }], square: ["rect", { x: 2.5, y: 2.5, width: 11, height: 11 }], diamond: ["path", { d: "M8 1l7 7-7 7-7-7z" }], triangle: ["path", { d: "M8 1.5l7 12.5H1z" }],
      triangleDown: ["path", { d: "M8 14.5l7-12.5H1z" }], star: ["path", { d: "M8 .8l2.1 4.8 5.2.5-3.9 3.5 1.1 5.1L8 12.1l-4.5 2.6 1.1-5.1L.7 6.1l5.2-.5z" }], hexagon: ["path", { d: "M4.5 2h7L15 8l-3.5 6h-7L1 8z" }], page: ["path", { d: "M3 1h7l3 3v11H3zM5 7h6M5 10h6M5 13h4" }],
    };
    const [tag, attributes] = shapes[SHAPES[kind]] || ["circle", { cx: 8, cy: 8, r: 5 }];
    const hollow = kind === "interpretation" || kind === "document" || kind === "group";
    return drawn("svg", { class: "icon", viewBox: "0 0 16 16", "aria-hidden": "true" }, drawn(tag, { ...attributes, fill: hollow ? "none" : `var(--${kind})`, stroke: `var(--${kind})`, "stroke-width": hollow ? 2 : 0 }));
  }
  function swatch(kind) {
    const line = LINES[kind] || { c: "other", w: 1 };
    const parts = [drawn("path", { d: line.arrow ? "M1 7h20" : "M1 7h28", stroke: `var(--${line.c})`, "stroke-width": Math.max(1.6, line.w * 1.2), "stroke-dasharray": (line.dash || []).join(" "), fill: "none" })];
    if (line.arrow) parts.push(drawn("path", { d: "M20 2.5l9 4.5-9 4.5z", fill: `var(--${line.c})` }));
    return drawn("svg", { class: "line", viewBox: "0 0 30 14", "aria-hidden": "true" }, ...parts);
  }
  function choice(key, mark, text, count) {
    const on = !state.off.has(key);
    const box = h("input", { type: "checkbox", "data-key": key });
    box.checked = on;
    box.addEventListener("change", () => {
      const off = new Set(state.off);
      if (box.checked) off.delete(key); else off.add(key);
      change({ off });
      $("filters").querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
    });
    return h("label", { class: on ? "choice" : "choice off" }, box, mark, h("span", { class: "text" }, h("bdi", {}, text)), h("span", { class: "n" }, String(count)));
  }
  /** Counts are of the whole view, whatever is filtered: unticking one thing does not move the others. */
  const tallies = new Map();
  function tally() {
    const view = base(state.view);
    if (!tallies.has(view)) { if (tallies.size > 20) tallies.clear(); tallies.set(view, counted()); }
    return tallies.get(view);
  }
  function counted() {
    const { nodes, edges } = base(state.view);
    const count = { c: new Map(), r: new Map(), d: new Map(), b: new Map(), y: new Map(), j: new Map() };
    const add = (map, key) => map.set(key, (map.get(key) || 0) + 1);
    nodes.forEach(({ id }) => { add(count.c, things[id].c); if (things[id].c === "agency") add(count.j, seat(id)); });
    const seen = new Set();
    for (const edge of edges) {
      add(count.r, edge.kind);
      for (const fact of edge.facts) {
        if (seen.has(fact.n)) continue;
        seen.add(fact.n);
        if (fact.doc >= 0) { add(count.d, fact.doc); add(count.y, years[fact.doc]); }
        if (fact.basis) add(count.b, fact.basis);
      }
    }
    return count;
  }
  function filters() {
    const count = tally();
    const group = (title, choices) => (choices.length ? h("fieldset", {}, h("legend", {}, title), choices.length > 14 ? h("div", { class: "long" }, choices) : choices) : null);
    const plain = (letter, counts) => [...counts].sort((a, b) => (a[0] === "") - (b[0] === "") || (letter === "y" ? 0 : b[1] - a[1]) || (a[0] < b[0] ? -1 : 1)).map(([key, n]) => choice(letter + ":" + key, "", key ? short(key, 30) : t("unstated"), n));
    const parts = [h("button", { type: "button", id: "reset", disabled: !(state.off.size || state.min || state.hidden.size), on: () => change({ off: new Set(), min: 0, hidden: new Set() }) }, t("reset"))];
    parts.push(group(t("classes"), data.classes.filter((kind) => count.c.has(kind)).map((kind) => choice("c:" + kind, icon(kind), called("class", kind), count.c.get(kind)))));
    if (state.view === "coown") parts.push(slider());
    parts.push(group(t("relations"), Object.keys(LINES).filter((kind) => count.r.has(kind)).map((kind) => choice("r:" + kind, swatch(kind), called("rel", kind), count.r.get(kind)))));
    parts.push(group(t("basis"), BASES.filter((basis) => count.b.has(basis)).map((basis) => choice("b:" + basis, "", called("basis_of", basis), count.b.get(basis)))));
    if (count.y.size > 1) parts.push(group(t("years"), plain("y", count.y)));
    if (count.j.size > 1) parts.push(group(t("places"), plain("j", count.j)));
    parts.push(group(t("documents"), [...count.d].sort((a, b) => a[0] - b[0]).map(([doc, n]) => choice("d:" + things[doc].id, "", short(things[doc].l, 46), n))));
    $("filters").replaceChildren(...parts.filter(Boolean));
  }
  function slider() {
    const most = base("coown").edges.reduce((top, edge) => Math.max(top, measures(behind(edge))), 1);
    const output = h("output", {}, `${minimum()} ${t("items")}`);
    const input = h("input", { type: "range", id: "minimum", min: 1, max: Math.max(most, minimum()), step: 1, value: minimum(), "aria-label": t("weight") });
    input.value = String(minimum());
    input.addEventListener("input", () => { output.textContent = `${input.value} ${t("items")}`; });
    input.addEventListener("change", () => { change({ min: Number(input.value) }); $("minimum").focus(); });
    return h("fieldset", {}, h("legend", {}, t("weight")), h("div", { class: "range" }, input, output));
  }

  // ---------------------------------------------------------------- panel
  const link = (n, text) => h("button", { type: "button", class: "link", on: () => go(n) }, h("bdi", {}, text || short(name(n), 90)));
  const badge = (kind, text, title) => h("span", { class: "badge sure-" + kind, title: title || called("basis_long", kind) }, text || called("basis_of", kind));
  function source(fact) {
    const item = fact.at >= 0 ? things[fact.at] : null;
    const document_ = fact.doc >= 0 ? `《${short(things[fact.doc].l, 60)}》` : "";
    return document_ + (item && item.n ? " " + t("item")(item.n) : item && item.c === "document" ? " " + t("whole_document") : "");
  }
  function copyButton(text) {
    const button = h("button", { type: "button", class: "copy" }, t("copy"));
    button.addEventListener("click", () => copy(text, button, t("copied"), t("copy")));
    return button;
  }
  function copy(text, button, done, before) {
    const say = () => { button.textContent = done; setTimeout(() => { button.textContent = before; }, 1200); };
    const old = () => {
      const field = h("textarea", { class: "out" });
      field.value = text;
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
      say();
    };
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(say, old); else old();
  }
  const words = (fact) => [h("blockquote", { lang: "zh", dir: "auto" }, fact.quote || t("no_quote")), h("p", { class: "source hint" }, h("span", {}, h("bdi", {}, source(fact))), fact.quote ? copyButton(`${fact.quote} ——${source(fact)}`) : "")];
  function factRow(fact, from) {
    const other = fact.s === from ? fact.o : fact.s;
    const marks = [fact.basis ? badge(fact.basis) : "", fact.via ? h("span", { class: "hint" }, `${t("via")} `, h("bdi", {}, short(fact.via, 60))) : "", fact.stance ? h("span", { class: "badge" }, called("stance", fact.stance)) : "", things[other].p ? badge("provisional") : ""];
    const shape = icon(things[other].c);
    const own = fact.quote || ROLES.includes(fact.rel);
    return h("li", { class: "fact" }, h("div", { class: "head" }, shape, link(other), marks), own ? words(fact) : "");
  }
  /** A list that shows its first rows and offers the rest. */
  function listed(rows, first = 12) {
    const list = h("ul", { class: "facts" }, rows.slice(0, first).map((row) => row()));
    if (rows.length <= first) return [list];
    const more = h("button", { type: "button", class: "more" }, `${t("show_all")} ${rows.length - first}`);
    more.addEventListener("click", () => { list.append(...rows.slice(first).map((row) => row())); more.remove(); });
    return [list, more];
  }
  function panel() {
    const box = $("panel");
    if (state.path) box.replaceChildren(...pathPanel());
    else if (state.edge) box.replaceChildren(...edgePanel(state.edge));
    else if (bundled) box.replaceChildren(...bundlePanel(bundled));
    else if (large(state.view) && state.node === null) box.replaceChildren(...groupsPanel());
    else if (state.node !== null) box.replaceChildren(...nodePanel(state.node));
    else box.replaceChildren(...startPanel());
    box.scrollTop = 0;
  }
  function startPanel() {
    const most = things.map((thing, n) => [n, thing]).filter(([, thing]) => thing.c === "agency").map(([n]) => [n, new Set(touching[n].filter((fact) => ROLES.includes(fact.rel)).map((fact) => fact.s)).size]);
    most.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    return [h("h2", {}, called("view", state.view)), h("p", {}, t("empty_panel")), h("h3", {}, t("how")), h("ul", { class: "hint" }, t("tips").map((tip) => h("li", {}, tip))), h("h3", {}, t("top")),
      h("ul", { class: "facts" }, most.slice(0, 10).map(([n, count]) => h("li", { class: "head choice" }, icon("agency"), h("span", { class: "text" }, link(n)), h("span", { class: "n" }, String(count)))))];
  }
  /** The groups to choose from; in an opened group its units, then its other things. */
  function groupsPanel() {
    const head = state.open < 0 ? [h("h2", {}, called("view", state.view)), h("p", {}, t("about_groups"))] : [h("p", { class: "kind" }, t("in_group")), h("h2", {}, h("bdi", {}, groupName(state.open)))];
    const row = (button, count) => h("li", { class: "head choice" }, h("span", { class: "text" }, button), h("span", { class: "n" }, String(count)));
    if (!shown.total) {
      const own = shown.nodes.filter((node) => !node.guest).sort((a, b) => data.classes.indexOf(things[a.id].c) - data.classes.indexOf(things[b.id].c) || b.size - a.size || a.id - b.id);
      return [...head, h("p", {}, t("empty_panel")), ...listed(own.map(({ id }) => () => h("li", { class: "head choice" }, icon(things[id].c), h("span", { class: "text" }, link(id)))), 40)];
    }
    const open = (node) => h("button", { type: "button", class: "link", "data-group": -1 - node.id, on: () => { openGroup(-1 - node.id); $("picture").focus(); } }, h("bdi", {}, name(node.id)));
    const nodes = [...shown.nodes].sort((a, b) => b.count - a.count || b.id - a.id);
    return [...head, h("p", { class: "hint" }, t("groups_hint")), h("h3", {}, `${t("communities")} (${nodes.length})`), ...listed(nodes.map((node) => () => row(open(node), node.count)), 60)];
  }
  function bundlePanel({ from, to, edges }) {
    const kinds = new Map();
    for (const edge of edges) kinds.set(edge.kind, (kinds.get(edge.kind) || 0) + 1);
    const strongest = [...edges].sort((a, b) => b.count - a.count || (a.n < b.n ? -1 : 1));
    return [h("p", { class: "kind" }, t("bundle")(edges.length)), h("h2", {}, h("bdi", {}, `${name(from)} — ${name(to)}`)), h("div", { class: "acts" }, [...kinds].sort((a, b) => b[1] - a[1]).map(([kind, n]) => h("span", { class: "badge" }, `${called("rel", kind)} ${n}`))),
      ...listed(strongest.slice(0, 400).map((edge) => () => h("li", { class: "fact" }, h("button", { type: "button", class: "link", on: () => choose(edge) }, h("bdi", {}, short(lineText(edge), 80))))), 30)];
  }
  function nodePanel(n) {
    const thing = things[n];
    const parts = [h("p", { class: "kind" }, icon(thing.c), called("class", thing.c)), h("h2", {}, h("bdi", {}, clean(name(n)))), name(n) === thing.l ? "" : h("p", { class: "hint", lang: "zh" }, clean(thing.l))];
    if (thing.p) parts.push(badge("provisional"));
    const about = Object.entries(thing.a || {}).filter(([key, value]) => !(key === "title" && value === thing.l));
    if (thing.x) about.push(["aliases", thing.x.join("、")]);
    if (thing.d !== undefined) parts.push(h("p", { class: "hint" }, link(thing.d, `《${short(things[thing.d].l, 60)}》`), thing.n ? ` ${t("item")(thing.n)}` : ""));
    parts.push(h("dl", {}, about.flatMap(([key, value]) => [h("dt", {}, key === "aliases" ? t("aliases") : called("about_of", key)), h("dd", { class: "clip" }, h("bdi", {}, called("value_of", value)))])));
    parts.push(actions(n), ...sureness(touching[n]), ...partners(n));
    const groups = new Map();
    for (const fact of touching[n]) { const key = fact.rel + (fact.s === n ? ">" : "<"); groups.set(key, [...(groups.get(key) || []), fact]); }
    const order = Object.keys(LINES);
    for (const [key, found] of [...groups].sort((a, b) => order.indexOf(a[0].slice(0, -1)) - order.indexOf(b[0].slice(0, -1)))) {
      const [out, back] = WORDS[lang].group[key.slice(0, -1)] || [key, key];
      parts.push(h("h3", {}, `${key.endsWith(">") ? out : back} (${found.length})`), ...listed(found.map((fact) => () => factRow(fact, n))));
    }
    if (thing.c === "mode" || thing.c === "port" || thing.c === "platform") parts.push(...results(n));
    return parts;
  }
  /** Outcomes of the measures that name a mode or port. */
  function results(n) {
    const items = new Set(touching[n].map((fact) => fact.at));
    const found = [...items].filter((at) => at >= 0 && things[at].c !== "document").flatMap((at) => touching[at].filter((fact) => fact.rel === "outcome"));
    return found.length ? [h("h3", {}, `${t("in_figures")} (${found.length})`), ...listed(found.map((fact) => () => factRow(fact, fact.s)), 6)] : [];
  }
  function actions(n) {
    const button = (text, act, off = false) => h("button", { type: "button", disabled: off, on: act }, text);
    return h("div", { class: "acts" },
      state.view === "ego" && !state.ego.includes(n) ? button(t("expand"), () => change({ ego: [...state.ego, n] }, { fit: true })) : button(t("ego"), () => change({ view: "ego", ego: [n], node: n }, { fit: true }), state.view === "ego"),
      state.start === null || state.start === n ? button(t("path_from"), () => { state.start = n; panel(); }) : button(t("path_to"), () => change({ path: [state.start, n], start: null })),
      button(t("hide"), () => change({ hidden: new Set([...state.hidden, n]), node: null })),
      button(t("clear"), () => change({ node: null })),
      state.start !== null ? h("p", { class: "hint" }, t("path_hint")(short(name(state.start), 40)), " ", button(t("stop"), () => { state.start = null; panel(); })) : "");
  }
  function sureness(found) {
    const count = new Map();
    for (const fact of found) if (fact.basis) count.set(fact.basis, (count.get(fact.basis) || 0) + 1);
    if (!count.size) return [];
    return [h("h3", {}, t("sure")), h("div", { class: "acts" }, BASES.filter((basis) => count.has(basis)).map((basis) => badge(basis, `${called("basis_of", basis)} ${count.get(basis)}`)))];
  }
  function partners(n) {
    if (things[n].c !== "agency") return [];
    const count = new Map();
    for (const edge of base("coown").edges) {
      if (edge.from !== n && edge.to !== n) continue;
      const other = edge.from === n ? edge.to : edge.from;
      const items = count.get(other) || new Set();
      behind(edge).forEach(([fact]) => items.add(fact.at));
      if (items.size) count.set(other, items);
    }
    const rows = [...count].sort((a, b) => b[1].size - a[1].size || a[0] - b[0]).map(([other, items]) => () => h("li", { class: "head choice" }, icon("agency"), h("span", { class: "text" }, link(other)),
      h("span", { class: "n" }, String(items.size)), h("button", { type: "button", class: "copy", "data-pair": things[other].id, on: () => change({ view: "coown", edge: { a: n, b: other, kind: "" }, node: null, path: null }) }, t("see_edge"))));
    return rows.length ? [h("h3", {}, `${t("partners")} (${rows.length})`), ...listed(rows, 8)] : [];
  }
  function edgePanel({ a, b, kind }) {
    const joins = (edge) => (edge.from === a && edge.to === b) || (edge.from === b && edge.to === a);
    const edges = base(state.view === "ego" && !state.ego.length ? "whole" : state.view).edges.filter(joins);
    edges.sort((x, y) => (y.kind === kind) - (x.kind === kind));
    const all = edges.map((edge) => ({ ...edge, groups: behind(edge) })).filter((edge) => edge.groups.length);
    const total = new Set(all.flatMap((edge) => edge.groups.map((group) => group[0].at))).size;
    const parts = [h("p", { class: "kind" }, called("rel", kind || (all[0] || {}).kind || "")), h("h2", {}, link(a), ` ${t("between")} `, link(b)), h("div", { class: "acts" }, h("button", { type: "button", on: () => change({ edge: null }) }, t("clear")))];
    if (all.some((edge) => edge.paired)) parts.push(h("p", { class: "hint" }, t("behind")(total)));
    parts.push(...sureness([...new Set(all.flatMap((edge) => edge.groups.flat()))]));
    for (const edge of all) {
      parts.push(h("h3", {}, swatch(edge.kind), ` ${(LINES[edge.kind] || {}).arrow ? `${short(name(edge.from), 14)} → ${short(name(edge.to), 14)}` : called("rel", edge.kind)} (${edge.paired ? measures(edge.groups) : edge.groups.length})`));
      if (!edge.paired) parts.push(...listed(edge.groups.map(([fact]) => () => factRow(fact, edge.from))));
      else parts.push(...listed(edge.groups.map((pair) => () => pairRow(pair))));
    }
    return parts;
  }
  function pairRow(pair) {
    const who = (fact) => h("div", { class: "head" }, icon("agency"), h("bdi", {}, short(name(fact.o), 40)), h("span", { class: "badge" }, called("rel", fact.rel)), badge(fact.basis), things[fact.o].p ? badge("provisional") : "", fact.via ? h("span", { class: "hint" }, `${t("via")} ${short(fact.via, 40)}`) : "");
    const [first, second] = pair;
    return h("li", { class: "fact" }, h("div", { class: "head" }, icon(things[first.s].c), link(first.s)), who(first), who(second), words(first), second.quote !== first.quote ? words(second) : "");
  }
  /** Fewest hops over facts that pass the filters; that two things stand in one paper is no tie. */
  function path() {
    const [start, end] = state.path;
    const before = new Map([[start, null]]);
    const queue = [start];
    for (let i = 0; i < queue.length && !before.has(end); i++) {
      for (const fact of touching[queue[i]]) {
        if (["contains", "issued", "based_on"].includes(fact.rel) || !passes(fact)) continue;
        const next = fact.s === queue[i] ? fact.o : fact.s;
        if (!before.has(next)) { before.set(next, { from: queue[i], to: next, fact }); queue.push(next); }
      }
    }
    const hops = [];
    for (let at = end; before.get(at); at = before.get(at).from) hops.unshift(before.get(at));
    return { hops, found: before.has(end) };
  }
  function pathPanel() {
    const { hops, found } = path();
    const parts = [h("p", { class: "kind" }, t("path")), h("h2", {}, link(state.path[0]), " → ", link(state.path[1])), h("div", { class: "acts" }, h("button", { type: "button", on: () => change({ path: null }) }, t("clear")))];
    if (!found) return [...parts, h("p", {}, t("no_path"))];
    return [...parts, h("ol", { class: "facts" }, hops.map((hop) => h("li", { class: "fact" }, h("div", { class: "head" }, icon(things[hop.from].c), link(hop.from), h("span", { class: "badge" }, called("rel", hop.fact.rel)), hop.fact.basis ? badge(hop.fact.basis) : "", icon(things[hop.to].c), link(hop.to)), words(hop.fact))))];
  }
  /** Show a thing: in this view if it is there, else where its class is at home. */
  function go(n) {
    const has = (view) => view !== "ego" && base(view).nodes.some(({ id }) => id === n);
    const view = state.view === "ego" && shown.nodes.some(({ id }) => id === n) ? "ego" : has(state.view) ? state.view : has(HOME[things[n].c] || "whole") ? HOME[things[n].c] : "whole";
    const off = new Set([...state.off].filter((key) => key !== "c:" + things[n].c));
    const hidden = new Set([...state.hidden].filter((id) => id !== n));
    for (const key of ["j:" + seat(n), "y:" + years[things[n].d ?? n]]) off.delete(key);
    const open = large(view) ? (view === state.view && shown.nodes.some(({ id }) => id === n) ? state.open : holding(view, n)) : -1;
    change({ view, node: n, edge: null, path: null, off, hidden, open }, { fly: n });
  }

  // ---------------------------------------------------------------- search
  const index = things.map((thing, n) => ({ n, names: [thing.l, ...(thing.x || [])].map((name) => name.toLowerCase()), y: thing.y || "", z: thing.z || "", item: thing.n || "", c: data.classes.indexOf(thing.c) }));
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
    for (const [text, whole, start, part] of [[entry.z, 3, 4, 6], [entry.y, 3, 5, 7]]) {
      const at = sounds && text ? text.indexOf(sounds) : -1;
      if (at >= 0) best = Math.min(best, text === sounds ? whole : at === 0 ? start : part);
    }
    return best;
  }
  /** All characters of the query in order, as in 市口岸办 for 市人民政府口岸办公室. */
  function spread(name, query) {
    if (query.length < 2) return false;
    let at = -1;
    for (const letter of query) { at = name.indexOf(letter, at + 1); if (at < 0) return false; }
    return true;
  }
  function find(query) {
    const wanted = query.trim().toLowerCase();
    if (!wanted) return [];
    const hits = [];
    for (const entry of index) { const points = score(entry, wanted); if (points < 99) hits.push([points, entry]); }
    hits.sort((a, b) => a[0] - b[0] || a[1].c - b[1].c || a[1].names[0].length - b[1].names[0].length || a[1].n - b[1].n);
    return hits.slice(0, 40).map(([, entry]) => entry.n);
  }
  let hits = [], chosen = 0;
  function showResults() {
    const box = $("results"), input = $("q");
    hits = find(input.value);
    chosen = 0;
    const rows = hits.map((n, i) => {
      const thing = things[n];
      const row = h("li", { role: "option", id: "hit" + i, "aria-selected": "false" }, icon(thing.c), h("span", { class: "hit" }, h("bdi", {}, short(name(n), 80)), name(n) === thing.l ? "" : h("span", { class: "hint" }, ` ${short(thing.l, 40)}`)), h("span", { class: "what" }, called("class", thing.c) + (thing.d !== undefined ? " · " + short(things[thing.d].l, 18) : "")));
      row.addEventListener("mousedown", (event) => { event.preventDefault(); pick(i); });
      return row;
    });
    box.replaceChildren(...(rows.length ? rows : [h("li", { class: "none", role: "option", "aria-disabled": "true" }, t("nothing"))]));
    box.hidden = !input.value.trim();
    input.setAttribute("aria-expanded", String(!box.hidden));
    mark();
  }
  function mark() {
    [...$("results").children].forEach((row, i) => row.setAttribute("aria-selected", String(i === chosen && hits.length > 0)));
    if (hits.length) { $("q").setAttribute("aria-activedescendant", "hit" + chosen); $("hit" + chosen)?.scrollIntoView({ block: "nearest" }); } else $("q").removeAttribute("aria-activedescendant");
  }
  function pick(i) {
    if (hits[i] === undefined) return;
    closeResults();
    go(hits[i]);
  }
  function closeResults() { $("results").hidden = true; $("q").setAttribute("aria-expanded", "false"); $("q").removeAttribute("aria-activedescendant"); }

  // ---------------------------------------------------------------- table, exports
  const head = () => [t("from"), t("relation"), t("to"), t("number"), t("sure"), t("where"), t("words")];
  function lines() {
    const rows = shown.rows.map((edge) => {
      const found = edge.groups.flat();
      const sure = [...BASES.filter((basis) => found.some((fact) => fact.basis === basis)), ...(things[edge.from].p || things[edge.to].p ? ["provisional"] : [])].map((basis) => called("basis_of", basis)).join(lang === "zh" ? "、" : ", ");
      const items = new Map();
      for (const [fact] of edge.groups) items.set(fact.doc, (items.get(fact.doc) || new Set()).add(fact.at >= 0 ? things[fact.at].n || "" : ""));
      const where = [...items].map(([doc, numbers]) => (doc < 0 ? "" : `《${short(things[doc].l, 60)}》`) + ([...numbers].some(Boolean) ? " " + t("item")([...numbers].filter(Boolean).join(lang === "zh" ? "、" : ", ")) : "")).join("；");
      const quotes = [...new Set(edge.groups.flat().map((fact) => fact.quote).filter(Boolean))];
      return { edge, cells: [name(edge.from), called("rel", edge.kind), name(edge.to), String(edge.count), sure, where, quotes.join(" ‖ ")] };
    });
    return rows.sort((a, b) => b.edge.count - a.edge.count || a.edge.n - b.edge.n);
  }
  let tabular = false;
  function sheet() {
    const rows = lines();
    const body = h("tbody");
    const fill = (some) => body.append(...some.map(({ edge, cells }) => h("tr", {}, cells.map((cell, i) => h("td", { class: i === 3 ? "n" : "" }, i === 0 ? link(edge.from) : i === 2 ? link(edge.to) : i === 3 ? h("button", { type: "button", class: "link", on: () => choose(edge), "aria-label": `${cell} ${t("see_edge")}` }, cell) : h("bdi", {}, short(cell, 160)))))));
    fill(rows.slice(0, ROWS));
    const parts = [h("table", {}, h("caption", {}, t("as_table") + called("view", state.view) + (rows.length > ROWS ? ` · ${t("cut")(ROWS, rows.length)}` : "")), h("thead", {}, h("tr", {}, head().map((cell, i) => h("th", { scope: "col", class: i === 3 ? "n" : "" }, cell)))), body)];
    if (rows.length > ROWS) { const more = h("button", { type: "button", class: "more" }, t("show_all")); more.addEventListener("click", () => { fill(rows.slice(ROWS)); more.remove(); }); parts.push(more); }
    $("sheet").replaceChildren(...parts);
  }
  function save(name, blob) {
    const address = URL.createObjectURL(blob);
    const anchor = h("a", { href: address, download: name });
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(address), 5000);
  }
  function csv() {
    // A leading apostrophe keeps a spreadsheet from running a cell as a formula.
    const cell = (text) => `"${(/^[=+\-@\t\r\0＝＋－＠]/.test(text) ? "'" + text : text).replace(/"/g, '""')}"`;
    const text = "\ufeff" + [head(), ...lines().map((row) => row.cells)].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
    save(`guanlian-${state.view}.csv`, new Blob([text], { type: "text/csv;charset=utf-8" }));
  }
  function png() {
    const canvas = $("picture").querySelector("canvas");
    const copyOf = h("canvas", { width: canvas.width, height: canvas.height });
    const ctx = copyOf.getContext("2d");
    ctx.fillStyle = paint.paper;
    ctx.fillRect(0, 0, canvas.width, canvas.height);
    ctx.drawImage(canvas, 0, 0);
    copyOf.toBlob((blob) => save(`guanlian-${state.view}.png`, blob), "image/png");
  }
  function svg() {
    const places = network.getPositions();
    const xs = Object.values(places).map((p) => p.x), ys = Object.values(places).map((p) => p.y);
    const low = [Math.min(...xs) - 120, Math.min(...ys) - 60], size = [Math.max(...xs) - low[0] + 120, Math.max(...ys) - low[1] + 60];
    const picture = drawn("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: [...low, ...size].join(" "), width: size[0], height: size[1], "font-family": paint.fonts }, drawn("rect", { x: low[0], y: low[1], width: size[0], height: size[1], fill: paint.paper }));
    for (const edge of shown.edges) {
      const a = places[edge.from], b = places[edge.to];
      const style = edgeStyle(edge, false), bend = edge.bend || 0;
      const mid = [(a.x + b.x) / 2 + (b.y - a.y) * bend, (a.y + b.y) / 2 - (b.x - a.x) * bend];
      picture.append(drawn("path", { d: `M${a.x} ${a.y}Q${mid[0]} ${mid[1]} ${b.x} ${b.y}`, fill: "none", stroke: style.color.color, "stroke-opacity": style.color.opacity, "stroke-width": style.width, "stroke-dasharray": (style.dashes || []).join(" ") }));
    }
    for (const node of shown.nodes) {
      const { x, y } = places[node.id], kind = kindOf(node.id), r = node.size, fill = kind === "bubble" ? paint.tint : paint[kind];
      const shape = { square: ["rect", { x: x - r, y: y - r, width: 2 * r, height: 2 * r }], diamond: ["path", { d: `M${x} ${y - r}l${r} ${r}l${-r} ${r}l${-r} ${-r}z` }], triangle: ["path", { d: `M${x} ${y - r}l${r} ${1.8 * r}h${-2 * r}z` }], triangleDown: ["path", { d: `M${x} ${y + r}l${r} ${-1.8 * r}h${-2 * r}z` }], page: ["rect", { x: x - 0.8 * r, y: y - r, width: 1.6 * r, height: 2 * r }] }[SHAPES[kind]] || ["circle", { cx: x, cy: y, r }];
      const label = drawn("text", { x, y: y + r + 13, "font-size": 12, "text-anchor": "middle", fill: paint.ink, stroke: paint.paper, "stroke-width": 3, "paint-order": "stroke" });
      label.textContent = short(name(node.id), 18) + (node.id < 0 ? ` (${node.count})` : "");
      picture.append(drawn(shape[0], { ...shape[1], fill, stroke: kind === "bubble" ? paint.agency : paint.paper }), label);
    }
    save(`guanlian-${state.view}.svg`, new Blob([new XMLSerializer().serializeToString(picture)], { type: "image/svg+xml;charset=utf-8" }));
  }

  // ---------------------------------------------------------------- the page around it
  function show(fit) {
    if (state.view === "ego" && !state.ego.length && state.node !== null) state.ego = [state.node];
    crumbs();
    if (draw(fit)) { filters(); tabs(); }
    setFocus();
    panel();
    const { nodes, edges } = shown.view;
    $("count").textContent = state.view === "ego" && !state.ego.length ? t("ego_empty") : shown.total ? t("counts_groups")(shown.nodes.length, shown.total, shown.rows.length) : t("counts")(shown.nodes.length, shown.edges.length, nodes.length - shown.nodes.length, edges.length - shown.edges.length);
    $("about").textContent = called("about", state.view);
    if (tabular) sheet();
    network.redraw();
  }
  function tabs() {
    $("views").replaceChildren(...VIEWS.map((view) => {
      const on = view === state.view;
      return h("button", { type: "button", role: "tab", id: "view-" + view, "aria-selected": String(on), "aria-controls": "stage", tabindex: on ? 0 : -1, on: () => { change({ view, edge: null, path: null, ego: view === "ego" && state.node !== null ? [state.node] : state.ego }); $("view-" + view).focus(); } }, called("view", view));
    }));
  }
  function translate() {
    document.documentElement.lang = lang === "zh" ? "zh-Hans" : "en";
    for (const element of document.querySelectorAll("[data-t]")) element.textContent = t(element.dataset.t);
    for (const element of document.querySelectorAll("[data-a]")) element.setAttribute("aria-label", t(element.dataset.a));
    for (const element of document.querySelectorAll("[data-p]")) element.setAttribute("placeholder", t(element.dataset.p));
    $("lang").textContent = lang === "zh" ? "English" : "中文";
    $("lang").lang = lang === "zh" ? "en" : "zh-Hans";
    $("theme").textContent = theme === "dark" ? t("theme_light") : t("theme");
    document.title = `guanlian 关联 · ${t("title")}`;
  }
  function dress() {
    document.documentElement.dataset.theme = theme;
  }
  function wire() {
    const zoom = (factor) => network.moveTo({ scale: network.getScale() * factor, animation: false });
    $("lang").addEventListener("click", () => { lang = lang === "zh" ? "en" : "zh"; remember("lang", lang); translate(); show(false); });
    $("theme").addEventListener("click", () => { theme = theme === "dark" ? "light" : "dark"; remember("theme", theme); dress(); translate(); show(false); });
    $("undo").addEventListener("click", () => history.back());
    $("fit").addEventListener("click", () => refit(true));
    $("zoomin").addEventListener("click", () => zoom(1.3));
    $("zoomout").addEventListener("click", () => zoom(1 / 1.3));
    $("csv").addEventListener("click", csv);
    $("png").addEventListener("click", png);
    $("svg").addEventListener("click", svg);
    $("share").addEventListener("click", () => copy(location.href.split("#")[0] + "#" + serialise({ ...network.getViewPosition(), scale: network.getScale() }), $("share"), t("shared"), t("share")));
    $("astable").addEventListener("click", () => {
      tabular = !tabular;
      $("astable").setAttribute("aria-pressed", String(tabular));
      $("picture").hidden = tabular;
      $("sheet").hidden = !tabular;
      if (tabular) sheet(); else network.redraw();
    });
    $("q").addEventListener("input", showResults);
    $("q").addEventListener("focus", () => { if ($("q").value.trim()) showResults(); });
    $("q").addEventListener("blur", closeResults);
    $("q").addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); if (hits.length) chosen = (chosen + (event.key === "ArrowDown" ? 1 : hits.length - 1)) % hits.length; mark(); }
      else if (event.key === "Enter") { event.preventDefault(); pick(chosen); }
      else if (event.key === "Escape") { $("q").value = ""; closeResults(); }
    });
    $("views").addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: VIEWS.length - 1 }[event.key];
      if (step) { event.preventDefault(); $("view-" + VIEWS[(VIEWS.indexOf(state.view) + step) % VIEWS.length]).click(); }
    });
    $("picture").addEventListener("keydown", (event) => {
      const { x, y } = network.getViewPosition(), step = 80 / network.getScale();
      const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
      if (moves[event.key]) network.moveTo({ position: { x: x + moves[event.key][0], y: y + moves[event.key][1] }, animation: false });
      else if (event.key === "+" || event.key === "=") zoom(1.3);
      else if (event.key === "-") zoom(1 / 1.3);
      else if (event.key === "0") refit();
      else if (shown.total && (event.key === "[" || event.key === "]")) markNext(event.key === "]" ? 1 : -1);
      else if (event.key === "Enter" && marked !== null) openGroup(-1 - marked);
      else if (event.key === "Backspace" && large(state.view) && state.open >= 0) openGroup(forest.path(state.open).at(-2) ?? -1);
      else return;
      event.preventDefault();
    });
    document.addEventListener("keydown", (event) => {
      const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== "checkbox" && event.target.type !== "range";
      if (event.key === "/" && !typing) { event.preventDefault(); $("q").focus(); $("q").select(); }
      else if (event.key === "Escape" && !typing && (state.node !== null || state.edge || state.path)) change({ node: null, edge: null, path: null });
    });
  }

  dress();
  translate();
  state = parse(location.hash.slice(1));
  written = location.hash;
  show(true);
  wire();
  /** For scripts and tests: where a thing, or the middle of a line, is on the screen. */
  window.guanlian = {
    at(id) { const box = $("picture").getBoundingClientRect(), p = network.canvasToDOM(network.getPosition(byId.get(id))); return { x: box.x + p.x, y: box.y + p.y }; },
    node(n) { const box = $("picture").getBoundingClientRect(), p = network.canvasToDOM(network.getPosition(n)); return { x: box.x + p.x, y: box.y + p.y }; },
    shown() { return { groups: shown.total ? shown.nodes.map(({ id, count }) => ({ id, count, name: name(id) })) : [], open: state.open, rows: shown.rows.length, total: shown.total ?? shown.nodes.length }; },
    counts() { return { nodes: shown.nodes.length, edges: shown.edges.length }; },
    network,
  };
})();
