"use strict";
// A Mini App over the chat, as Telegram's web client shows one: a frame, its events, the buttons around it.
const openFrame = (() => {
  const $ = (id) => document.getElementById(id);
  const CLOSE = "M6 6l12 12M18 6L6 18", BACK = "M15 5l-7 7 7 7";
  let frame = null, around = null, careful = false, hasBack = false;
  const tell = (eventType, eventData = {}) => frame && frame.contentWindow.postMessage(JSON.stringify({ eventType, eventData }), "*");
  const dark = () => matchMedia("(prefers-color-scheme: dark)").matches;
  // The palettes of Telegram's own clients.
  const theme = () => (dark()
    ? { bg_color: "#212121", secondary_bg_color: "#0f0f0f", section_bg_color: "#212121", text_color: "#ffffff", hint_color: "#aaaaaa", link_color: "#8774e1", button_color: "#8774e1", button_text_color: "#ffffff", accent_text_color: "#8774e1", destructive_text_color: "#e53935" }
    : { bg_color: "#ffffff", secondary_bg_color: "#f4f4f5", section_bg_color: "#ffffff", text_color: "#000000", hint_color: "#707579", link_color: "#3390ec", button_color: "#3390ec", button_text_color: "#ffffff", accent_text_color: "#3390ec", destructive_text_color: "#e53935" });
  const room = () => ({ height: frame ? frame.clientHeight : 0, width: frame ? frame.clientWidth : 0, is_expanded: true, is_state_stable: true });
  const none = { top: 0, bottom: 0, left: 0, right: 0 };

  function close() {
    $("app").hidden = true;
    if (frame) frame.remove();
    frame = null;
  }
  function corner() {
    $("app-close").querySelector("path").setAttribute("d", hasBack ? BACK : CLOSE);
    $("app-close").setAttribute("aria-label", hasBack ? around.words.back : around.words.close);
  }
  const hears = {
    web_app_close: close,
    web_app_setup_closing_behavior: (told) => { careful = Boolean(told.need_confirmation); },
    web_app_setup_back_button: (told) => { hasBack = Boolean(told.is_visible); corner(); },
    web_app_setup_main_button(told) {
      const button = $("app-main");
      if (told.is_visible !== undefined) button.hidden = !told.is_visible;
      if (told.text !== undefined) button.textContent = told.text;
      if (told.is_active !== undefined) button.disabled = !told.is_active;
      button.classList.toggle("busy", Boolean(told.is_progress_visible));
    },
    web_app_request_theme: () => tell("theme_changed", { theme_params: theme() }),
    web_app_request_viewport: () => tell("viewport_changed", room()),
    web_app_request_safe_area: () => tell("safe_area_changed", none),
    web_app_request_content_safe_area: () => tell("content_safe_area_changed", none),
    web_app_trigger_haptic_feedback: (told) => { $("app").dataset.haptic = told.notification_type || told.impact_style || ""; },
    web_app_open_link: (told) => around.open(String(told.url)),
    web_app_open_tg_link: (told) => around.open(`https://t.me${told.path_full}`),
  };
  addEventListener("message", (event) => {
    if (!frame || event.source !== frame.contentWindow) return;
    let told;
    try { told = JSON.parse(event.data); } catch { return; }
    if (Object.hasOwn(hears, told.eventType)) hears[told.eventType](told.eventData || {});
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => tell("theme_changed", { theme_params: theme() }));
  addEventListener("resize", () => tell("viewport_changed", room()));
  $("app-main").addEventListener("click", () => tell("main_button_pressed"));
  $("app-close").addEventListener("click", () => {
    if (hasBack) tell("back_button_pressed");
    else if (!careful || confirm(around.words.leave)) close();
  });

  return (url, fragment, told) => {
    close();
    around = told; careful = hasBack = false;
    $("app").querySelector("h2").textContent = told.title;
    $("app-main").hidden = true;
    corner();
    // A frame of its own each time: nothing of an earlier opening is in it.
    frame = document.createElement("iframe");
    frame.title = told.title;
    frame.src = `${url}#${fragment}&tgWebAppThemeParams=${encodeURIComponent(JSON.stringify(theme()))}`;
    $("app-main").before(frame);
    $("app").hidden = false;
  };
})();
