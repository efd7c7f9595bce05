// The frame around the screens: who is here, which register, the stack of screens, what is asked again while one is open.
import { haptic, setBack, setMain, switched } from "./bridge.js";
import { drawing, h, icons, t, toast } from "./dom.js";
import { look, Lost, Refusal } from "./net.js";

export const app = { me: null, register: null, state: null, over: null };
const $ = (id) => document.getElementById(id);
const LIVE_MS = 2000;
let stack = [], timer = 0, roots = {};

export const top = () => stack[stack.length - 1];
export const path = (rest) => `registers/${app.register.register_id}${rest ? `/${rest}` : ""}`;

// A screen is {node, main?, live?, leave?, locked?, tab?}: `main()` is its button, `live()` asks the server again.
export function go(screen) { stack.push(screen); history.pushState({ depth: stack.length }, ""); draw(); }
export function replace(screen) { leave(stack.pop()); stack.push(screen); draw(); }
export function root(name) {
  for (const screen of stack.splice(0)) leave(screen);
  stack = [roots[name]()];
  draw();
}
export function back() { if (stack.length > 1 && !top().locked) history.back(); }
window.addEventListener("popstate", () => {
  if (stack.length < 2) return;
  // the outcome of an act is not walked away from; it comes within seconds
  if (top().locked) { history.pushState({ depth: stack.length }, ""); return; }
  leave(stack.pop()); draw();
});
function leave(screen) { if (screen && screen.leave) screen.leave(); }

export function draw() {
  const screen = top();
  switched();
  $("screen").replaceChildren(screen.node);
  $("screen").scrollTop = 0;
  $("tabs").hidden = stack.length > 1 || !screen.tab;
  for (const button of $("tabs").children) button.toggleAttribute("aria-current", button.dataset.tab === screen.tab);
  refresh();
  if (screen.enter) screen.enter();
  clearTimeout(timer); live();
}
// The buttons around the screen, after something in it has changed.
export function refresh() {
  const screen = top();
  if (!screen) return;
  setMain(screen.main ? screen.main() : null);
  setBack(stack.length > 1 && !screen.locked ? back : null);
}

async function live() {
  const screen = top();
  if (screen.live && document.visibilityState === "visible") {
    try { await screen.live(); await lookAtState(); heard(true); } catch (error) { failed(error); }
  }
  clearTimeout(timer);
  timer = setTimeout(live, LIVE_MS);
}
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible" && top()) { clearTimeout(timer); live(); } });

let lost = false;
export function heard(there) { if (lost === there) { lost = !there; drawState(); } }
export function failed(error) {
  if (error instanceof Lost) { heard(false); return; }
  if (!(error instanceof Refusal)) throw error;
  if (error.code === "SESSION_OVER" || error.code === "LAUNCH_STRANGER") { app.over(error); return; }
  haptic("error");
  toast(error.message || error.title, "bad");
}
// Try something that a person asked for; what fails is told.
export async function attempt(act) {
  try { const done = await act(); heard(true); return done; } catch (error) {
    if (error instanceof Lost) toast(t("no-signal"), "bad");
    failed(error);
    return null;
  }
}

export async function lookAtState() {
  const { told, changed } = await look(path(""));
  if (!changed && app.state) return;
  app.state = told;
  drawState();
}
function drawState() {
  const told = app.state;
  let name = "", text = "";
  if (lost) { name = "bad"; text = t("state-no-signal"); }
  else if (told && told.state === "blocked") { name = "bad"; text = t("state-blocked"); }
  else if (told && told.lane.stopped) { name = "bad"; text = t("state-stopped"); }
  else if (told && told.mode === "autonomous") { name = "warn"; text = t("state-autonomous", { count: told.unsent }); }
  else if (told) { name = "good"; text = told.shift ? t("state-shift", { number: told.shift.number }) : t("state-no-shift"); }
  $("state").className = name; $("state").textContent = text;
}

export function frame(made, more) {
  roots = made;
  $("back").replaceChildren(drawing(icons.back)); $("back").setAttribute("aria-label", t("back"));
  $("more").replaceChildren(drawing(icons.more)); $("more").setAttribute("aria-label", t("more"));
  $("more").onclick = more; $("more").hidden = false;
  $("tabs").setAttribute("aria-label", t("title"));
  $("tabs").replaceChildren(...Object.keys(roots).map((tab) => {
    const button = h("button", { onclick: () => root(tab) }, drawing(icons[tab]), h("span", null, t(`tab-${tab}`)));
    button.dataset.tab = tab;
    return button;
  }));
  $("title").textContent = app.register ? app.register.title : t("title");
}
export function splash(title, text, ...inside) {
  for (const screen of stack.splice(0)) leave(screen);
  stack = [{ node: h("section.splash", null, h("h2", null, title), h("p", null, text), inside) }];
  draw();
}
