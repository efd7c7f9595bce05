"use strict";
(() => {
  const config = JSON.parse(document.getElementById("config").textContent);
  const $ = (id) => document.getElementById(id);
  const make = (tag, name, ...inner) => { const node = document.createElement(tag); if (name) node.className = name; node.append(...inner); return node; };
  const keep = {
    get: (name) => { try { return sessionStorage.getItem(name); } catch { return null; } },
    set: (name, value) => { try { sessionStorage.setItem(name, value); } catch { /* a browser that keeps nothing */ } },
  };
  let language = keep.get("language") || config.language;
  let register = config.registers.find((one) => one.register_id === keep.get("register")) || config.registers[0];
  let chat = register.vendor_chat, view = "exchanges", seen = null, watched = ["ofd", "ok"];
  let exchanges = new Map(), paperSeen = 0, receiptNow = null, first = true, telegram = "ok";
  const say = (key) => config.words[language][key] ?? key;
  const tenge = (tiyn) => `${(Math.trunc(tiyn / 100)).toLocaleString("ru").replace(/\s/g, "\u00a0")}${tiyn % 100 ? `,${String(tiyn % 100).padStart(2, "0")}` : ""}\u00a0₸`;
  const money = (text) => tenge(Math.round(Number(text) * 100));
  const clockOf = (iso) => iso.slice(11, 19);
  const dayOf = (iso) => `${iso.slice(8, 10)}.${iso.slice(5, 7)}`;

  async function call(method, path, body) {
    try {
      const answer = await fetch(path, { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
      return answer.ok ? await answer.json() : null;
    } catch { return null; }
  }

  // ── the switches ──
  const refusals = { 13: { result_code: 13, commands: ["TICKET"], times: 1 }, 15: { result_code: 15 }, 254: { result_code: 254 } };
  const acts = {
    ofd: (name) => call("PUT", "/ofd/behaviour", refusals[name] ? { mode: "ok", ...refusals[name] } : name === "slow" ? { mode: "slow", delay_s: 3 } : { mode: name }),
    telegram: (name) => call("PUT", "/telegram/behaviour", { mode: name }),
    printer: (name) => call("PUT", "/printer/behaviour", name === "cut" ? { mode: "cut_after_bytes", bytes: 400 } : { mode: name }),
    kill: (name) => call("POST", "/kill", { role: name }),
    clock: (name) => call("POST", "/clock", name === "now" ? { advance_s: -(seen ? seen.offset_s : 0) } : { advance_s: Number(name) }),
  };
  const groups = {
    ofd: ["ok", "down", "silent", "lose_answers", "slow", "garbage", "split", "13", "15", "254"],
    clock: ["60", "3600", "86400", "259200", "now"],
    telegram: ["ok", "slow", "lose_answers", "repeat_updates", "http_500", "too_many_requests", "down"],
    printer: ["ok", "paper_out", "cover_open", "off", "cut"],
    kill: ["web", "bot", "lanes", "clock", "all"],
  };
  const watchOf = (group, name) => say(groups[group][0] === "ok" ? `${group}.${name}.watch` : `${group}.watch`);
  function watch(group, name) {
    watched = [group, name];
    $("watch").replaceChildren(make("b", "", `${say(`group.${group}`)}: ${say(`${group}.${name}`)}.`), ` ${watchOf(group, name)}`);
  }
  async function flip(group, name, button) {
    watch(group, name);
    if (button) button.classList.add("busy");
    await acts[group](name);
    if (button) button.classList.remove("busy");
    if (group === "telegram") { telegram = name; pressed(); }
    hurry();
  }
  function drawPanel() {
    $("groups").replaceChildren(...Object.entries(groups).map(([group, names]) => {
      const box = make("div", "group", make("b", "", say(`group.${group}`)));
      box.setAttribute("role", "group"); box.setAttribute("aria-label", say(`group.${group}`));
      for (const name of names) {
        const button = make("button", name === "ok" ? "well" : "", say(`${group}.${name}`));
        button.type = "button"; button.dataset.group = group; button.dataset.name = name; button.title = watchOf(group, name);
        button.addEventListener("click", () => flip(group, name, button));
        box.append(button);
      }
      return box;
    }));
    pressed(); watch(...watched);
  }
  const ofdName = (told) => String(told.result_code ?? told.mode);
  function pressed() {
    const now = seen ? { ofd: ofdName(seen.ofd), printer: seen.printer === "cut_after_bytes" ? "cut" : seen.printer, telegram } : {};
    for (const button of $("groups").querySelectorAll("button")) {
      if (button.dataset.group in { ofd: 1, printer: 1, telegram: 1 }) button.setAttribute("aria-pressed", String(now[button.dataset.group] === button.dataset.name));
    }
  }

  // ── the guide ──
  function type(text, send) {
    open("chat"); pick(register.vendor_chat);
    const inside = $("chat").contentDocument, field = inside && inside.getElementById("text");
    if (!field) return;
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
    if (send) inside.getElementById("form").requestSubmit();
  }
  const steps = [
    { done: (one) => one.register.last_document > 0, act: () => type(say("example")) },
    { done: (one) => ["down", "silent"].includes(one.ofd.mode) || one.register.unsent > 0 || one.book.offline_periods.length > 0, act: () => flip("ofd", "down") },
    { done: (one) => one.register.unsent > 1 || one.book.offline_periods.length > 0, act: () => type(say("example")) },
    { done: (one) => one.register.last_document > 1 && one.register.shift === null, act: () => type(say("close-text"), true) },
    { done: (one) => one.book.offline_periods.length > 0 && one.register.mode === "online" && one.register.unsent === 0, act: async () => { await flip("ofd", "ok"); await flip("clock", "60"); } },
  ];
  function guide() {
    if (!seen) return;
    const name = `step.${register.register_id}`;
    let at = Number(keep.get(name) || 0);
    while (at < steps.length && steps[at].done(seen)) at += 1;
    keep.set(name, String(at));
    const drawn = `${language}${register.register_id}${at}`;
    if ($("steps").dataset.drawn === drawn) return;
    $("steps").dataset.drawn = drawn;
    $("steps").classList.toggle("all", at === steps.length);
    if (at === steps.length) { $("steps").replaceChildren(make("span", "", `✓ ${say("step.done")}`)); return; }
    $("steps").replaceChildren(...steps.map((step, index) => {
      const row = make("li", index < at ? "done" : index === at ? "next" : "", make("i", "", index < at ? "✓" : String(index + 1)), make("span", "", say(`step.${index + 1}`)));
      const button = make("button", "", say(`step.${index + 1}.do`));
      button.type = "button";
      button.addEventListener("click", () => step.act());
      row.append(button);
      return row;
    }));
  }

  // ── the four panes ──
  function pick(number) {
    chat = number;
    const wanted = `/telegram/chat/${chat}`;
    if ($("chat").dataset.at !== wanted) { $("chat").dataset.at = wanted; $("chat").src = wanted; }
    $("pocket").href = `/pocket?chat=${chat}`;
    segments("chats", [[register.vendor_chat, say("vendor")], [config.owner, say("owner")]], chat, pick);
  }
  function customer(receipt) {
    const wanted = receipt ? `/r/${receipt.code}?lang=${language}` : null, drawn = receipt ? `${wanted} ${receipt.mark}` : null;
    if (drawn === receiptNow) return;
    const same = Boolean(receiptNow && wanted) && receiptNow.startsWith(`${wanted} `);
    receiptNow = drawn;
    const frame = $("receipt"), phone = frame.closest(".phone");
    frame.hidden = !wanted; phone.querySelector(".empty").hidden = Boolean(wanted);
    if (!wanted) return;
    frame.contentWindow.location.replace(wanted);
    if (same) return;
    phone.classList.remove("fresh"); void phone.offsetWidth;
    if (!first) { phone.classList.add("fresh"); news("phone"); }
  }
  function papers(list) {
    for (const paper of list) {
      if (paper.n <= paperSeen) continue;
      paperSeen = paper.n;
      const image = make("img");
      image.alt = `${paper.title} № ${paper.document}`;
      image.src = `/printer/papers/${paper.n}.png`;
      const slip = make("div", first ? "slip" : "slip fresh", image);
      $("roll").prepend(slip); $("roll").scrollTop = 0;
      if (!first) news("paper");
    }
    const slips = $("roll").querySelectorAll(".slip");
    for (const old of [...slips].slice(12)) old.remove();
    $("roll").querySelector(".empty").hidden = slips.length > 0;
  }
  const offline = (sign) => make("span", "cloud", sign ? `☁✕ ${sign}` : "☁✕");
  function exchangeRow(one) {
    const outcome = one.answer_lost ? "lost" : one.outcome;
    const colour = { booked: "green", answered: "grey", repeated: "blue", refused: "red", dropped: "amber", lost: "amber" }[outcome];
    const name = make("span", "", make("b", "", say(one.kind ? `kind.${one.kind}` : `command.${one.command}`)), one.document ? ` № ${one.document}` : "");
    const under = make("small", "");
    if (one.offline) under.append(offline(one.offline_sign), " ");
    if (one.outcome === "refused") under.append(`${one.result_code}`);
    const end = make("span", "end");
    if (one.sum !== null) end.append(make("span", "sum", tenge(one.sum)));
    end.append(make("span", `badge ${colour}`, say(`outcome.${outcome}`)));
    const row = make("li", "", make("time", "", clockOf(one.at)), name, end);
    if (under.childNodes.length) row.append(under);
    row.dataset.n = one.n; row.dataset.drawn = JSON.stringify([one.outcome, one.answer_lost, language]);
    return row;
  }
  function book(told) {
    const list = $("exchanges");
    for (const one of told.exchanges) {
      const old = list.querySelector(`[data-n="${one.n}"]`), row = exchangeRow(one);
      if (old && old.dataset.drawn === row.dataset.drawn) continue;
      exchanges.set(one.n, one);
      if (!first) { row.classList.add("fresh"); news("ofd"); }
      if (old) old.replaceWith(row); else list.prepend(row);
    }
    for (const old of [...list.children].slice(80)) old.remove();
    const documents = told.book.documents.slice().reverse();
    const state = JSON.stringify([documents.map((one) => one.n), language]);
    if ($("documents").dataset.drawn !== state) {
      $("documents").dataset.drawn = state;
      $("documents").replaceChildren(...documents.map((one) => {
        const end = make("span", "end");
        if (one.sum !== null) end.append(make("span", "sum", money(one.sum)));
        if (one.is_offline) end.append(offline(one.offline_ticket_number));
        return make("li", "", make("time", "", clockOf(one.made_at || one.at)), make("span", "", make("b", "", say(`kind.${one.kind}`)), ` № ${one.printed_document_number}`), end, make("small", "", one.fiscal_sign ? `ФП ${one.fiscal_sign}` : `${say("shift")} ${one.fr_shift_number}`));
      }));
    }
    document.querySelector("#pane-ofd .empty").hidden = list.children.length > 0;
    const totals = [["documents", told.book.count], ["sales", money(told.book.tickets.sell.sum)], ["drawer", money(told.book.cash)], ["z", told.book.z_reports]];
    const parts = totals.flatMap(([name, value]) => [make("dt", "", say(name)), make("dd", "", String(value))]);
    const last = told.book.offline_periods.at(-1);
    if (last) parts.push(make("p", "chip amber", `${say("period")}: ${dayOf(last.begin)} ${clockOf(last.begin)} – ${dayOf(last.end) === dayOf(last.begin) ? "" : `${dayOf(last.end)} `}${clockOf(last.end)}`));
    $("totals").replaceChildren(...parts);
  }
  function state(told) {
    const one = told.register, name = one.state === "active" ? one.mode : one.state;
    const parts = [make("span", `chip ${{ online: "green", autonomous: "amber" }[name] || "red"}`, say(`mode.${name}`))];
    if (one.unsent) parts.push(make("span", "", `${say("waiting")}: ${one.unsent}`));
    parts.push(make("span", "", one.shift === null ? say("no-shift") : `${say("shift")} ${one.shift}`), make("span", "", `${say("drawer")} ${tenge(one.cash)}`));
    $("state").replaceChildren(...parts);
    $("now").textContent = `${dayOf(told.now)} ${clockOf(told.now)}`;
    $("now").classList.toggle("moved", Math.abs(told.offset_s) >= 1);
    $("lamp").className = told.printer === "ok" ? "" : "bad";
  }

  // ── around them ──
  function segments(id, choices, chosen, act) {
    $(id).replaceChildren(...choices.map(([value, text, small]) => {
      const button = make("button", "", text);
      if (small) button.append(make("small", "", small));
      button.type = "button";
      button.setAttribute("aria-pressed", String(value === chosen));
      button.addEventListener("click", () => act(value));
      return button;
    }));
  }
  const tabs = { chat: "M5 5h14v10H10l-5 4z", phone: "M8 3h8v18H8zM11 18h2", paper: "M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6", ofd: "M5 4h11a3 3 0 013 3v13H8a3 3 0 01-3-3zM9 9h6M9 13h6", panel: "M4 8h9M17 8h3M4 16h3M11 16h9M15 5.5v5M9 13.5v5" };
  const short = { kk: ["Чат", "Клиент", "Қағаз", "ФДО", "Пульт"], ru: ["Чат", "Клиент", "Бумага", "ОФД", "Пульт"], en: ["Chat", "Customer", "Paper", "OFD", "Faults"] };
  function open(tab) {
    document.body.dataset.tab = tab;
    for (const button of $("tabs").children) {
      button.setAttribute("aria-pressed", String(button.dataset.tab === tab));
      if (button.dataset.tab === tab) button.classList.remove("news");
    }
  }
  function news(tab) {
    if (document.body.dataset.tab !== tab) [...$("tabs").children].find((one) => one.dataset.tab === tab)?.classList.add("news");
  }
  function drawTabs() {
    $("tabs").replaceChildren(...Object.entries(tabs).map(([tab, path], index) => {
      const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"), line = document.createElementNS("http://www.w3.org/2000/svg", "path");
      svg.setAttribute("viewBox", "0 0 24 24"); line.setAttribute("d", path); svg.append(line);
      const button = make("button", "", svg, short[language][index]);
      button.type = "button"; button.dataset.tab = tab;
      button.addEventListener("click", () => open(tab));
      return button;
    }));
    open(document.body.dataset.tab);
  }
  function choose(id) {
    register = config.registers.find((one) => one.register_id === id);
    keep.set("register", id);
    seen = null; first = true; paperSeen = 0; exchanges = new Map(); receiptNow = undefined;
    $("exchanges").replaceChildren(); $("documents").replaceChildren(); delete $("documents").dataset.drawn;
    for (const slip of $("roll").querySelectorAll(".slip")) slip.remove();
    segments("registers", config.registers.map((one) => [one.register_id, one.title, say(one.vat_payer ? "vat" : "no-vat")]), id, choose);
    pick(register.vendor_chat); hurry();
  }
  function speak(chosen) {
    language = chosen; keep.set("language", chosen);
    document.documentElement.lang = chosen; document.title = say("title");
    for (const node of document.querySelectorAll("[data-word]")) node.textContent = say(node.dataset.word);
    segments("languages", [["kk", "Қаз"], ["ru", "Рус"], ["en", "Eng"]], language, speak);
    segments("views", [["exchanges", say("exchanges")], ["documents", say("book")]], view, look);
    segments("registers", config.registers.map((one) => [one.register_id, one.title, say(one.vat_payer ? "vat" : "no-vat")]), register.register_id, choose);
    $("theme").title = say("theme"); $("theme").setAttribute("aria-label", say("theme"));
    drawPanel(); drawTabs(); pick(chat);
    if (seen) {
      const rows = [...exchanges.values()].sort((one, two) => one.n - two.n);
      $("exchanges").replaceChildren();
      const was = first; first = true;
      draw({ ...seen, exchanges: rows, papers: [] });
      first = was;
    }
  }
  function look(chosen) {
    view = chosen;
    $("exchanges").hidden = view !== "exchanges"; $("documents").hidden = view !== "documents";
    segments("views", [["exchanges", say("exchanges")], ["documents", say("book")]], view, look);
  }
  const fitting = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const scale = Math.min(1, target.clientWidth / Number(target.dataset.width)) || 1, frame = target.firstElementChild;
      frame.style.width = `${target.clientWidth / scale}px`; frame.style.height = `${target.clientHeight / scale}px`;
      frame.style.transform = scale < 1 ? `scale(${scale})` : "";
    }
  });
  for (const box of document.querySelectorAll(".fit")) fitting.observe(box);
  $("theme").addEventListener("click", () => {
    const dark = getComputedStyle(document.documentElement).getPropertyValue("--bg").trim() === "#0e1216";
    document.documentElement.dataset.theme = dark ? "light" : "dark";
  });

  // ── live ──
  let hurried = null;
  function hurry() { if (hurried) hurried.abort(); }
  function draw(told) {
    seen = told;
    state(told); customer(told.receipt); papers(told.papers); book(told); pressed(); guide();
  }
  async function follow() {
    for (;;) {
      const of = register;
      hurried = new AbortController();
      const after = Math.max(0, ...exchanges.keys()) - 5;
      const query = new URLSearchParams({ register: of.register_id, seen: seen ? seen.version : 0, after: Math.max(0, after), papers: paperSeen });
      try {
        const answer = await fetch(`/demo/look?${query}`, { signal: hurried.signal });
        const told = await answer.json();
        if (of === register && answer.ok) { draw(told); first = false; $("lost").hidden = true; document.body.dataset.ready = "1"; }
        if (answer.ok) continue;
      } catch (error) {
        if (error.name === "AbortError") continue;
      }
      $("lost").hidden = false;
      await new Promise((done) => setTimeout(done, 1000));
    }
  }
  speak(language); choose(register.register_id);
  fetch("/telegram/behaviour").then((answer) => answer.json()).then((told) => { telegram = told.mode; pressed(); }).catch(() => {});
  follow();
})();
