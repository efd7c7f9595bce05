// Payment: the total, the ways to pay it, the notes with their change. Every sum here was told by the server.
import { haptic } from "./bridge.js";
import * as cart from "./cart.js";
import { h, keypad, money, quantity, spoken, t, tenge } from "./dom.js";
import { call, Refusal } from "./net.js";
import { start } from "./outcome.js";
import { attempt, failed, go, path, refresh, replace } from "./shell.js";

function sell(total, payments, taken) {
  start(replace, "documents", { ...cart.ticket(), payments, ...(taken ? { taken } : {}) }, { kind: "sell", total, cart: cart.cartId() });
}

export function payScreen() {
  const node = h("section.screen.pay");
  function draw() {
    const { answer, refusal, lost } = cart.quote;
    if (refusal || lost) { node.replaceChildren(h("p.bad", { role: "alert" }, refusal ? refusal.message : t("no-signal-price"))); return; }
    const total = answer ? answer.total : "", whole = (type) => [{ type, sum: total }], off = !answer;
    const lines = cart.lines();
    node.replaceChildren(
      h("p.big", { "aria-live": "polite" }, h("small", null, t("to-pay")), h("span", null, answer ? tenge(total) : "…")),
      h("ul.sumlines", { tabIndex: 0, "aria-label": t("cart-count", { count: lines.length }) }, lines.map((line, place) => h("li", null, h("span", null, line.name), h("span", null, `${spoken(quantity(line.quantity))} × ${money(line.price)}${answer ? ` = ${money(answer.items[place].gross)}` : ""}`))),
        answer && answer.discount !== "0.00" ? h("li", null, h("span", null, t("discount")), h("span", null, `−${money(answer.discount)}`)) : ""),
      h("div.ways", null,
        h("button.way.first", { disabled: off, onclick: () => sell(total, whole("cash")) }, t("cash-exact")),
        h(`div.notes${answer && answer.notes.length > 4 ? ".many" : ""}`, { role: "group", "aria-label": t("notes") }, (answer ? answer.notes : []).map((note) => h("button.note", { onclick: () => sell(total, whole("cash"), note.given) }, h("b", null, money(note.given)), h("small", null, t("change-short", { change: money(note.change) }))))),
        h("button.way", { disabled: off, onclick: () => sell(total, whole("card")) }, t("card")),
        h("button.way", { disabled: off, onclick: () => sell(total, whole("mobile")) }, t("mobile")),
        h("button.way.less", { disabled: off, onclick: () => go(givenScreen(total)) }, t("other-given")),
        h("button.way.less", { disabled: off, onclick: () => go(mixedScreen(total)) }, t("mixed"))));
  }
  return { node, enter() { cart.onchange(draw); if (cart.quote.lost) cart.price(); draw(); } };
}

// A sum on a keypad that the server answers: `body(text)` is what to ask, `told` hears the answer or the refusal.
function asking(body, told) {
  let newest = 0;
  return async (text) => {
    const mine = ++newest;
    told(null, null);
    if (!Number(text)) return;
    try {
      const answer = await call("POST", path("quote"), { body: body(text) });
      if (mine === newest) told(answer, null);
    } catch (error) {
      if (mine !== newest) return;
      if (error instanceof Refusal && error.code !== "SESSION_OVER") told(null, error.message); else { failed(error); told(null, t("no-signal-price")); }
    }
  };
}
function keyedScreen(title, body, draw, main) {
  const display = h("output.display"), said = h("div.said", { "aria-live": "polite" });
  let answer = null;
  const ask = asking(body, (told, refusal) => { answer = told; said.replaceChildren(...(refusal ? [h("p.bad", null, refusal)] : told ? draw(told) : [h("p", null, "\u00a0")])); refresh(); });
  const pad = keypad({ show: (text) => { display.textContent = tenge(text.replace(/\.$/, "") || "0"); ask(text.replace(/\.$/, "")); }, onkey: () => haptic("key") });
  display.textContent = tenge("0");
  return { node: h("section.screen.amount", null, h("h2", null, title), display, said, pad.node), main: main ? () => main(answer, pad.text) : undefined };
}

// What the buyer gave, where it is none of the notes.
function givenScreen(total) {
  const payments = [{ type: "cash", sum: total }];
  return keyedScreen(t("given-title", { total: tenge(total) }), (text) => ({ ...cart.ticket(), payments, taken: text }),
    (told) => [h("p.sum.total", null, t("change"), h("span", null, tenge(told.change)))],
    (told, text) => ({ text: told ? t("sell-with-change", { change: tenge(told.change) }) : t("given-none"), disabled: !told, act: () => attempt(async () => sell(total, payments, text)) }));
}

// Part in cash, the rest otherwise; the server says how much the rest is.
function mixedScreen(total) {
  return keyedScreen(t("mixed-title", { total: tenge(total) }), (text) => ({ ...cart.ticket(), split: { cash: text, rest: "card" } }),
    (told) => {
      const rest = told.payments.find((one) => one.type === "card");
      if (!rest) return [h("button.way.first", { onclick: () => sell(total, told.payments) }, t("cash-exact"))];
      const paid = (type) => told.payments.map((one) => (one.type === "card" ? { ...one, type } : one));
      return [h("button.way", { onclick: () => sell(total, paid("card")) }, t("rest-card", { rest: tenge(rest.sum) })), h("button.way", { onclick: () => sell(total, paid("mobile")) }, t("rest-mobile", { rest: tenge(rest.sum) }))];
    });
}
