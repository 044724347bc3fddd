"use strict";
// Search that completes, copying, light and dark. Pages work without it.
(() => {
  const root = document.documentElement;
  const recall = (key) => { try { return localStorage.getItem("guanlian." + key); } catch { return null; } };
  const remember = (key, value) => { try { localStorage.setItem("guanlian." + key, value); } catch { /* private window */ } };
  const theme = recall("theme");
  if (theme === "dark" || theme === "light") root.dataset.theme = theme;

  const button = document.getElementById("theme");
  button.hidden = false;
  button.addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    remember("theme", root.dataset.theme);
  });

  async function copy(text) {
    if (navigator.clipboard) { await navigator.clipboard.writeText(text); return; }
    const holder = document.createElement("textarea"); // a page that is not from loopback has no clipboard
    holder.value = text;
    document.body.append(holder);
    holder.select();
    document.execCommand("copy");
    holder.remove();
  }
  document.addEventListener("click", async (event) => {
    const from = event.target.closest("[data-copy]");
    if (!from || from.dataset.was) return;
    try { await copy(from.dataset.copy); } catch { return; }
    from.dataset.was = from.textContent;
    from.textContent = document.body.dataset.copied;
    setTimeout(() => { from.textContent = from.dataset.was; delete from.dataset.was; }, 1200);
  });

  const box = document.getElementById("q"), list = document.getElementById("found");
  if (!box || !list) return;
  let chosen = -1, asked = 0, timer = 0;

  function close() { list.hidden = true; chosen = -1; box.setAttribute("aria-expanded", "false"); box.removeAttribute("aria-activedescendant"); }

  function choose(next) {
    const items = [...list.children];
    if (!items.length) return;
    chosen = (next + items.length) % items.length;
    items.forEach((item, rank) => item.setAttribute("aria-selected", String(rank === chosen)));
    items[chosen].scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", items[chosen].id);
  }

  function show(results) {
    chosen = -1;
    list.replaceChildren(...results.map((hit, rank) => {
      const item = document.createElement("li"), link = document.createElement("a"), what = document.createElement("span");
      item.id = "hit" + rank;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      link.href = hit.path;
      link.tabIndex = -1;
      link.textContent = (hit.item ? hit.item + " " : "") + hit.label;
      what.className = "hint";
      what.textContent = [hit.kind, hit.of].filter(Boolean).join(" · ");
      item.append(link, what);
      item.addEventListener("mousedown", (event) => { if (event.button === 0) { event.preventDefault(); location.assign(link.href); } });
      return item;
    }));
    list.hidden = !results.length;
    box.setAttribute("aria-expanded", String(!list.hidden));
  }

  async function complete() {
    const turn = ++asked, text = box.value.trim();
    if (!text) { close(); return; }
    try {
      const answer = await fetch("/search.json?q=" + encodeURIComponent(text));
      if (turn === asked && answer.ok && document.activeElement === box) show((await answer.json()).results);
    } catch { close(); }
  }
  box.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(complete, 120); });
  box.addEventListener("blur", () => setTimeout(close, 150));
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // an input method is at work
    if (event.key === "ArrowDown") { event.preventDefault(); if (list.hidden) complete(); else choose(chosen + 1); }
    else if (event.key === "ArrowUp" && !list.hidden) { event.preventDefault(); choose(chosen - 1); }
    else if (event.key === "Escape" && !list.hidden) { event.preventDefault(); close(); }
    else if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); location.assign(list.children[chosen].firstChild.href); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.target.closest("input, textarea, select, [contenteditable], .CodeMirror")) { event.preventDefault(); box.focus(); }
  });
})();
