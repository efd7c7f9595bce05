// Telegram's window around us: events out and in by its open protocol, without its script, so that the page also works
// where there is no internet. Where there is no such window, the page draws the buttons itself.
const given = new URLSearchParams(location.hash.slice(1));
const keep = {
  get: (name) => { try { return sessionStorage.getItem(name) || ""; } catch { return ""; } },
  set: (name, value) => { try { sessionStorage.setItem(name, value); } catch { /* a browser that keeps nothing */ } },
};
for (const name of ["tgWebAppData", "tgWebAppPlatform", "tgWebAppThemeParams"]) if (given.has(name)) keep.set(name, given.get(name));
// The data opens a session: it has no business in the history or in a screenshot of the address.
if (given.has("tgWebAppData")) history.replaceState(history.state, "", location.pathname + location.search);

export const launchData = keep.get("tgWebAppData");
const proxy = window.TelegramWebviewProxy;
const desktop = window.external && "notify" in window.external ? window.external : null;
const framed = window.parent !== window;
export const inTelegram = Boolean(keep.get("tgWebAppPlatform") && (proxy || desktop || framed));

function post(eventType, eventData = {}) {
  if (!inTelegram) return;
  if (proxy) proxy.postEvent(eventType, JSON.stringify(eventData));
  else if (desktop) desktop.notify(JSON.stringify({ eventType, eventData }));
  // who may frame this page stands in its policy; what is told here is a button's text
  else window.parent.postMessage(JSON.stringify({ eventType, eventData }), "*");
}

const hearers = {};
function receive(type, data) { if (hearers[type]) hearers[type](data || {}); }
window.Telegram = { WebView: { receiveEvent: receive } };
window.TelegramGameProxy = { receiveEvent: receive };
window.TelegramGameProxy_receiveEvent = receive;
window.addEventListener("message", (event) => {
  if (!framed || event.source !== window.parent) return;
  try { const told = JSON.parse(event.data); receive(told.eventType, told.eventData); } catch { /* not Telegram's */ }
});

// ── colours ──
const light = (hex) => {
  const part = (at) => { const v = parseInt(hex.slice(at, at + 2), 16) / 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
};
const contrast = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
const mixed = (hex, to, share) => "#" + [1, 3, 5].map((at) => Math.round(parseInt(hex.slice(at, at + 2), 16) * (1 - share) + to * share).toString(16).padStart(2, "0")).join("");
// A theme is a matter of taste, to be read is not: moved towards black or white until 4.5 : 1.
function readable(hex, ...grounds) {
  const to = light(grounds[0]) > 0.18 ? 0 : 255;
  for (let share = 0; share < 1; share += 0.05) {
    const tried = mixed(hex, to, share);
    if (grounds.every((ground) => contrast(tried, ground) >= 4.6)) return tried;
  }
  return to ? "#ffffff" : "#000000";
}
function paint(theme) {
  const of = (name, other) => (/^#[0-9a-f]{6}$/i.test(theme[name] || "") ? theme[name] : other);
  if (!of("bg_color", "")) return;
  const style = document.documentElement.style, bg = of("secondary_bg_color", theme.bg_color), card = of("section_bg_color", theme.bg_color);
  const on = of("button_text_color", "#ffffff"), dark = light(card) < 0.18;
  document.documentElement.dataset.scheme = dark ? "dark" : "light";
  const told = {
    bg, card, text: readable(of("text_color", dark ? "#ffffff" : "#000000"), card, bg), on,
    hint: readable(of("hint_color", "#808080"), card, bg), accent: readable(of("accent_text_color", of("button_color", "#2a7ad2")), card, bg),
    button: readable(of("button_color", "#2a7ad2"), on), bad: readable(of("destructive_text_color", "#c2332d"), card, bg),
    good: readable("#2c8f4a", card, bg), line: mixed(card, dark ? 255 : 0, 0.1),
  };
  for (const name in told) style.setProperty(`--${name}`, told[name]);
}
const theme = () => { try { return JSON.parse(keep.get("tgWebAppThemeParams")) || {}; } catch { return {}; } };
hearers.theme_changed = ({ theme_params: told }) => { keep.set("tgWebAppThemeParams", JSON.stringify(told || {})); paint(told || {}); };

// ── room ──
const inset = (prefix) => (told) => {
  for (const side of ["top", "bottom", "left", "right"]) document.documentElement.style.setProperty(`--${prefix}-${side}`, `${Number(told[side]) || 0}px`);
};
hearers.safe_area_changed = inset("safe");
hearers.content_safe_area_changed = inset("content");
hearers.viewport_changed = ({ height, is_state_stable: stable }) => {
  if (stable !== false && height > 0) document.documentElement.style.setProperty("--height", `${height}px`);
};

// ── buttons ──
const TWICE_MS = 350;
let echo = null, lastTap = null, settling = 0;
// The second half of a double tap must not hit what has just appeared under the finger.
export function switched() {
  echo = lastTap;
  document.body.dataset.settling = "";
  clearTimeout(settling);
  settling = setTimeout(() => { echo = null; delete document.body.dataset.settling; }, TWICE_MS);
}
document.addEventListener("click", (event) => {
  const near = echo && event.detail > 0 && Math.hypot(event.clientX - echo.x, event.clientY - echo.y) < 30;
  if (near) { event.preventDefault(); event.stopPropagation(); return; }
  lastTap = { x: event.clientX, y: event.clientY };
}, true);

let mainAct = null, backAct = null, mainTold = "";
hearers.main_button_pressed = () => { if (mainAct && !("settling" in document.body.dataset)) mainAct(); };
hearers.back_button_pressed = () => { if (backAct) backAct(); };

// The one thing to do on a screen; `null` where there is a choice.
export function setMain(button) {
  mainAct = button && !button.disabled && !button.busy ? button.act : null;
  const told = button ? { is_visible: true, is_active: Boolean(mainAct), is_progress_visible: Boolean(button.busy), text: button.text } : { is_visible: false };
  const text = JSON.stringify(told);
  if (text === mainTold) return;
  mainTold = text;
  if (inTelegram) post("web_app_setup_main_button", told);
  const own = document.getElementById("main");
  own.hidden = inTelegram || !button;
  own.textContent = button ? button.text : "";
  own.disabled = !mainAct;
  own.classList.toggle("busy", Boolean(button && button.busy));
}
export function setBack(act) {
  backAct = act;
  if (inTelegram) post("web_app_setup_back_button", { is_visible: Boolean(act) });
  document.getElementById("back").hidden = inTelegram || !act;
}
export function haptic(kind) {
  const told = kind === "key" ? { type: "impact", impact_style: "light" } : { type: "notification", notification_type: kind };
  post("web_app_trigger_haptic_feedback", told);
}
export const confirmClosing = (needed) => post("web_app_setup_closing_behavior", { need_confirmation: needed });
export const close = () => post("web_app_close");
export function openLink(url) {
  if (!/^https?:/.test(url)) return;
  if (inTelegram) post("web_app_open_link", { url }); else window.open(url, "_blank", "noopener");
}
export function share(url, text) {
  const path = `/share/url?url=${encodeURIComponent(url)}&text=${encodeURIComponent(text)}`;
  if (inTelegram) post("web_app_open_tg_link", { path_full: path }); else window.open(`https://t.me${path}`, "_blank", "noopener");
}

export function begin() {
  paint(theme());
  document.getElementById("main").addEventListener("click", () => { if (mainAct) mainAct(); });
  document.getElementById("back").addEventListener("click", () => { if (backAct) backAct(); });
  for (const name of ["ready", "expand", "request_theme", "request_viewport", "request_safe_area", "request_content_safe_area"]) post(`web_app_${name}`);
  // a swipe down in the list must not close a till
  post("web_app_setup_swipe_behavior", { allow_vertical_swipe: false });
}
