// Calls to our server. A refusal is told in words with a stable code; anything else that fails is a lost signal.
import { language } from "./dom.js";

const api = new URL("api/", import.meta.url);
const seen = new Map();
let token = "";

export class Refusal extends Error {
  constructor(status, told) {
    super(told.detail || "");
    this.status = status; this.code = told.code || ""; this.title = told.title || ""; this.params = told.params || {};
  }
}
export class Lost extends Error {}

export const useToken = (told) => { token = told; };
export function newKey(bytes = 32) {
  const random = crypto.getRandomValues(new Uint8Array(bytes));
  return btoa(String.fromCharCode(...random)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
}

async function ask(method, path, { body, key, etag, signal, wait = 8000 } = {}) {
  const headers = { "Accept-Language": language };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (key) headers["Idempotency-Key"] = key;
  if (etag) headers["If-None-Match"] = etag;
  const ending = new AbortController(), timer = setTimeout(() => ending.abort(), wait);
  if (signal) signal.addEventListener("abort", () => ending.abort());
  try {
    const answer = await fetch(new URL(path, api), { method, headers, body: body === undefined ? undefined : JSON.stringify(body), signal: ending.signal, cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer" });
    if (answer.status === 304 || answer.status === 204) return { answer, told: null };
    const isJson = /json/.test(answer.headers.get("content-type") || "");
    // what is no JSON was said by something between us, not by the till
    if (!isJson) throw new Lost();
    return { answer, told: await answer.json() };
  } catch (error) {
    throw signal && signal.aborted ? error : new Lost();
  } finally { clearTimeout(timer); }
}

export async function call(method, path, options) {
  const { answer, told } = await ask(method, path, options);
  if (!answer.ok) throw new Refusal(answer.status, told || {});
  return told;
}

// The newest answer of an address, and whether it is another than the last one.
export async function look(path, options = {}) {
  const known = options.fresh ? undefined : seen.get(path);
  const { answer, told } = await ask("GET", path, { ...options, etag: known && known.etag });
  if (answer.status === 304) return { told: known.told, changed: false };
  if (!answer.ok) throw new Refusal(answer.status, told || {});
  if (seen.size > 50) seen.clear();
  seen.set(path, { etag: answer.headers.get("etag"), told });
  return { told, changed: true };
}
export const forgetSeen = () => seen.clear();
