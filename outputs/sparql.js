"use strict";
// The SPARQL page: YASGUI where it has been brought in, else a plain editor with the same table.
(() => {
  const SHOWN = 1000;
  const form = document.getElementById("editor"), editor = document.getElementById("query"), samples = document.getElementById("samples");
  const status = document.getElementById("status"), answer = document.getElementById("answer");
  const usual = "PREFIX gl: <https://w3id.org/guanlian/ns#>\nPREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n\nSELECT ?unit (COUNT(?measure) AS ?led) WHERE {\n  ?measure gl:ledBy ?agency .\n  ?agency skos:prefLabel ?unit . FILTER(LANG(?unit) = \"zh-hans\")\n} GROUP BY ?unit ORDER BY DESC(?led) LIMIT 20\n";
  const given = editor.value;
  if (!given) editor.value = usual;

  if (window.Yasgui) { elaborate(); return; }

  samples.addEventListener("change", () => { if (samples.value) { editor.value = samples.value; editor.focus(); } });
  editor.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); } });
  form.addEventListener("submit", (event) => { if (!event.submitter || event.submitter.id !== "download") { event.preventDefault(); run(); } });
  if (given) run();

  async function run() {
    status.className = "";
    status.textContent = form.dataset.running;
    answer.replaceChildren();
    const started = performance.now();
    try {
      const accept = "application/sparql-results+json, text/turtle;q=0.9";
      const response = await fetch("/sparql", { method: "POST", headers: { "Content-Type": "application/sparql-query", Accept: accept }, body: editor.value });
      const text = await response.text();
      if (!response.ok) throw new Error(text.trim() || String(response.status));
      const took = ` · ${((performance.now() - started) / 1000).toFixed(2)} s`;
      if (response.headers.get("Content-Type").includes("json")) status.textContent = table(JSON.parse(text)) + took;
      else { const pre = document.createElement("pre"); pre.textContent = text; answer.append(pre); status.textContent = took.slice(3); }
    } catch (error) {
      status.className = "error";
      status.textContent = error instanceof TypeError ? form.dataset.failed : error.message;
    }
  }

  function table(result) {
    if ("boolean" in result) return String(result.boolean);
    const columns = result.head.vars, rows = result.results.bindings;
    const node = (name, ...inside) => { const made = document.createElement(name); made.append(...inside); return made; };
    const head = node("tr", ...columns.map((name) => node("th", name)));
    const body = rows.slice(0, SHOWN).map((row) => node("tr", ...columns.map((name) => node("td", ...cell(row[name])))));
    answer.replaceChildren(node("table", node("thead", head), node("tbody", ...body)));
    return `${rows.length} ${form.dataset.rows}` + (rows.length > SHOWN ? ` (${form.dataset.shown})` : "");
  }

  function cell(term) {
    if (!term) return [""];
    if (term.type !== "uri") return [term.value];
    if (!term.value.startsWith(document.body.dataset.base)) return [term.value];
    const link = document.createElement("a");
    link.textContent = term.value;
    link.href = local(term.value);
    return [link];
  }

  function local(iri) { return "/about?iri=" + encodeURIComponent(iri); }

  function elaborate() {
    form.hidden = true;
    const holder = document.getElementById("yasgui");
    holder.hidden = false;
    const yasgui = new window.Yasgui(holder, {
      requestConfig: { endpoint: location.origin + "/sparql", method: "POST" },
      copyEndpointOnNewTab: true, endpointCatalogueOptions: { getData: () => [] }, persistenceId: null,
      yasqe: { value: given || usual, prefixCcApi: null, createShareableLink: null, autocompleters: [] },
    });
    const tab = () => yasgui.getTab();
    tab().setQuery(given || usual);
    samples.addEventListener("change", () => { if (samples.value) tab().setQuery(samples.value); });
    holder.addEventListener("click", (event) => { // what has a page here opens here
      const link = event.target.closest("a[href]"), base = document.body.dataset.base;
      if (link && link.href.startsWith(base)) { event.preventDefault(); location.assign(local(decodeURI(link.href))); }
    }, true);
    if (given) tab().query();
  }
})();
