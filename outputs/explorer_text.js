/** Text and elements. What comes from documents goes through textContent and canvas only, never as markup. */
const page = (() => {
  const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
  const LATIN = 0.57;
  const clean = (text) => text.replace(CONTROLS, " ");

  /** Width of a text in ems, near enough and much sooner than measured: a Latin letter is half as wide as a Chinese one. */
  function wide(text) {
    let width = 0;
    for (let i = 0; i < text.length; i++) width += text.charCodeAt(i) < 0x1100 ? LATIN : 1;
    return width;
  }
  /** Cut to the width of n Chinese characters. */
  function short(text, n) {
    let width = 0;
    let end = 0;
    for (const letter of clean(text.length > 8 * n ? text.slice(0, 8 * n) : text)) {
      width += letter.codePointAt(0) < 0x1100 ? LATIN : 1;
      if (width > n) return clean(text.slice(0, Math.max(0, end - 1))) + "…";
      end += letter.length;
    }
    return clean(text.slice(0, end));
  }

  /** An element with attributes and children; strings become text, `on` answers a click. */
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

  /** The same for a drawing. */
  function svg(tag, attributes, ...children) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }

  /** Attributes of what holds a text: a very long one scrolls, and can be reached to be scrolled. */
  const roomy = (text, more = {}) => (text.length > 160 ? { ...more, class: "tall", tabindex: 0 } : more);

  function copy(text, button, done, before) {
    const say = () => {
      button.textContent = done;
      setTimeout(() => (button.textContent = before), 1200);
    };
    const old = () => {
      const field = h("textarea", { class: "out" });
      field.value = text;
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
      say();
    };
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(say, old);
    else old();
  }

  function save(name, blob) {
    const address = URL.createObjectURL(blob);
    h("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 5000);
  }

  /** What this reader chose last time; a private window keeps nothing. */
  function recall(key) {
    try {
      return localStorage.getItem("guanlian." + key);
    } catch {
      return null;
    }
  }
  function remember(key, value) {
    try {
      localStorage.setItem("guanlian." + key, value);
    } catch {
      return;
    }
  }

  const $ = (id) => document.getElementById(id);
  const colour = (name) =>
    getComputedStyle(document.documentElement)
      .getPropertyValue("--" + name)
      .trim();
  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  return { $, calm, clean, colour, copy, h, recall, remember, roomy, save, short, svg, wide };
})();
