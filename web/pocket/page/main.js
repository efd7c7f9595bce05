// From the launch to the first screen: who this is, whether an act of theirs has no outcome yet, which register.
import { forget, pending } from "./acts.js";
import { begin, close, inTelegram, launchData } from "./bridge.js";
import * as cart from "./cart.js";
import { h, speak, t } from "./dom.js";
import { call, forgetSeen, look, Lost, newKey, Refusal, useToken } from "./net.js";
import { documentScreen, outcomeScreen } from "./outcome.js";
import { receiptsScreen } from "./receipts.js";
import { sellScreen } from "./sell.js";
import { app, attempt, frame, go, lookAtState, path, root, splash } from "./shell.js";
import { shiftScreen } from "./shift.js";
import * as store from "./store.js";

const LANGUAGES = { kk: "Қазақша", ru: "Русский", en: "English" };
const launch = new URLSearchParams(launchData);
const user = (() => { try { return JSON.parse(launch.get("user")) || {}; } catch { return {}; } })();
const guess = (tag) => (LANGUAGES[(tag || "").slice(0, 2)] ? tag.slice(0, 2) : "ru");

// The token is made and kept before it is asked for: an answer that was lost is asked for again with the same one.
async function enter() {
  store.whose(Number(user.id) || store.lastPerson());
  let session = store.load("session");
  const hash = launch.get("hash");
  if (hash && (!session || session.launch !== hash)) {
    const older = session && session.good ? session : null;
    session = { token: newKey(), launch: hash, good: false, older };
    store.save("session", session);
  }
  if (!session) throw new Refusal(401, { code: "NO_LAUNCH" });
  if (!session.good && hash) {
    try { app.me = await call("POST", "session", { body: { init_data: launchData, token: session.token } }); } catch (error) {
      if (!(error instanceof Refusal) || error.status === 429 || error.status >= 500) throw error;
      // this launch opens nothing; a session that was opened before may still be good
      store.save("session", session.older);
      if (!session.older) throw error;
      session = session.older;
    }
    if (app.me) { store.save("session", { token: session.token, launch: hash, good: true }); session.good = true; }
  }
  useToken(session.token);
  if (!app.me) app.me = await call("GET", "me");
  store.whose(app.me.chat); store.remember(app.me.chat);
}

function over(error) {
  const again = h("button.way.first", { onclick: () => (inTelegram ? close() : location.reload()) }, t(inTelegram ? "close-app" : "try-again"));
  if (error instanceof Lost) { splash(t("lost-start-title"), t("lost-start-text"), h("button.way.first", { onclick: start }, t("try-again"))); return; }
  if (error.code === "NO_LAUNCH") { splash(t("closed-title"), t("closed-text")); return; }
  if (error.code === "SESSION_OVER") { store.save("session", null); splash(t("over-title"), t("over-text"), again); return; }
  splash(error.title || t("over-title"), error.message, again);
}
app.over = over;

async function use(register) {
  app.register = register; app.state = null;
  forgetSeen();
  frame(register.sells ? { sell: sellScreen, receipts: receiptsScreen, shift: shiftScreen } : { receipts: receiptsScreen, shift: shiftScreen }, () => go(moreScreen()));
  cart.open(register.register_id);
}
function first() { root(app.register.sells ? "sell" : "receipts"); }

// An act that was begun before a reload comes before anything else: its outcome is found out and shown.
async function resume() {
  const act = pending();
  const of = act && app.me.registers.find((one) => one.register_id === act.register);
  if (!act || !of) { first(); return; }
  await use(of);
  first();
  if (!act.done) { go(outcomeScreen(act)); return; }
  const found = await attempt(() => look(`registers/${act.register}/documents/${act.done}`, { fresh: true }));
  if (found) go(documentScreen(found.told, { act, over: () => { forget(act); first(); } }));
}

function moreScreen() {
  const several = app.me.registers.length > 1;
  const told = (body) => attempt(() => call("PATCH", "me", { body }));
  const languages = Object.entries(LANGUAGES).map(([code, name]) => h("button.chip", { lang: code, "aria-pressed": String(code === document.documentElement.lang), onclick: async () => {
    if (!(await told({ language: code }))) return;
    await attempt(async () => { await speak(code); await use(app.register); first(); });
  } }, name));
  const registers = app.me.registers.map((one) => h("button.way", { "aria-pressed": String(one === app.register), onclick: async () => {
    if (await told({ register_id: one.register_id })) { await use(one); first(); }
  } }, one.title, h("small", null, t(`role-${one.role}`))));
  const others = h("button.way", { onclick: async () => {
    const found = await attempt(() => call("DELETE", "sessions/others"));
    if (found) others.replaceWith(h("p.hint", { role: "status" }, t("others-closed", { count: found.closed })));
  } }, t("close-others"));
  const people = h("div.more");
  const letOut = (one) => {
    const button = h("button.way", { onclick: async () => {
      const found = await attempt(() => call("DELETE", path(`people/${one.chat}/sessions`)));
      if (found) button.replaceWith(h("p.hint", { role: "status" }, `${one.name}: ${t("others-closed", { count: found.closed })}`));
    } }, t("close-theirs", { name: one.name }), h("small", null, t(`role-${one.role}`)));
    return button;
  };
  const enter = async () => {
    if (!["owner", "manager"].includes(app.register.role)) return;
    const found = await attempt(() => call("GET", path("people")));
    if (found) people.replaceChildren(...found.items.map(letOut));
  };
  const leave = h("button.way.danger", { onclick: async () => {
    if (await attempt(async () => { await call("DELETE", "session"); return true; })) over(new Refusal(401, { code: "SESSION_OVER" }));
  } }, t("sign-out"));
  return { enter, node: h("section.screen.more", null, h("h2", null, app.me.name), h("p.hint", null, t(`role-${app.register.role}`)), h("div.chips", { role: "group", "aria-label": t("language") }, languages), several ? h("h3", null, t("registers")) : "", several ? registers : "", h("h3", null, t("phones")), people, others, leave) };
}

async function start() {
  try {
    const chosen = guess(user.language_code || navigator.language);
    await speak(chosen);
    await enter();
    if (app.me.language !== chosen) await speak(app.me.language);
    const own = app.me.registers;
    await use(own.find((one) => one.register_id === app.me.current) || own[0]);
    await resume();
    await attempt(lookAtState);
  } catch (error) {
    if (!(error instanceof Refusal) && !(error instanceof Lost) && !(error instanceof TypeError)) throw error;
    over(error instanceof TypeError ? new Lost() : error);
  }
  document.body.dataset.ready = "1";
}
history.replaceState({ depth: 1 }, "");
begin();
start();
