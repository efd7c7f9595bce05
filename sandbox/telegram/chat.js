"use strict";
(() => {
  const config = JSON.parse(document.getElementById("config").textContent);
  const words = config.words;
  const api = `/telegram/chats/${config.chat}`;
  const $ = (id) => document.getElementById(id);
  const scroll = $("scroll"), list = $("list"), field = $("text");
  const items = new Map();
  const waiting = new Map();
  let view = {}, replyTo = null, keysOpen = true, statusTimer = 0, toastTimer = 0;

  // Everything that people or the bot wrote goes in as text nodes; no markup is ever parsed here.
  const make = (tag, name, ...inside) => {
    const node = document.createElement(tag);
    if (name) node.className = name;
    node.append(...inside);
    return node;
  };
  const drawing = (path, box = "0 0 24 24") => {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    svg.setAttribute("viewBox", box);
    svg.append(Object.assign(document.createElementNS(space, "path"), {}));
    svg.firstChild.setAttribute("d", path);
    return svg;
  };
  const safeLink = (address) => /^(https?|tg|mailto|tel):/i.test(address) ? address : null;

  // ── talking to the server ──
  async function post(what, body, type = "application/json") {
    const options = { method: "POST", headers: { "Accept-Language": config.language }, body };
    if (type) { options.headers["Content-Type"] = type; options.body = JSON.stringify(body); }
    try {
      const answer = await fetch(`${api}/${what}`, options);
      const told = await answer.json();
      if (!answer.ok) { toast(told.detail || words.failed); return null; }
      return told;
    } catch { toast(words.failed); return null; }
  }

  // ── formatted text ──
  const openers = {
    bold: () => make("strong"), italic: () => make("em"), underline: () => make("u"), strikethrough: () => make("s"),
    code: (text) => tap(make("code"), () => copy(text)),
    pre: () => make("pre"), blockquote: () => make("blockquote"),
    expandable_blockquote: () => { const node = make("blockquote", "folded"); return tap(node, () => node.classList.toggle("folded")); },
    spoiler: () => { const node = make("span", "spoiler"); return tap(node, () => node.classList.add("seen")); },
    text_link: (text, entity) => link(entity.url),
    url: (text) => link(/^[a-z]+:/i.test(text) ? text : `https://${text}`),
    email: (text) => link(`mailto:${text}`),
    bot_command: (text) => tap(make("span", "tap"), () => post("say", { text })),
    mention: () => make("span", "tap"),
  };
  function tap(node, act) { node.addEventListener("click", act); return node; }
  function link(address) {
    const safe = safeLink(address);
    if (!safe) return make("span", "tap");
    const start = new RegExp(`^https?://t\\.me/${view.bot.username}\\?start=([\\w-]{1,64})$`, "i").exec(safe);
    const node = make("a");
    node.href = safe; node.target = "_blank"; node.rel = "noopener noreferrer nofollow";
    if (start) node.addEventListener("click", (event) => { event.preventDefault(); post("start", { payload: start[1] }); });
    return node;
  }
  // Offsets are UTF-16 units, exactly JavaScript's own.
  function formatted(text, entities, from = 0, to = text.length) {
    const box = document.createDocumentFragment();
    let at = from;
    const inside = entities.filter((e) => e.offset >= from && e.offset + e.length <= to);
    for (let i = 0; i < inside.length; i++) {
      const entity = inside[i], begin = entity.offset, end = begin + entity.length;
      if (begin < at) continue;
      if (begin > at) box.append(text.slice(at, begin));
      const piece = text.slice(begin, end);
      const node = (openers[entity.type] || (() => make("span")))(piece, entity);
      node.append(formatted(text, inside.slice(i + 1), begin, end));
      box.append(node);
      at = end;
      if (/^(pre|.*blockquote)$/.test(entity.type) && text[at] === "\n") at++;
    }
    if (at < to) box.append(text.slice(at, to));
    return box;
  }

  // ── one message ──
  const clock = (at) => at.slice(11, 16);
  const size = (bytes) => bytes < 1024 ? `${bytes} ${words.bytes}` : bytes < 1048576 ? `${(bytes / 1024).toFixed(1)} ${words.kilobytes}` : `${(bytes / 1048576).toFixed(1)} ${words.megabytes}`;
  const brief = (item) => item.text || (item.media === "photo" ? words.photo : item.files[0] ? item.files[0].name : item.location ? words.location : words.contact);

  function drawn(item) {
    const row = make("li", `row ${item.from}`);
    row.dataset.id = item.id;
    const bubble = make("div", "bubble");
    const quoted = item.reply_to && items.get(item.reply_to);
    if (quoted) {
      const quote = make("button", "quote", make("b", "", quoted.from === "bot" ? view.bot.first_name : words.you), make("span", "", brief(quoted)));
      bubble.append(tap(quote, () => jump(item.reply_to)));
    }
    for (const file of item.files) bubble.append(file.type.startsWith("image/") && item.media === "photo" ? picture(file, item) : paper(file));
    if (item.contact) bubble.append(make("div", "words", `☎ ${item.contact.phone_number}\n${item.contact.first_name}`));
    if (item.location) bubble.append(make("div", "words", `📍 ${words.location}\n${item.location.latitude}, ${item.location.longitude}`));
    const meta = make("span", "meta");
    if (item.from === "bot" && item.edits.length) meta.append(`${words.edited} `);
    if (item.from === "bot") meta.append(bell(item.silent));
    meta.append(clock(item.at));
    if (item.from === "person") meta.append(drawing(item.read ? "M1.5 7l3.5 3.5L12 3M8.5 10.3l.4.2L16 3" : "M3.5 7L7 10.5 14 3", "0 0 17 13"));
    const text = make("div", "words");
    if (item.text) text.append(formatted(item.text, item.entities));
    if (item.text) { text.append(meta); bubble.append(text); } else bubble.append(meta);
    bubble.addEventListener("dblclick", () => answerTo(item.id));
    bubble.addEventListener("contextmenu", (event) => { event.preventDefault(); answerTo(item.id); });
    row.append(bubble);
    if (item.keyboard_kind === "inline") row.append(keyboard(item));
    return row;
  }
  // Whether the phone rang: a crossed bell for what came silently.
  function bell(silent) {
    const mark = make("span", silent ? "bell silent" : "bell", drawing(`M6 17h12l-1.6-2.4V10.5a4.4 4.4 0 00-8.8 0v4.1zM10.5 19.5a1.6 1.6 0 003 0${silent ? "M4.5 4.5l15 15" : ""}`));
    mark.title = silent ? words.silent : words.sound;
    mark.setAttribute("role", "img"); mark.setAttribute("aria-label", mark.title);
    return mark;
  }
  function picture(file, item) {
    const image = make("img");
    image.src = file.url; image.alt = words.photo; image.loading = "lazy";
    if (file.width) { image.width = file.width; image.height = file.height; image.style.height = "auto"; }
    const holder = make("button", item.text ? "picture" : "picture alone", image);
    return tap(holder, () => { $("viewer").querySelector("img").src = file.url; $("viewer").showModal(); });
  }
  function paper(file) {
    const node = make("a", "file", make("i", "", drawing("M12 4v11M7.5 10.5L12 15l4.5-4.5M6 19.5h12")), make("span", "", make("b", "", file.name), make("small", "", size(file.size))));
    node.href = file.url; node.target = "_blank"; node.rel = "noopener";
    return node;
  }
  const corners = { url: "M7 17L17 7M9 7h8v8", web_app: "M5 5h14v14H5zM5 10h14", copy_text: "M9 9h10v10H9zM5 15V5h10" };
  function keyboard(item) {
    const keys = make("div", "keys");
    for (const line of item.keyboard) {
      const row = make("div");
      for (const button of line) {
        const key = make("button", `key ${button.style || ""}`, button.text);
        key.type = "button";
        for (const kind in corners) if (button[kind]) key.append(drawing(corners[kind]));
        if (waiting.get(item.id) === button.data && button.data) key.classList.add("waiting");
        row.append(tap(key, () => pressed(item, button, key)));
      }
      keys.append(row);
    }
    return keys;
  }
  // The menu button's Mini App opens over the chat, with launch data made for this very opening.
  $("open-app").addEventListener("click", async () => {
    const told = await fetch(`${api}/launch`).then((answer) => answer.json()).catch(() => null);
    if (!told) { toast(words.failed); return; }
    openFrame(view.menu_button.url, told.fragment, { title: view.bot.first_name, words, open: (url) => { const node = link(url); if (node.href) node.click(); } });
  });
  async function pressed(item, button, key) {
    let outside = button.url || button.web_app;
    if (button.web_app) {
      const told = await fetch(`${api}/launch`).then((answer) => answer.json()).catch(() => null);
      if (!told) { toast(words.failed); return; }
      outside += `${outside.includes("#") ? "&" : "#"}${told.fragment}`;
    }
    if (outside) {
      const node = link(outside);
      if (node.href) { document.body.append(node); node.click(); node.remove(); }
      return;
    }
    if (button.copy_text) return copy(button.copy_text);
    waiting.set(item.id, button.data);
    key.classList.add("waiting");
    setTimeout(() => answered(item.id), 8000);
    const told = await post("press", { data: button.data, message: item.id });
    if (!told) answered(item.id);
  }
  function answered(id) {
    waiting.delete(id);
    list.querySelectorAll(`[data-id="${id}"] .waiting`).forEach((key) => key.classList.remove("waiting"));
  }
  async function copy(text) {
    try { await navigator.clipboard.writeText(text); } catch {
      const area = make("textarea"); area.value = text; document.body.append(area); area.select();
      document.execCommand("copy"); area.remove();
    }
    toast(words.copied);
  }

  // ── the list ──
  let near = true;
  const bottom = () => { scroll.scrollTop = scroll.scrollHeight; };
  // Whoever reads the end stays there when the room or the text changes; only a person's own scrolling leaves it.
  let room = 0, length = 0;
  function settle() {
    room = scroll.clientHeight; length = scroll.scrollHeight;
    if (near) bottom();
  }
  scroll.addEventListener("scroll", () => {
    if (scroll.clientHeight !== room || scroll.scrollHeight !== length) { settle(); if (near) return; }
    near = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 60;
    $("down").hidden = near;
  }, { passive: true });
  const watch = new ResizeObserver(settle);
  watch.observe(scroll); watch.observe(list);
  $("down").addEventListener("click", () => scroll.scrollTo({ top: scroll.scrollHeight, behavior: "smooth" }));

  function dayName(day) {
    if (day === new Date().toLocaleDateString("sv")) return words.today;
    const [year, month, date] = day.split("-");
    return `${date}.${month}.${year}`;
  }
  function place(item, fresh) {
    const node = drawn(item), old = list.querySelector(`[data-id="${item.id}"]`);
    items.set(item.id, item);
    if (old) { old.replaceWith(node); join(node); return; }
    const day = item.at.slice(0, 10);
    if (list.dataset.day !== day) { list.dataset.day = day; list.append(make("li", "day", dayName(day))); }
    if (fresh) node.classList.add("fresh");
    list.append(node);
    join(node);
  }
  function join(node) {
    const same = (one) => one && one.dataset.id && one.classList.contains("person") === node.classList.contains("person");
    node.classList.toggle("tight", Boolean(same(node.previousElementSibling)));
    node.classList.toggle("last", !same(node.nextElementSibling));
    if (same(node.previousElementSibling)) node.previousElementSibling.classList.remove("last");
  }
  function jump(id) {
    const node = list.querySelector(`[data-id="${id}"]`);
    if (!node) return;
    node.scrollIntoView({ block: "center", behavior: "smooth" });
    node.classList.remove("flash"); void node.offsetWidth; node.classList.add("flash");
  }
  function answerTo(id) {
    replyTo = id;
    $("reply").hidden = id === null;
    if (id !== null) { $("reply").querySelector("p").textContent = brief(items.get(id)); field.focus(); }
  }

  // ── around it ──
  function status(text, live) {
    clearTimeout(statusTimer);
    $("status").textContent = text;
    $("status").classList.toggle("live", Boolean(live));
    if (live) statusTimer = setTimeout(() => status(words.bot), 5000);
  }
  function toast(text) {
    clearTimeout(toastTimer);
    $("toast").textContent = text;
    $("toast").hidden = false;
    toastTimer = setTimeout(() => { $("toast").hidden = true; }, 3500);
  }
  function alertBox(text) {
    $("alert").querySelector("p").textContent = text;
    if (!$("alert").open) $("alert").showModal();
  }
  function around(told) {
    view = told;
    $("name").textContent = view.bot.first_name;
    document.querySelector(".avatar").textContent = [...view.bot.first_name][0] || "";
    document.title = `${view.bot.first_name} — ${view.chat.first_name}`;
    const off = !view.started || view.blocked;
    $("start").hidden = !off; $("form").hidden = off;
    $("start").textContent = view.blocked ? words.restart : words.start;
    field.placeholder = view.placeholder || words.message;
    $("menu").hidden = !view.commands.length;
    $("open-app").hidden = !view.menu_button;
    $("open-app").textContent = view.menu_button ? view.menu_button.text : "";
    $("keys").hidden = !view.keyboard.length;
    $("commands").replaceChildren(...view.commands.map((one) => tap(make("button", "", make("b", "", `/${one.command.replace(/^\//, "")}`), make("span", "", one.description)), () => {
      $("commands").hidden = true; post("say", { text: `/${one.command.replace(/^\//, "")}` });
    })));
    $("keyboard").replaceChildren(...view.keyboard.map((line) => make("div", "", ...line.map((button) => tap(make("button", `key ${button.style || ""}`, button.text), () => {
      if (button.web_app) { pressed(null, button); return; }
      if (view.one_time) { keysOpen = false; $("keyboard").hidden = true; }
      post("press", { text: button.text });
    })))));
    $("keyboard").hidden = off || !view.keyboard.length || !keysOpen;
  }
  function about() {
    const empty = !items.size;
    $("about").hidden = !empty || !view.description;
    if (empty && view.description) $("about").replaceChildren(make("b", "", words.what), view.description);
  }

  // ── live ──
  const acts = {
    all(event) {
      around(event);
      items.clear(); list.replaceChildren(); delete list.dataset.day;
      for (const item of event.items) place(item, false);
      status(words.bot); about(); near = true; settle();
      document.body.dataset.ready = "1";
    },
    item(event) {
      const stays = near || event.item.from === "person" && !items.has(event.item.id);
      if (event.item.from === "bot" && !items.has(event.item.id)) status(words.bot);
      place(event.item, true); about();
      if (stays) { near = true; settle(); }
    },
    removed(event) {
      items.delete(event.message);
      const node = list.querySelector(`[data-id="${event.message}"]`);
      const beside = node && node.previousElementSibling;
      if (node) node.remove();
      if (beside && beside.dataset.id) join(beside);
    },
    chat(event) { keysOpen = true; around(event); about(); },
    toast(event) { event.alert ? alertBox(event.text) : toast(event.text); },
    answered(event) { answered(event.message); },
    action(event) { status(event.action === "typing" ? words.typing : words.sending, true); },
  };
  status(words.connecting);
  const stream = new EventSource(`${api}/events`);
  stream.onmessage = (message) => { const event = JSON.parse(message.data); acts[event.kind](event); };
  stream.onerror = () => status(words.connecting);

  // ── writing ──
  const grow = () => { field.style.height = "auto"; field.style.height = `${Math.min(field.scrollHeight, 150)}px`; };
  field.addEventListener("input", grow);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); $("form").requestSubmit(); }
    if (event.key === "Escape") answerTo(null);
  });
  $("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text) return;
    const body = replyTo === null ? { text } : { text, reply_to: replyTo };
    field.value = ""; grow(); answerTo(null); field.focus();
    if (!await post("say", body) && !field.value) { field.value = text; grow(); }
  });
  $("start").addEventListener("click", () => post("start", {}));
  $("keys").addEventListener("click", () => { keysOpen = $("keyboard").hidden; $("keyboard").hidden = !keysOpen; $("commands").hidden = true; });
  $("menu").addEventListener("click", () => { $("commands").hidden = !$("commands").hidden; });
  $("reply").querySelector("button").addEventListener("click", () => answerTo(null));
  $("attach").addEventListener("click", () => $("file").click());
  async function sendFile(file) {
    const form = new FormData();
    form.append("file", file, file.name);
    if (field.value.trim()) { form.append("caption", field.value.trim()); field.value = ""; grow(); }
    await post(/^image\/(png|jpeg|webp)$/.test(file.type) ? "photo" : "document", form, null);
  }
  $("file").addEventListener("change", () => { if ($("file").files[0]) sendFile($("file").files[0]); $("file").value = ""; });
  field.addEventListener("paste", (event) => { const file = event.clipboardData.files[0]; if (file) { event.preventDefault(); sendFile(file); } });
  scroll.addEventListener("dragover", (event) => event.preventDefault());
  scroll.addEventListener("drop", (event) => { event.preventDefault(); const file = event.dataTransfer.files[0]; if (file) sendFile(file); });
  $("alert").querySelector("button").textContent = words.ok;
  for (const [id, label] of [["send", words.send], ["attach", words.attach], ["menu", words.commands], ["keys", words.keyboard], ["down", words.down]]) {
    $(id).setAttribute("aria-label", label); $(id).title = label;
  }
  $("reply").querySelector("button").setAttribute("aria-label", words.cancel);
  field.setAttribute("aria-label", words.message);
})();
