// Selling: tiles or the keypad, the cart, and the way to the payment.
import { haptic } from "./bridge.js";
import * as cart from "./cart.js";
import { drawing, h, icons, keypad, money, quantity, spoken, t, tenge, thousandths, toast } from "./dom.js";
import { look } from "./net.js";
import { payScreen } from "./pay.js";
import { app, attempt, back, go, path, refresh } from "./shell.js";
import { load, save } from "./store.js";

const SEARCH_MS = 250, TILES = 36, GOODS_MS = 30_000;
const FOLDED = { ә: "а", ғ: "г", қ: "к", ң: "н", ө: "о", ұ: "у", ү: "у", һ: "х", і: "и", ё: "е" };
const folded = (text) => text.toLowerCase().replace(/[әғқңөұүһіё]/g, (one) => FOLDED[one]);
const none = { items: [], sections: [], count: 0 };
let goods = none, goodsOf = "", lookedAt = 0;

// A catalogue changes a few times a day: it is asked for on coming to the tiles and every half a minute.
async function lookAtGoods() {
  const of = app.register.register_id;
  if (of === goodsOf && Date.now() - lookedAt < GOODS_MS) return false;
  const { told, changed } = await look(path("goods"));
  const isNew = changed || of !== goodsOf;
  goods = told; goodsOf = of; lookedAt = Date.now();
  return isNew;
}

export function sellScreen() {
  let shown = null, section = null, words = "", timer = 0, found = null;
  let mode = load("mode") || "tiles";
  if (goodsOf !== app.register.register_id) goods = none;
  const grid = h("div.tiles"), chips = h("div.chips", { role: "group", "aria-label": t("sections") }), strip = h("button.strip", { onclick: () => go(cartScreen()) });
  const field = h("input", { type: "search", placeholder: t("search"), "aria-label": t("search"), enterkeyhint: "search", autocomplete: "off", maxlength: 64 });
  const display = h("output.display", { "aria-live": "polite" });
  const pad = keypad({ show: (text) => { display.textContent = text ? tenge(text.replace(/\.$/, "")) : tenge("0"); plus.disabled = !Number(text); }, onkey: () => haptic("key") });
  const plus = h("button.plus", { onclick: () => { haptic("key"); cart.add({ name: t("goods"), price: pad.text }); pad.clear(); } }, t("add-amount"));
  const toggle = h("button.icon", { onclick: () => { mode = mode === "tiles" ? "keypad" : "tiles"; save("mode", mode); drawMode(); } });
  const tools = h("div.tools", null, field, display, toggle), tiles = h("div.goods", null, chips, grid), body = h("div.sell", null, tiles, pad.node, plus);
  const node = h("section.screen", null, tools, body, strip);
  pad.clear();

  const shownGoods = () => {
    if (found) return found;
    const wanted = folded(words).split(/\s+/).filter(Boolean);
    return goods.items.filter((good) => (section === null || good.section === section) && wanted.every((word) => folded(good.name).includes(word) || good.barcode === word));
  };
  function tile(good) {
    const badge = h("b.badge"), button = h("button.tile", { onclick: () => { haptic("key"); cart.add(good); } }, h("span.name", null, good.name), h("span.price", null, tenge(good.price)), badge);
    button.dataset.id = good.id;
    return button;
  }
  function badges() {
    for (const button of grid.children) {
      const count = cart.count(button.dataset.id), badge = button.querySelector(".badge");
      if (!badge) continue;
      badge.textContent = count ? spoken(quantity(count)) : "";
      button.classList.toggle("chosen", count > 0);
    }
  }
  function drawGoods(limit = TILES) {
    const list = shownGoods(), rest = list.length - limit;
    const more = rest > 0 ? [h("button.tile.more", { onclick: () => drawGoods(limit + TILES * 3) }, t("more-goods", { count: rest }))] : [];
    const none = goods.items.length ? t("nothing-found") : t("no-goods");
    grid.replaceChildren(...(list.length ? [...list.slice(0, limit).map(tile), ...more] : [h("p.empty", null, none)]));
    const names = goods.sections.filter((name) => name), choices = [[null, t("all-goods")], ...names.map((name) => [name, name])];
    chips.hidden = !names.length || Boolean(words);
    chips.replaceChildren(...choices.map(([value, text]) => h("button.chip", { "aria-pressed": String(section === value), onclick: () => { section = value; drawGoods(); } }, text)));
    badges();
  }
  function drawMode() {
    const keys = mode === "keypad";
    toggle.replaceChildren(drawing(keys ? icons.tiles : icons.keypad)); toggle.setAttribute("aria-label", keys ? t("to-tiles") : t("to-keypad"));
    for (const one of [field, tiles]) one.hidden = keys;
    for (const one of [display, pad.node, plus]) one.hidden = !keys;
    body.classList.toggle("keys", keys);
  }
  // What the phone does not hold is looked for in the whole catalogue, a code of digits by its barcode.
  async function searched() {
    clearTimeout(timer);
    found = null;
    words = field.value.trim();
    drawGoods();
    if (!words || goods.count <= goods.items.length) return;
    const asked = words;
    timer = setTimeout(async () => {
      const told = await attempt(() => look(path(`goods?words=${encodeURIComponent(asked)}`)));
      if (told && asked === words) { found = told.told.items; drawGoods(); }
    }, SEARCH_MS);
  }
  async function entered(event) {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const list = shownGoods();
    let chosen = list.length === 1 ? list[0] : null;
    if (!chosen && /^\d{8,14}$/.test(words)) {
      const told = await attempt(() => look(path(`goods?code=${words}`), { fresh: true }));
      chosen = told ? told.told.items[0] : null;
      if (told && !chosen) toast(t("code-unknown", { code: words }), "bad");
    }
    if (!chosen) return;
    cart.add(chosen); field.value = ""; searched();
  }
  field.addEventListener("input", searched);
  field.addEventListener("keydown", entered);

  function drawStrip() {
    const lines = cart.lines(), refused = cart.quote.refusal;
    strip.hidden = !lines.length && !refused;
    strip.classList.toggle("bad", Boolean(refused || cart.quote.lost));
    const told = refused ? refused.message : cart.quote.lost ? t("no-signal") : lines.slice(-3).map((line) => `${line.name} × ${spoken(quantity(line.quantity))}`).join(", ");
    strip.replaceChildren(h("b", null, t("cart-count", { count: lines.length })), h("span", null, told));
    badges();
  }
  shown = {
    node, tab: "sell",
    enter() { cart.onchange(() => { drawStrip(); refresh(); }); drawStrip(); },
    async live() { if (app.register.sells && (await lookAtGoods())) drawGoods(); },
    main: () => payButton(),
  };
  drawMode(); drawGoods();
  return shown;
}
function payButton() {
  if (!cart.lines().length) return null;
  const { answer, refusal } = cart.quote;
  // A tap before the price is there is not lost: the next screen waits for it.
  return { text: answer ? t("pay", { total: tenge(answer.total) }) : t("pay-unknown"), disabled: Boolean(refusal), act: () => { haptic("key"); go(payScreen()); } };
}

function cartScreen() {
  const list = h("ol.lines"), foot = h("div.sums"), node = h("section.screen.cart", null, list, foot);
  function draw() {
    const lines = cart.lines(), priced = cart.quote.answer;
    if (!lines.length) { back(); return; }
    list.replaceChildren(...lines.map((line, place) => {
      const item = priced && priced.items[place];
      const count = h("button.count", { onclick: () => go(amountScreen({ title: line.name, places: 3, digits: 6, value: "", unit: "", show: (text) => t("set-quantity", { value: spoken(text) }), done: (text) => cart.setQuantity(line.n, thousandths(text)) })), "aria-label": `${t("quantity-of", { name: line.name })}: ${spoken(quantity(line.quantity))}` }, spoken(quantity(line.quantity)));
      return h("li", null, h("div", null, h("b", null, line.name), h("small", null, `${spoken(quantity(line.quantity))} × ${money(line.price)}${item ? ` = ${tenge(item.gross)}` : ""}`)),
        h("div.stepper", null, h("button", { "aria-label": t("less-of", { name: line.name }), onclick: () => { haptic("key"); cart.setQuantity(line.n, Math.max(0, line.quantity - 1000)); } }, "−"), count, h("button", { "aria-label": t("more-of", { name: line.name }), onclick: () => { haptic("key"); cart.setQuantity(line.n, line.quantity + 1000); } }, "+")));
    }));
    const chosen = cart.percent(), choices = ["", "5", "10", "20"].includes(chosen) ? ["", "5", "10", "20"] : ["", "5", "10", chosen];
    foot.replaceChildren(
      h("div.chips", { role: "group", "aria-label": t("discount") }, choices.map((value) => h("button.chip", { "aria-pressed": String(chosen === value), onclick: () => cart.setPercent(value) }, value ? `−${spoken(value)} %` : t("no-discount"))),
        h("button.chip", { onclick: () => go(amountScreen({ title: t("discount"), places: 2, digits: 2, unit: " %", show: (text) => t("set-discount", { value: spoken(text) }), done: (text) => cart.setPercent(text) })) }, t("other-discount"))),
      priced && priced.discount !== "0.00" ? h("p.sum", null, t("discount"), h("span", null, `−${tenge(priced.discount)}`)) : "",
      h("p.sum.total", null, t("total"), h("span", null, priced ? tenge(priced.total) : "…")),
      cart.quote.refusal ? h("p.bad", { role: "alert" }, cart.quote.refusal.message) : "",
      h("button.quiet", { onclick: () => { cart.clear(); back(); } }, t("clear-cart")));
  }
  return { node, main: payButton, enter() { cart.onchange(() => { draw(); refresh(); }); draw(); } };
}

// A sum or a quantity on a keypad of its own.
export function amountScreen({ title, places = 2, digits = 8, unit = "\u00a0₸", show, done, danger }) {
  const display = h("output.display", { "aria-live": "polite" });
  const pad = keypad({ places, digits, show: (text) => { display.textContent = `${text ? typed(text, places) : "0"}${unit}`; refresh(); }, onkey: () => haptic("key") });
  const node = h("section.screen.amount", null, h("h2", null, title), display, pad.node);
  display.textContent = `0${unit}`;
  return { node, danger, main: () => ({ text: show(pad.text || "0"), disabled: !Number(pad.text), act: () => { const text = pad.text; back(); window.addEventListener("popstate", () => attempt(async () => done(text)), { once: true }); } }) };
}
const typed = (text, places) => (places === 2 ? `${money(text.replace(/\.$/, "")).replace(/,.*/, "")}${text.includes(".") ? `,${text.split(".")[1]}` : ""}` : text.replace(".", ","));
