// Acts whose outcome must be known. The key is made and kept before the first try; it is forgotten when the outcome has
// been seen. Nothing is ever made twice, nothing is believed made or not made without having asked.
import { call, newKey, Refusal } from "./net.js";
import { load, save } from "./store.js";

const RECENT_MS = 30_000;
const AGAIN_MS = [300, 700, 1500, 3000];
const PASSING = new Set(["REGISTER_BUSY", "UNKNOWN_OUTCOME", "INTERNAL", "TOO_MANY_REQUESTS"]);

// By key: another window of this phone may follow an act of its own.
const kept = () => load("acts") || {};
export const pending = () => Object.values(kept()).sort((one, two) => one.at - two.at)[0] || null;
const keep = (act) => save("acts", { ...kept(), [act.key]: act });
export function forget(act) {
  const { [act.key]: gone, ...rest } = kept();
  if (gone) save("acts", Object.keys(rest).length ? rest : null);
}

// `path` under the register, e.g. "documents"; `about` is what the screen shows while nothing is known yet.
export function prepare(register, path, body, about) {
  const act = { key: newKey(16), register, path, body, about, at: Date.now() };
  keep(act);
  return act;
}

// A pause that ends at once when the signal is back or the page is looked at again.
const pause = (milliseconds) => new Promise((done) => {
  const over = () => { clearTimeout(timer); window.removeEventListener("online", over); document.removeEventListener("visibilitychange", over); done(); };
  const timer = setTimeout(over, milliseconds);
  window.addEventListener("online", over); document.addEventListener("visibilitychange", over);
});

// Follow an act to its outcome: {document}, {refusal}, {nothing: true} or {dropped: true}. `show` hears "making", "lost".
// Nothing made and older than half a minute: a person decides, nobody is charged for a tap that they have forgotten.
export async function follow(act, show, { fresh = false } = {}) {
  const asked = `registers/${act.register}/acts/${act.key}`;
  let ask = !fresh, tries = 0;
  show("making");
  for (;;) {
    try {
      if (act.drop) {
        const found = await call("DELETE", asked);
        return found.document ? made(act, found.document) : { dropped: true };
      }
      if (ask) {
        const found = await call("GET", asked);
        if (found.document) return made(act, found.document);
        show("making");
        if (found.making) { await pause(700); continue; }
        if (Math.abs(Date.now() - act.at) > RECENT_MS) return { nothing: true };
        if (act.drop) continue;
      }
      return made(act, await call("POST", `registers/${act.register}/${act.path}`, { body: act.body, key: act.key, wait: 15_000 }));
    } catch (error) {
      if (error instanceof Refusal && error.code === "SESSION_OVER") throw error;
      if (error instanceof Refusal && !PASSING.has(error.code)) { if (error.code !== "OFD_REFUSED") forget(act); return { refusal: error }; }
      if (!(error instanceof Refusal)) show("lost");
      ask = true;
      await pause(AGAIN_MS[Math.min(tries++, AGAIN_MS.length - 1)]);
    }
  }
}
function made(act, document) {
  act.done = document.number;
  keep(act);
  return { document };
}
// Give it up: its key makes nothing any more, unless it has made it already.
export function drop(act) { act.drop = true; keep(act); }
export function again(act) { act.at = Date.now(); keep(act); }
