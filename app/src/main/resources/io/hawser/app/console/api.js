// Asks the hub. The session is a cookie that scripts cannot read; what changes something says its token besides.

const ROOT = "/api/v1";
let csrf = "";
let left = () => {};

/** What the hub said no to. */
export class Refusal extends Error {
  constructor(status, reason) {
    super(reason);
    this.status = status;
  }
}

/** `then` is called when the session has ended. */
export function whenLoggedOut(then) {
  left = then;
}

async function ask(method, path, { body, headers = {}, signal } = {}) {
  const all = { ...headers };
  if (method !== "GET") all["X-CSRF-Token"] = csrf;
  let answer;
  try {
    answer = await fetch(ROOT + path, { method, body, headers: all, signal, credentials: "same-origin", cache: "no-store" });
  } catch (failure) {
    if (failure.name === "AbortError") throw failure;
    throw new Refusal(0, "the hub does not answer");
  }
  if (answer.ok) return answer;
  let reason = answer.statusText;
  try {
    reason = (await answer.json()).error.reason;
  } catch {
    // an answer without a reason is told as it is
  }
  if (answer.status === 401 && !all.Authorization && path !== "/session") left();
  throw new Refusal(answer.status, reason);
}

/** What is at `path`; `parameters` that are empty are left out. */
export async function get(path, parameters = {}, signal = undefined) {
  return (await ask("GET", path + query(parameters), { signal })).json();
}

/** All items of a list, page by page, `most` at most. */
export async function list(path, parameters = {}, signal = undefined, most = 5000) {
  const items = [];
  for (;;) {
    const page = await get(path, { ...parameters, offset: items.length, limit: 1000 }, signal);
    items.push(...page.items);
    if (page.items.length === 0 || items.length >= Math.min(page.total ?? 0, most)) return items;
  }
}

/** All items of a list that goes on by names; `most` at most. */
export async function names(path, parameters = {}, signal = undefined, most = 5000) {
  const items = [];
  let after = "";
  do {
    const page = await get(path, { ...parameters, after, limit: 1000 }, signal);
    items.push(...page.items);
    after = page.next ?? "";
  } while (after !== "" && items.length < most);
  return items;
}

export async function post(path, body, signal = undefined) {
  return postText(path, JSON.stringify(body), signal);
}

/** The same of JSON that is written already. */
export async function postText(path, body, signal = undefined) {
  return (await ask("POST", path, { body, headers: { "Content-Type": "application/json" }, signal })).json();
}

export async function postBytes(path, body, signal = undefined) {
  return (await ask("POST", path, { body, signal, headers: { "Content-Type": "application/octet-stream" } })).json();
}

export async function remove(path) {
  return (await ask("DELETE", path)).json();
}

/** Each line of an answer that goes on, as an object. */
export async function* lines(method, path, { parameters = {}, body, signal, onopen = () => {} } = {}) {
  const said = body === undefined ? undefined : JSON.stringify(body);
  const headers = said === undefined ? {} : { "Content-Type": "application/json" };
  const answer = await ask(method, path + query(parameters), { body: said, headers, signal });
  onopen();
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const parts = (rest + value).split("\n");
    rest = parts.pop();
    for (const part of parts) if (part !== "") yield JSON.parse(part);
  }
}

function query(parameters) {
  const said = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== "");
  return said.length === 0 ? "" : "?" + said.map(([name, value]) => name + "=" + encodeURIComponent(value)).join("&");
}

/** One part of a path. */
export const part = encodeURIComponent;

// ---- sessions

async function opened(answer) {
  const session = await answer.json();
  csrf = session.csrf;
  return session;
}

/** Tells this session from others; a session ends with the hub that gave it. */
export const sessionMark = () => csrf.slice(0, 8);

/** The session that this browser has; refused with 401 if it has none. */
export const current = async () => opened(await ask("GET", "/session"));

export const logInWithToken = async (token) =>
  opened(await ask("POST", "/session", { headers: { Authorization: "Bearer " + token } }));

export const logIn = async (user, password) =>
  opened(await ask("POST", "/session", { body: JSON.stringify({ user, password }), headers: { "Content-Type": "application/json" } }));

export const logOut = () => remove("/session");
