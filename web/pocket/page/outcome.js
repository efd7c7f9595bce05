// What became of an act: made, refused, not known yet, not made. And a document as people look at it.
import { again, drop, follow, forget, prepare } from "./acts.js";
import { haptic, openLink, share } from "./bridge.js";
import * as cart from "./cart.js";
import { clock, day, drawing, h, mark, money, spoken, t, tenge } from "./dom.js";
import { look } from "./net.js";
import { app, failed, go, path, refresh, replace, root, top } from "./shell.js";
import { returnScreen } from "./receipts.js";
import { reportView } from "./shift.js";

// Begin an act: it is kept before the first byte leaves. One press begins one; `put` shows its screen.
export function start(put, path, body, about) {
  if (top().locked) return;
  haptic("key");
  put(outcomeScreen(prepare(app.register.register_id, path, body, about), { fresh: true }));
}

export function outcomeScreen(act, { fresh = false } = {}) {
  const node = h("section.screen.outcome", { "aria-live": "polite" });
  let main = null;
  const screen = { node, locked: true, main: () => main };
  const title = () => t(`making-${act.about.kind}`);
  const about = () => (act.about.total ? h("p.big", null, h("span", null, tenge(act.about.total))) : "");
  const say = (head, text, ...more) => { node.replaceChildren(h("div.wait", null, h("h2", null, head), about(), text ? h("p", null, text) : "", more)); refresh(); };
  const giveUp = () => h("button.quiet", { onclick: () => { drop(act); say(title(), t("dropping")); if (!running) run(false); } }, t("do-not-make"));
  function show(state) {
    main = null;
    if (act.drop) say(title(), t("dropping"));
    else if (state === "lost") say(t("lost-title"), t("lost-text"), giveUp());
    else say(title(), "", h("div.progress", { role: "progressbar", "aria-label": title() }));
  }
  function over() { forget(act); root(act.about.kind === "sell" ? "sell" : act.about.kind === "sell_return" ? "receipts" : "shift"); }
  let running = false;
  async function run(first) {
    running = true;
    screen.locked = true;
    try { settle(await follow(act, show, { fresh: first })); } catch (error) { failed(error); }
    running = false;
  }
  function settle({ document: made, refusal, nothing, dropped }) {
    screen.locked = false;
    if (dropped) { over(); return; }
    if (nothing) {
      main = { text: t("make-now"), act: () => { again(act); run(true); } };
      say(t("nothing-title"), t("nothing-text"), giveUp());
      return;
    }
    if (refusal || made.mark === "refused") {
      haptic("error");
      main = { text: t("understood"), act: over };
      const told = refusal || { title: t("mark-refused"), message: t("ofd-refused", { number: made.number, text: made.ofd.text || "" }) };
      node.replaceChildren(h("div.wait", { role: "alert" }, h("h2.bad", null, told.title), h("p", null, told.message)));
      refresh();
      return;
    }
    haptic("success");
    if (act.about.cart) cart.sold(act.about.cart, act.register);
    replace(documentScreen(made, { act, over }));
  }
  screen.enter = () => { if (!running && !node.childElementCount) run(fresh); };
  return screen;
}

// A document; its mark is asked for again while it may still change. One that an `act` has just made ends that act.
export function documentScreen(first, { act = null, over } = {}) {
  const node = h("section.screen.document"), number = first.number, fresh = Boolean(act);
  let told = first;
  const draw = () => { node.replaceChildren(...(told.report ? closed(told) : shown(told, fresh))); refresh(); };
  draw();
  return {
    node,
    main: () => (fresh ? { text: t(told.kind === "sell" ? "new-receipt" : "done"), act: over } : null),
    async live() {
      const found = await look(path(`documents/${number}`));
      if (found.changed) { told = found.told; draw(); }
    },
    leave() { if (act) forget(act); },
  };
}
const row = (name, value, kind = "") => h(`p.sum${kind}`, null, name, h("span", null, value));

function shown(told, fresh) {
  const change = told.change && told.change !== "0.00" ? h("p.change", null, t("change"), h("b", null, tenge(told.change))) : "";
  const items = (told.items || []).map((line) => h("li", null, h("span", null, line.name), h("span", null, `${spoken(line.quantity)} × ${money(line.price)} = ${money(line.gross)}`)));
  const head = h("header", null, mark(told.mark, true), h("h2", null, t(`kind-${told.kind.replaceAll("_", "-")}`, { number: told.number })), h("p.big", null, h("span", null, tenge(told.total))), change, told.practice ? h("p.hint", null, t("practice")) : "");
  const acts = told.code ? h("div.acts", null,
    h("button.way", { onclick: () => openLink(told.receipt_url) }, t("open-receipt")), h("button.way", { onclick: () => share(told.receipt_url, t("share-text", { total: tenge(told.total) })) }, t("send-receipt"))) : "";
  const facts = [items.length ? h("ul.sumlines", { tabIndex: 0, "aria-label": t("lines") }, items) : "", told.discount && told.discount !== "0.00" ? row(t("discount"), `−${tenge(told.discount)}`) : "",
    (told.payments || []).map((one) => row(t(`paid-${one.type}`), tenge(one.sum))), change ? row(t("taken"), tenge(told.taken)) : "",
    row(t("made-at"), `${day(told.made_at)} ${clock(told.made_at)}`), told.cashier && told.cashier.name ? row(t("cashier"), told.cashier.name) : "",
    told.fiscal_sign ? row(t("fiscal-sign"), told.fiscal_sign) : "", told.autonomous_sign ? row(t("autonomous-sign"), told.autonomous_sign) : ""];
  const giveBack = !fresh && told.returnable && app.register.sells ? h("button.way.danger", { onclick: () => go(returnScreen(told.number)) }, t("return")) : "";
  return [head, told.code ? h("figure.code", null, drawnCode(told.code), h("figcaption", null, t("code-hint"))) : "", acts, ...facts.flat(), giveBack];
}
function drawnCode({ side, strokes }) {
  const svg = drawing(strokes, `0 0 ${side} ${side}`, t("code-hint"));
  svg.setAttribute("shape-rendering", "crispEdges");
  return svg;
}
const closed = (told) => [h("header", null, mark(told.mark, true), h("h2", null, t("shift-closed", { number: told.shift }))), ...reportView(told.report)];
