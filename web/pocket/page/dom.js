// Elements, words and figures. Everything that people wrote goes in as text; no markup is ever parsed here.
export function h(tag, told, ...inside) {
  const [name, ...classes] = tag.split(".");
  const node = document.createElement(name || "div");
  if (classes.length) node.className = classes.join(" ");
  for (const [key, value] of Object.entries(told || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key in node && key !== "list") node[key] = value;
    else node.setAttribute(key, value === true ? "" : value);
  }
  if (name === "button" && !(told && told.type)) node.type = "button";
  node.append(...inside.flat(3).filter((one) => one !== null && one !== undefined && one !== false));
  return node;
}
export function drawing(path, box = "0 0 24 24", label = "") {
  const space = "http://www.w3.org/2000/svg", svg = document.createElementNS(space, "svg"), line = document.createElementNS(space, "path");
  svg.setAttribute("viewBox", box); line.setAttribute("d", path); svg.append(line);
  if (label) { svg.setAttribute("role", "img"); svg.setAttribute("aria-label", label); } else svg.setAttribute("aria-hidden", "true");
  return svg;
}
export const icons = {
  search: "M10.5 4a6.5 6.5 0 110 13 6.5 6.5 0 010-13zM20 20l-4.7-4.7", keypad: "M5 5h3v3H5zM10.5 5h3v3h-3zM16 5h3v3h-3zM5 10.5h3v3H5zM10.5 10.5h3v3h-3zM16 10.5h3v3h-3zM5 16h3v3H5zM10.5 16h3v3h-3zM16 16h3v3h-3z",
  tiles: "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z", sell: "M4 6h16M6 6l1 13h10l1-13M9 10a3 3 0 006 0", receipts: "M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6", shift: "M12 4a8 8 0 110 16 8 8 0 010-16zM12 8v4l3 2",
  more: "M5 12h.01M12 12h.01M19 12h.01", back: "M15 5l-7 7 7 7", erase: "M9 6h11v12H9l-6-6zM12 10l4 4M16 10l-4 4", close: "M6 6l12 12M18 6L6 18",
};
const TICK = "M4 12.5l4 4L16 7", TICKS = "M2 12.5l4 4L14 7M11 15.5l1 1L20 7", CLOUD = "M7 18h10a4 4 0 00.6-7.9A6 6 0 006.1 9 4.5 4.5 0 007 18zM4 4l16 16";

let words = {};
export let language = "ru";
export async function speak(chosen) {
  const told = await fetch(new URL(`words-${chosen}.json`, import.meta.url));
  if (!told.ok) throw new Error("no words");
  words = await told.json(); language = chosen;
  document.documentElement.lang = chosen;
  document.title = t("title");
}
export function t(key, params = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (all, name) => params[name] ?? all);
}

// The mark of a document: what the operator knows of it.
export function mark(name, withWords) {
  const parts = { saved: [[TICK, ""]], registered: [[TICKS, "good"]], autonomous: [[CLOUD, "warn"]], autonomous_registered: [[CLOUD, "warn"], [TICKS, "good"]], refused: [[icons.close, "bad"]], stopped: [[CLOUD, "warn"], ["M12 5v9M12 18v.5", "bad"]], settled: [[CLOUD, "warn"], [TICK, ""]], practice: [[TICK, ""]] }[name] || [];
  const told = t(`mark-${name.replace("_", "-")}`);
  const drawn = h("span.mark", withWords ? {} : { role: "img", "aria-label": told, title: told }, parts.map(([path, colour]) => { const svg = drawing(path); svg.setAttribute("class", colour); return svg; }));
  drawn.dataset.mark = name;
  return withWords ? h("span.marked", null, drawn, told) : drawn;
}

// Money comes as decimal text and is only ever written out: every sum on the screen is the server's.
export function money(text) {
  const [whole, part = ""] = text.replace("-", "").split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, "\u00a0"), rest = part.padEnd(2, "0");
  return `${text.startsWith("-") ? "−" : ""}${grouped}${rest === "00" ? "" : `,${rest}`}`;
}
export const tenge = (text) => `${money(text)}\u00a0₸`;
// Quantities are counted in whole thousandths.
export const quantity = (thousandths) => {
  const whole = Math.trunc(thousandths / 1000), part = String(thousandths % 1000).padStart(3, "0").replace(/0+$/, "");
  return part ? `${whole}.${part}` : String(whole);
};
export const thousandths = (text) => { const [whole, part = ""] = text.split("."); return Number(whole) * 1000 + Number(part.padEnd(3, "0").slice(0, 3)); };
export const spoken = (text) => text.replace(".", ",").replace(/,0+$/, "");
export const clock = (iso) => iso.slice(11, 16);
export const day = (iso) => `${iso.slice(8, 10)}.${iso.slice(5, 7)}`;

let toastTimer = 0;
export function toast(text, kind = "") {
  const node = document.getElementById("toast");
  clearTimeout(toastTimer);
  node.textContent = text; node.className = kind; node.hidden = false;
  toastTimer = setTimeout(() => { node.hidden = true; }, 5000);
}

// A keypad that writes a decimal; `places` after the comma, `show` is told the text after every key.
export function keypad({ places = 2, digits = 8, value = "", show, onkey }) {
  let text = value;
  const press = (key) => {
    if (key === "back") text = text.slice(0, -1);
    else if (key === "00" || /\d/.test(key)) {
      for (const digit of key) {
        const [whole, part] = text.split(".");
        if (part !== undefined ? part.length < places : whole.length < digits) text = text === "0" ? digit : text + digit;
      }
    } else if (places && !text.includes(".")) text = `${text || "0"}.`;
    if (onkey) onkey();
    show(text);
  };
  const keys = ["1", "2", "3", "4", "5", "6", "7", "8", "9", places ? "," : "00", "0", "back"];
  const pad = h("div.keypad", { role: "group", "aria-label": t("keypad") }, keys.map((key) => h("button.key", { onclick: () => press(key === "," ? "." : key), "aria-label": key === "back" ? t("erase") : key === "," ? t("comma") : null }, key === "back" ? drawing(icons.erase) : key)));
  return { node: pad, clear: () => { text = ""; show(text); }, set: (told) => { text = told; show(text); }, press, get text() { return text.replace(/\.$/, ""); } };
}
