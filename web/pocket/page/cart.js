// The cart of a register. It holds what was tapped; what it comes to is the server's quote and nothing else.
import { confirmClosing } from "./bridge.js";
import { quantity, t } from "./dom.js";
import { call, Lost, newKey, Refusal } from "./net.js";
import { load, save } from "./store.js";

const ONE = 1000, AGAIN_MS = 2000;
const empty = () => ({ id: newKey(9), lines: [], percent: "", next: 1 });
let cart = empty(), register = "", asking = null, timer = 0, hearer = () => {};

// {answer} for the cart as it is now; {refusal} or {lost} where there is none, {} while it is asked for.
export let quote = {};
export const lines = () => cart.lines;
export const percent = () => cart.percent;
export const cartId = () => cart.id;
export const count = (id) => cart.lines.reduce((sum, line) => sum + (line.id === id ? line.quantity : 0), 0);
export const onchange = (act) => { hearer = act; };

export function open(registerId) {
  register = registerId;
  cart = load(`cart.${register}`) || empty();
  changed();
}
export function add(good) {
  const same = cart.lines.find((line) => line.id === good.id && line.name === good.name && line.price === good.price);
  if (same && good.id) same.quantity += ONE;
  else {
    const { id = null, name, price, unit, vat, barcode, ntin } = good;
    cart.lines.push({ n: cart.next++, id, name, price, unit, vat, barcode, ntin, quantity: ONE });
  }
  changed();
}
export function setQuantity(n, thousandths) {
  cart.lines = cart.lines.map((line) => (line.n === n ? { ...line, quantity: thousandths } : line)).filter((line) => line.quantity > 0);
  if (!cart.lines.length) cart.percent = "";
  changed();
}
export function setPercent(text) { cart.percent = text; changed(); }
export function clear() { cart = empty(); changed(); }
// After a sale: only the cart that was sold, not one that was begun since.
export function sold(id, registerId) {
  if (registerId === register) { if (cart.id === id) clear(); return; }
  const other = load(`cart.${registerId}`);
  if (other && other.id === id) save(`cart.${registerId}`, null);
}

export function ticket() {
  const items = cart.lines.map(({ name, price, unit, vat, barcode, ntin, quantity: thousandths }) => {
    const line = { name: name || t("goods"), price, quantity: quantity(thousandths) };
    for (const [key, value] of Object.entries({ unit, vat, barcode, ntin })) if (value) line[key] = value;
    return line;
  });
  return cart.percent ? { kind: "sell", items, discount_percent: cart.percent } : { kind: "sell", items };
}

function changed() {
  save(`cart.${register}`, cart.lines.length ? cart : null);
  confirmClosing(cart.lines.length > 0);
  price();
}
export async function price() {
  if (asking) asking.abort();
  clearTimeout(timer);
  quote = {};
  hearer();
  if (!cart.lines.length) return;
  const mine = new AbortController();
  asking = mine;
  let told;
  try { told = { answer: await call("POST", `registers/${register}/quote`, { body: ticket(), signal: mine.signal }) }; } catch (error) {
    if (mine.signal.aborted) return;
    if (error instanceof Refusal) told = { refusal: error };
    else if (error instanceof Lost) { told = { lost: true }; timer = setTimeout(price, AGAIN_MS); } else throw error;
  }
  if (mine.signal.aborted) return;
  quote = told;
  hearer();
}
