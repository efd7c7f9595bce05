// Receipts: the list with live marks, and the return of all or some of one.
import { haptic } from "./bridge.js";
import { clock, day, h, mark, money, quantity, spoken, t, tenge, thousandths } from "./dom.js";
import { call, look } from "./net.js";
import { documentScreen, start } from "./outcome.js";
import { attempt, go, path, refresh, replace } from "./shell.js";

const KINDS = ["all", "unsent", "returns", "cash"], SEARCH_MS = 300;

export function receiptsScreen() {
  let kept = "all", words = "", told = { items: [], next: null }, older = [], next = null, timer = 0, known = false;
  const field = h("input", { type: "search", placeholder: t("search-receipts"), "aria-label": t("search-receipts"), enterkeyhint: "search", autocomplete: "off", maxlength: 64 });
  const chips = h("div.chips", { role: "group", "aria-label": t("filter") }), list = h("ol.rows"), more = h("button.quiet", { onclick: () => attempt(lookOlder) }, t("older"));
  const node = h("section.screen", null, h("div.tools", null, field), chips, list, more);
  const query = (below) => path(`documents?kept=${kept}${words ? `&words=${encodeURIComponent(words)}` : ""}${below ? `&below=${below}` : ""}`);
  function row(one) {
    const names = one.names.join(", ") + (one.more ? ` +${one.more}` : ""), back = one.kind.endsWith("return") || one.kind === "withdrawal";
    return h("li", null, h("button.row", { onclick: () => attempt(async () => go(documentScreen((await look(path(`documents/${one.number}`), { fresh: true })).told))) },
      mark(one.mark), h("span.what", null, h("b", null, t(`kind-${one.kind.replaceAll("_", "-")}`, { number: one.number })), h("small", null, `${clock(one.made_at)}${names ? ` · ${names}` : ""}`)),
      h("span.total", null, one.kind === "shift_close" ? "" : `${back ? "−" : ""}${tenge(one.total)}`)));
  }
  function draw() {
    let date = "";
    const items = [...told.items, ...older];
    list.replaceChildren(...items.flatMap((one) => {
      const at = day(one.made_at), head = at === date ? [] : [h("li.day", null, at)];
      date = at;
      return [...head, row(one)];
    }));
    if (!items.length && known) list.replaceChildren(h("li.empty", null, words ? t("nothing-found") : t("no-receipts")));
    more.hidden = !next;
    chips.hidden = Boolean(words);
    chips.replaceChildren(...KINDS.map((kind) => h("button.chip", { "aria-pressed": String(kept === kind), onclick: () => { kept = kind; attempt(again); } }, t(`kept-${kind}`))));
  }
  async function newest() {
    const found = await look(query());
    if (!found.changed && found.told === told) return;
    // the first page grew: what stood on it before is not to be lost, nor shown twice
    const first = found.told.items, lowest = first.length ? first[first.length - 1].number : 0;
    if (older.length) older = [...told.items, ...older].filter((one) => one.number < lowest); else next = found.told.next;
    told = found.told; known = true;
    draw();
  }
  async function lookOlder() {
    const found = await call("GET", query(next));
    older = [...older, ...found.items]; next = found.next;
    draw();
  }
  function again() { told = { items: [], next: null }; older = []; next = null; known = false; draw(); return newest(); }
  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => { words = field.value.trim(); attempt(again); }, SEARCH_MS); });
  draw();
  return { node, tab: "receipts", live: newest };
}

export function returnScreen(number) {
  const list = h("ol.lines"), foot = h("div.sums"), node = h("section.screen", null, h("h2", null, t("return-title", { number })), list, foot);
  let chosen = null, payment = null, told = null, busy = true, newest = 0;
  async function ask() {
    const mine = ++newest;
    busy = true; refresh();
    const body = { ...(chosen ? { quantities: chosen.map(quantity) } : {}), ...(payment ? { payment } : {}) };
    const found = await attempt(() => call("POST", path(`documents/${number}/return`), { body }));
    if (mine !== newest || !found) return;
    told = found; busy = false;
    chosen = told.lines.map((line) => thousandths(line.chosen));
    draw();
  }
  // by whole units; a weighed rest goes in one step
  function step(place, by) {
    const left = thousandths(told.lines[place].left), now = chosen[place];
    chosen[place] = by > 0 ? Math.min(left, (Math.trunc(now / 1000) + 1) * 1000) : Math.max(0, Math.trunc((now - 1) / 1000) * 1000);
    haptic("key");
    draw(); ask();
  }
  function draw() {
    list.replaceChildren(...told.lines.map((line, place) => h("li", null, h("div", null, h("b", null, line.name), h("small", null, line.left === "0" ? t("returned") : `${t("left-of", { left: spoken(line.left), price: money(line.price) })}${busy || line.chosen === "0" ? "" : ` → ${tenge(line.sum)}`}`)),
      h("div.stepper", null, h("button", { "aria-label": t("less-of", { name: line.name }), disabled: chosen[place] === 0, onclick: () => step(place, -1) }, "−"), h("span.count", null, spoken(quantity(chosen[place]))), h("button", { "aria-label": t("more-of", { name: line.name }), disabled: chosen[place] >= thousandths(line.left), onclick: () => step(place, 1) }, "+")))));
    foot.replaceChildren(
      h("div.chips", { role: "group", "aria-label": t("pay-back") }, [null, "cash", "card", "mobile"].map((type) => h("button.chip", { "aria-pressed": String(payment === type), onclick: () => { payment = type; draw(); ask(); } }, t(type ? `paid-${type}` : "as-paid")))),
      ...(busy || !told.body ? [] : told.body.payments).map((one) => h("p.sum", null, t(`paid-${one.type}`), h("span", null, tenge(one.sum)))),
      h("p.sum.total", null, t("return-total"), h("span", null, busy ? "…" : tenge(told.total))));
    refresh();
  }
  const give = () => start(replace, "documents", told.body, { kind: "sell_return", total: told.total });
  return { node, enter: () => { if (!told) ask(); }, main: () => (told ? { text: told.body && !busy ? t("return-now", { total: tenge(told.total) }) : t("return-nothing"), disabled: busy || !told.body, act: give } : null) };
}
