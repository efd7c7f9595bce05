// The shift: what it has come to, cash in and out, and its close with the Z-report.
import { haptic } from "./bridge.js";
import { clock, day, h, t, tenge } from "./dom.js";
import { call, Refusal } from "./net.js";
import { start } from "./outcome.js";
import { app, go, lookAtState, path, refresh, replace } from "./shell.js";
import { amountScreen } from "./sell.js";

const row = (name, value, kind = "") => h(`p.sum${kind}`, null, name, h("span", null, value));

// An X- or Z-report as a phone shows it: what is not zero.
export function reportView(report) {
  const sold = report.tickets.sell, types = [...new Set([...Object.keys(sold.payments), ...Object.keys(report.tickets.sell_return.payments)])];
  const some = (name, told) => (told.count ? [row(t("counted", { name: t(name), count: told.count }), tenge(told.sum))] : []);
  return [
    row(t("opened-at"), `${day(report.opened_at)} ${clock(report.opened_at)}`),
    ...some("op-sell", sold), ...types.filter((type) => sold.payments[type] && sold.payments[type].count).map((type) => row(t(`paid-${type}`), tenge(sold.payments[type].sum), ".inner")),
    ...some("op-sell-return", report.tickets.sell_return), ...some("op-buy", report.tickets.buy), ...some("op-buy-return", report.tickets.buy_return),
    ...some("op-deposit", report.money_placements.deposit), ...some("op-withdrawal", report.money_placements.withdrawal),
    row(t("revenue"), `${report.revenue.is_negative ? "−" : ""}${tenge(report.revenue.sum)}`), row(t("in-drawer"), tenge(report.cash), ".total"),
  ];
}

export function shiftScreen() {
  const head = h("header"), body = h("div.sums"), acts = h("div.acts"), node = h("section.screen", null, head, body, acts);
  let report, none = false, counted = "";
  const cash = (kind, title) => go(amountScreen({ title: t(title), show: (text) => t(`${title}-now`, { sum: tenge(text) }), done: (sum) => start(go, "documents", { kind, sum }, { kind, total: sum }) }));
  function draw() {
    const state = app.state, shift = state && state.shift;
    head.replaceChildren(h("h2", null, shift ? t("shift-number", { number: shift.number }) : none ? t("no-shift") : "…"), shift ? h("p.hint", null, t("closes-before", { time: `${day(shift.closes_before)} ${clock(shift.closes_before)}` })) : none ? h("p.hint", null, t("no-shift-text")) : "");
    body.replaceChildren(...(report ? reportView(report) : none && state ? [row(t("in-drawer"), tenge(state.cash), ".total")] : []));
    acts.replaceChildren(...(app.register.sells ? [h("button.way", { onclick: () => cash("deposit", "cash-in") }, t("cash-in")), h("button.way", { onclick: () => cash("withdrawal", "cash-out") }, t("cash-out"))] : []));
    refresh();
  }
  draw();
  return {
    node, tab: "shift",
    async live() {
      await lookAtState();
      const { shift, cash: drawer, last_document: last, pending } = app.state, now = JSON.stringify([shift, drawer, last, pending]);
      if (now === counted) return;
      none = !shift;
      report = undefined;
      try { if (!none) report = await call("GET", path("report")); } catch (error) {
        // closed in this very moment
        if (!(error instanceof Refusal) || error.code !== "SHIFT_NOT_OPEN") throw error;
      }
      counted = now;
      draw();
    },
    main: () => (report && app.register.sells ? { text: t("close-shift"), act: () => { haptic("key"); go(closeScreen(report)); } } : null),
  };
}

function closeScreen(report) {
  const box = h("input", { type: "checkbox" });
  const node = h("section.screen", null, h("h2", null, t("close-title", { number: report.shift })), h("p.hint", null, t("close-text")), ...reportView(report), report.cash === "0.00" ? "" : h("label.tick", null, box, t("withdraw-all", { sum: tenge(report.cash) })));
  const close = () => start(replace, "shift/close", { withdraw_cash: box.checked }, { kind: "close" });
  return { node, main: () => ({ text: t("close-now"), act: close }) };
}
