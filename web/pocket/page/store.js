// What a reload must not lose, by person: two people may use one phone. Everything else is asked of the server.
let person = 0;
const memory = new Map();

export const whose = (chat) => { person = chat; };
export function load(name) {
  const place = `tiyn.${person}.${name}`;
  try { return JSON.parse(localStorage.getItem(place) ?? "null"); } catch { return memory.get(place) ?? null; }
}
export function save(name, value) {
  const place = `tiyn.${person}.${name}`;
  memory.set(place, value);
  try {
    if (value === null) localStorage.removeItem(place); else localStorage.setItem(place, JSON.stringify(value));
  } catch { /* full or forbidden: it lives as long as the page */ }
}
export function lastPerson() { try { return Number(localStorage.getItem("tiyn.person")) || 0; } catch { return 0; } }
export function remember(chat) { try { localStorage.setItem("tiyn.person", String(chat)); } catch { /* asked for again */ } }
