/**
 * Hawser for web pages: one ES module without dependencies. It speaks eFTL to the hub that serves it.
 *
 *     import { connect } from "http://127.0.0.1:9191/hawser.js";
 *     const hub = await connect();
 *     await hub.subscribe("robot/>", (event) => console.log(event.topic, event.body));
 *     await hub.publish("robot/7", { text: "hello", x: 1.5 });
 *
 * A message is an object of fields. Whole numbers are longs (BigInt beyond 2^53), others doubles, Date is a time,
 * Uint8Array is opaque, objects are messages, arrays hold values of one kind. What came as a double goes back as one.
 */

/** Beyond these, what is asked for is refused; of events that wait for the program the oldest go. */
const MOST = { operations: 10_000, characters: 16 << 20, events: 10_000, acknowledgements: 1_000, depth: 32 };
/** After these close codes a hub may be back: the connection is lost, it restarts. */
const COMES_BACK = [1006, 1012];
const SECONDS = { login: 15, drain: 5 };

const DOUBLE = Symbol("double");
/** Under this symbol a received message holds the names of its doubles; spread copies it. */
const DOUBLES = Symbol("doubles");
/** Marks integers of more digits than JSON.parse keeps; random, so that no text can pretend to be one. */
const LONG = `long ${Math.random()} `;
/** Where the reply to a received request goes. */
const REPLIES = new WeakMap();

/** Why something was refused, with an eFTL error code, or how a connection ended, with its close code. */
export class HawserError extends Error {
  name = "HawserError";
  constructor(code, message) { super(message).code = code; }
}

/** A number that is sent as a double even if it is whole. */
export const double = (value) => ({ [DOUBLE]: Number(value) });

// ---- bodies: a double is {"_d_":1.5}, a time {"_m_":milliseconds}, opaque {"_o_":"base64"} ----

const toChar = (byte) => String.fromCharCode(byte);
const kindOf = (value) => Object.prototype.toString.call(value).slice(8, -1);
const isMessage = (value) => kindOf(value) === "Object" && !(DOUBLE in value);
const isReal = (value) =>
  typeof value === "number" ? !Number.isSafeInteger(value) || Object.is(value, -0) : value?.[DOUBLE] !== undefined;

function encodeReal(value) {
  const text = Object.is(value, -0) ? "-0" : String(value);
  return `{"_d_":${Number.isFinite(value) ? text.replace(/^-?\d+$/, "$&.0") : `"${text}"`}}`;
}

function encode(value, asDouble, depth) {
  if (isReal(value) || (asDouble && typeof value === "number")) return encodeReal(value[DOUBLE] ?? value);
  if (["string", "boolean", "number"].includes(typeof value)) return JSON.stringify(value);
  if (typeof value === "bigint" && BigInt.asIntN(64, value) === value) return String(value);
  if (value instanceof Date && !Number.isNaN(value.getTime())) return `{"_m_":${value.getTime()}}`;
  if (value instanceof Uint8Array) return `{"_o_":"${btoa(Array.from(value, toChar).join(""))}"}`;
  if (depth > MOST.depth) throw new TypeError(`a message is nested at most ${MOST.depth} deep; has it a cycle?`);
  if (Array.isArray(value)) {
    const doubles = asDouble || value.some(isReal);
    return `[${value.map((item) => encode(item, doubles, depth + 1)).join()}]`;
  }
  if (isMessage(value)) return encodeMessage(value, depth);
  throw new TypeError(`a ${kindOf(value)} (${String(value)}) cannot be sent; make it a text, number or object`);
}

/** Members that are null or undefined are left out: eFTL has neither. */
function encodeMessage(fields, depth = 1) {
  const members = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null);
  const reserved = members.find(([name]) => /^_[dmo]_$/.test(name));
  if (reserved) throw new TypeError(`the field name ${reserved[0]} is reserved`);
  const text = ([name, value]) => `${JSON.stringify(name)}:${encode(value, fields[DOUBLES]?.has(name), depth + 1)}`;
  return `{${members.map(text).join()}}`;
}

/** A body: an object of fields, or a text, which becomes the field `text`. */
function encodeBody(body, topic) {
  const fields = typeof body === "string" ? { text: body } : body;
  if (!isMessage(fields)) throw new TypeError(`a message is an object of fields or a text, not ${kindOf(body)}`);
  return encodeMessage(topic === undefined ? fields : { ...fields, _dest: topic });
}

function decode(text) {
  const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;
  const mark = (token) => (/^-?\d{16,}$/.test(token) ? `"${LONG}${token}"` : token);
  return JSON.parse(/\d{16}/.test(text) ? text.replace(tokens, mark) : text, revive);
}

/** Called by JSON.parse from the inside out; `this` is the object or array that holds `value` under `name`. */
function revive(name, value) {
  if (typeof value === "string" && value.startsWith(LONG)) {
    const long = BigInt(value.slice(LONG.length));
    return Number.isSafeInteger(Number(long)) ? Number(long) : long;
  }
  if (typeof value !== "object" || value === null) return value;
  if ("_d_" in value || (Array.isArray(value) && value[DOUBLES])) (this[DOUBLES] ??= new Set()).add(name);
  if ("_d_" in value) return Number(value._d_);
  if ("_m_" in value) return new Date(Number(value._m_));
  return "_o_" in value ? Uint8Array.from(atob(value._o_), (char) => char.charCodeAt(0)) : value;
}

// ---- subscriptions ----

/** What the program listens to. Without a listener: `for await (const event of subscription)`. */
class Subscription {
  /** What the hub is told, and what it answers. */
  #frame; #say; #answer; #confirmed = false; #farewell;
  /** What has come and waits for the program. */
  #events = []; #wake = () => {}; #over = false; #tellEnd;
  /** What was heard and acknowledged in the hub's session: events have numbers only there. */
  #numbers = new WeakMap(); #lastSeq = 0; #handled = 0; #acknowledged = [];
  /** How many events were dropped because the program is slower than they come. */
  dropped = 0;
  /** Resolves when it is over, with the reason if the hub or the end of the connection made it so. */
  ended = new Promise((resolve) => (this.#tellEnd = resolve));

  constructor(frame, say, answer) { [this.#frame, this.#say, this.#answer] = [frame, say, answer]; }

  /** Stops listening; a durable stays and goes on collecting. */
  close() { this.#leave({ op: 5, id: this.#frame.id, del: false }); }

  /** Stops listening; a durable is deleted with its messages. */
  unsubscribe() { this.#leave({ op: 5, id: this.#frame.id }); }

  /** With `ack: "client"`: the program is done with `event`, or with all events up to it. */
  acknowledge(event, upTo = false) {
    const seq = this.#numbers.get(event);
    if (seq === undefined || this.#frame.ack !== "client") return;
    const frame = { op: 9, seq, id: upTo ? this.#frame.id : undefined };
    if (this.#acknowledged.push(frame) > MOST.acknowledgements) this.#acknowledged.shift();
    this.#say(frame);
  }

  /** The events; one counts as handled when the next is asked for. */
  async *[Symbol.asyncIterator]() {
    for (;;) {
      while (this.#events.length === 0 && !this.#over) await new Promise((wake) => (this.#wake = wake));
      if (this.#over) return;
      const event = this.#events.shift();
      yield event;
      this.#handle(this.#numbers.get(event));
    }
  }

  /** Acknowledges what is handled, when nothing more waits or much has come together. */
  #handle(seq) {
    if (seq === undefined || this.#frame.ack !== "auto") return;
    this.#handled = seq;
    if (this.#events.length % 100 === 0) this.#say({ op: 9, seq, id: this.#frame.id });
  }

  #leave(farewell) {
    if (this.#farewell) return;
    this.#farewell = farewell;
    this.#say(farewell);
    this.end();
  }

  // The rest is for the connection.

  /** Tells `listener` one event after the other; if it fails, the page's console says so, and the next comes. */
  async tell(listener) {
    for await (const event of this) await Promise.resolve(event).then(listener).catch(reportError);
  }

  /** There is a connection. In a new session the hub numbers events anew. */
  begin(resumed) {
    if (!resumed) [this.#lastSeq, this.#handled, this.#numbers, this.#acknowledged] = [0, 0, new WeakMap(), []];
    this.#say(this.#frame);
  }

  /** What may have been lost with the last connection, and what the program said meanwhile. */
  repeat() {
    this.#acknowledged.forEach(this.#say);
    if (this.#handled > 0) this.#say({ op: 9, seq: this.#handled, id: this.#frame.id });
    if (this.#farewell) this.#say(this.#farewell);
  }

  confirm({ _since }) {
    this.#confirmed = true;
    this.#frame._since ??= _since;
    this.#answer.resolve(this);
  }

  /** True if it is over; what was confirmed once and is not impossible (22) is asked for again after a reconnect. */
  refuse(failure) {
    const over = !this.#confirmed || failure.code === 22;
    if (over) this.end(failure);
    return over;
  }

  end(failure) {
    this.#answer.reject(failure);
    this.#over = true;
    this.#wake();
    this.#tellEnd(failure);
  }

  receive({ seq, sid = 0, cnt = 0, body, reply_to, req, _topic, _from, _time, _change, _key, _rev = 0 }) {
    if (seq <= this.#lastSeq) return this.#handle(this.#handled || undefined);
    this.#lastSeq = seq;
    const time = _time === undefined ? undefined : new Date(_time);
    const isRequest = reply_to !== undefined;
    const value = _change === "set" ? body : undefined;
    const event = _change
      ? { kind: _change, key: _key, value, revision: _rev, time }
      : { body, topic: _topic ?? body._dest, from: _from, time, storeId: sid, deliveryCount: cnt, isRequest };
    if (this.#frame._since !== undefined) this.#frame._since = (_change ? _rev : sid) || this.#frame._since;
    if (isRequest) REPLIES.set(event, `"to":${JSON.stringify(reply_to)},"req":${req}`);
    this.#numbers.set(event, seq);
    if (this.#events.push(event) > MOST.events) this.dropped += this.#events.splice(0, 1).length;
    this.#wake();
  }
}

// ---- the connection ----

/**
 * A connection to one channel of a hub; it comes back by itself. Fires `state` with `detail` {state, code, reason}, and
 * `error` with a HawserError as `detail` for what the hub reports outside of any call.
 */
class Hub extends EventTarget {
  /** The link. */
  #servers; #login; #retry; #socket; #opened; #state = "connecting"; #tries = 0; #logins = 0;
  #program = Math.random().toString(16).slice(2); #timer; #silence; #drained;
  /** What outlives it: operations without an answer by number, subscriptions by id. */
  #pending = new Map(); #seq = 0; #waiting = 0; #maxSize = 0; #wanted = new Map(); #ids = 0;

  constructor(url, { user, password, token, clientId, maxPendingAcks, reconnect = {} }, opened) {
    super();
    this.#servers = url.split("|").sort(() => Math.random() - 0.5);
    this.#login = { user, password: token ?? password, client_id: clientId, max_pending_acks: maxPendingAcks };
    this.#retry = { attempts: reconnect ? 256 : 0, maxDelay: 30_000, ...reconnect };
    this.#opened = opened;
    this.#open();
  }

  /** "connecting", "connected", "reconnecting" or "closed". */
  get state() { return this.#state; }

  /** The client id, the hub's choice if none was asked for. */
  get clientId() { return this.#login.client_id; }

  /**
   * Publishes `body` on `topic`, or with `publish(body)` where its `_dest` or the channel says. Resolves with the
   * number of receivers when the hub has acknowledged; what durables want is on stable storage then.
   */
  async publish(topic, body) {
    return this.#ask(8, `"body":${typeof topic === "string" ? encodeBody(body, topic) : encodeBody(topic)}`);
  }

  /** Publishes a request. Resolves with the body of the first reply; `timeout` is in milliseconds. */
  async request(topic, body, { timeout = 30_000 } = {}) {
    return this.#ask(13, `"body":${encodeBody(body, topic)}`, timeout);
  }

  /** Answers a request, an event with `isRequest`. */
  async reply(event, body) {
    if (!REPLIES.has(event)) throw new HawserError(41, "this event asks for no reply; look at its isRequest first");
    return this.#ask(15, `${REPLIES.get(event)},"body":${encodeBody(body)}`);
  }

  /**
   * The key-value map `name`. Values are bodies; `get` resolves with undefined where there is none, `entry` with the value
   * and its revision. `set` and `remove` resolve with the revision of the change; given one, they change the key only if it
   * has that, 0 for a key that is not there, and else reject with code 31. `keys` resolves with all that begin so. `watch`
   * tells {kind, key, value, revision, time}: first the values that are there, or with `{ now: true }` only what changes
   * from now on; the kind is "set", "removed", "expired", or "restarted" when all keys are to be forgotten.
   */
  map(name) {
    const map = `"map":${JSON.stringify(String(name))}`;
    const at = (key, revision) =>
      `${map},"key":${JSON.stringify(String(key))}${revision === undefined ? "" : `,"_rev":${revision}`}`;
    const entry = async (key) => {
      const found = await this.#ask(22, at(key));
      return found.value && found;
    };
    return {
      set: async (key, value, revision) =>
        (await this.#ask(20, `${at(key, revision)},"value":${encodeBody(value)}`)).revision,
      get: async (key) => (await entry(key))?.value,
      entry,
      remove: async (key, revision) => (await this.#ask(24, at(key, revision))).revision,
      keys: async (prefix = "") => {
        const all = [];
        for (let after = ""; after !== undefined; ) {
          const asked = `${map},"prefix":${JSON.stringify(String(prefix))},"after":${JSON.stringify(after)}`;
          const page = (await this.#ask(17, asked)).value;
          all.push(...page.keys);
          after = page.after;
        }
        return all;
      },
      watch: async (prefix, listener, { now = false } = {}) =>
        this.#listen({ ack: "none", _map: name, _prefix: prefix, _since: now ? undefined : 0 }, listener),
    };
  }

  /**
   * Listens. `wish` is a topic, in which `*` stands for one segment and `>` for the rest, or an object: topic; match
   * (fields: a text, an integer, true for present, false for absent); regexp (found in the text); durable with type
   * ("shared", "last-value") and key; ack ("auto" when the listener has returned and its promise is settled, "client",
   * "none"); since (a `storeId`, 0 for all: what the channel keeps of its history after that comes first). Resolves with a Subscription when the hub has confirmed.
   */
  async subscribe(wish = {}, listener = undefined) {
    const asked = typeof wish === "string" ? { topic: wish } : wish;
    const { topic, match, regexp, durable, type, key, since, ack = since === undefined ? "auto" : "none" } = asked;
    const matcher = encodeMessage(topic === undefined ? { ...match } : { ...match, _dest: topic });
    return this.#listen(
      { matcher, durable, ack, type, key, stopped: false, regexp: regexp?.source ?? regexp, _since: since },
      listener,
    );
  }

  async #listen(asked, listener) {
    this.#demandOpen(21);
    const id = String(++this.#ids);
    const frame = { op: 3, id, ...asked };
    return new Promise((resolve, reject) => {
      const subscription = new Subscription(frame, (said) => this.#say(said), { resolve, reject });
      if (listener) subscription.tell(listener);
      this.#wanted.set(id, subscription);
      this.#say(frame);
    });
  }

  /** Waits, not long, until the hub has answered what is under way, and ends the connection. Durables stay. */
  async close() {
    const drained = new Promise((resolve) => (this.#drained = resolve));
    if (this.#state === "connected" && this.#pending.size > 0) {
      setTimeout(this.#drained, SECONDS.drain * 1_000);
      await drained;
    }
    this.#say({ op: 11, reason: "closed by the page" });
    this.#end(1000, "closed by the page");
  }

  #demandOpen(code) {
    const over = this.#state === "closed" || this.#drained;
    if (over) throw new HawserError(code, "the connection is closed; connect again");
  }

  /** Asks for an operation. Its text is kept until the hub answers, to be sent again after a reconnect. */
  #ask(op, members, timeout) {
    this.#demandOpen(11);
    const text = `{"op":${op},"seq":${this.#seq + 1},${members}}`;
    if (this.#pending.size >= MOST.operations || this.#waiting + text.length > MOST.characters) {
      throw new HawserError(11, `${this.#pending.size} operations wait for the hub; await some before asking for more`);
    }
    const size = this.#maxSize > 0 && text.length * 3 > this.#maxSize ? new TextEncoder().encode(text).length : 0;
    if (size > this.#maxSize) throw new HawserError(11, `${size} bytes are more than the hub takes, ${this.#maxSize}`);
    const seq = ++this.#seq;
    this.#waiting += text.length;
    if (this.#state === "connected") this.#socket.send(text);
    return new Promise((resolve, reject) => {
      const late = () => this.#settle(seq, new HawserError(99, `no reply within ${timeout} ms; does anybody answer?`));
      this.#pending.set(seq, { text, resolve, reject, timer: timeout && setTimeout(late, timeout) });
    });
  }

  #settle(seq, failure, value) {
    const operation = this.#pending.get(seq);
    if (!operation) return;
    this.#pending.delete(seq);
    this.#waiting -= operation.text.length;
    clearTimeout(operation.timer);
    failure ? operation.reject(failure) : operation.resolve(value);
    if (this.#pending.size === 0) this.#drained?.();
  }

  /** Says something that has no number, if there is a connection. */
  #say(frame) {
    if (this.#state !== "connected") return;
    this.#socket.send(JSON.stringify(frame));
    if (frame.op === 5) this.#wanted.delete(frame.id);
  }

  #open() {
    const socket = new WebSocket(this.#servers[this.#tries++ % this.#servers.length], "v1.eftl.tibco.com");
    const login_options = { _qos: "true", _resume: String(this.#state === "reconnecting"), _hawser: "1" };
    login_options._attempt = `${this.#program}-${++this.#logins}`;
    const login = { op: 1, protocol: 1, client_type: "js", client_version: "hawser", ...this.#login, login_options };
    this.#socket = socket;
    this.#watch(SECONDS.login);
    socket.onopen = () => socket.send(JSON.stringify(login));
    socket.onmessage = ({ data }) => this.#hear(decode(data));
    socket.onclose = ({ code, reason }) => this.#lost(code, reason);
  }

  /** Gives the connection up if nothing comes for `seconds`. */
  #watch(seconds) {
    clearTimeout(this.#timer);
    this.#silence = seconds;
    if (seconds > 0) this.#timer = setTimeout(() => this.#lost(1006, `nothing came for ${seconds} s`), seconds * 1_000);
  }

  #hear(frame) {
    const failure = frame.err ? new HawserError(frame.err, frame.reason) : undefined;
    const subscription = this.#wanted.get(frame.to ?? frame.id);
    this.#watch(this.#silence);
    if (frame.op === 0) this.#say({ op: 0 });
    else if (frame.op === 2) this.#welcome(frame);
    else if (frame.op === 4) subscription?.confirm(frame);
    else if (frame.op === 6 && subscription?.refuse(failure)) this.#wanted.delete(frame.id);
    else if (frame.op === 7) subscription?.receive(frame);
    else if (frame.op === 9) this.#settle(frame.seq, failure, frame._receivers ?? 0);
    else if (frame.op === 14) this.#settle(frame.seq, failure, frame.body);
    else if (frame.op === 26) this.#settle(frame.seq, failure, { value: frame.value, revision: frame._rev });
    else if (failure && this.#state !== "connected") this.#end(frame.err, frame.reason);
    else if (failure) this.#fire("error", failure);
  }

  /** Everything is said again in the order of the originals. In a session that goes on, events keep their numbers. */
  #welcome({ client_id, id_token, max_size, timeout, _resume }) {
    Object.assign(this.#login, { client_id, id_token });
    this.#maxSize = max_size;
    this.#tries = 0;
    this.#watch(timeout);
    this.#become("connected");
    this.#wanted.forEach((subscription) => subscription.begin(_resume === "true"));
    this.#pending.forEach((operation) => this.#socket.send(operation.text));
    this.#wanted.forEach((subscription) => subscription.repeat());
    this.#opened.resolve(this);
  }

  #lost(code, reason) {
    const wait = COMES_BACK.includes(code) && !this.#drained ? this.#wait() : undefined;
    const lost = `cannot reach ${this.#servers}: is the hub there, has it this channel, may this page connect?`;
    if (wait === undefined) return this.#end(code, reason || (code === 1006 ? lost : `the hub closed with ${code}`));
    this.#drop();
    if (this.#state === "connected") this.#become("reconnecting", code, reason);
    this.#timer = setTimeout(() => this.#open(), wait);
  }

  /** How long until the next try: none until all servers were tried, then growing and jittered, and not for ever. */
  #wait() {
    const { attempts, maxDelay } = this.#retry;
    const round = this.#tries / this.#servers.length;
    if (this.#state === "connecting" ? round >= 1 : round > attempts || attempts === 0) return undefined;
    if (round < 1 || !Number.isInteger(round)) return 0;
    return Math.min(1_000 * 2 ** (round - 1) * (0.5 + Math.random()), maxDelay);
  }

  #drop() {
    clearTimeout(this.#timer);
    this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
    this.#socket.close(1000);
  }

  #end(code, reason) {
    if (this.#state === "closed") return;
    this.#drop();
    this.#become("closed", code, reason);
    const failure = new HawserError(code, reason);
    this.#opened.reject(failure);
    this.#wanted.forEach((subscription) => subscription.end(failure));
    this.#pending.forEach((_, seq) => this.#settle(seq, new HawserError(11, `the connection has ended: ${reason}`)));
  }

  #become(state, code, reason) { this.#fire("state", { state: (this.#state = state), code, reason }); }

  #fire(type, detail) { this.dispatchEvent(new CustomEvent(type, { detail })); }
}

/**
 * Connects to `url`, `ws[s]://host[:port]/channel` or several of them separated by `|`; by default to the hub that
 * served this module. Options: user and password, or token; clientId, to which durables belong; maxPendingAcks;
 * reconnect, false or {attempts, maxDelay in milliseconds}. Rejects with a HawserError if that cannot be.
 */
export function connect(url, options = {}) {
  const home = () => new URL("/channel", import.meta.url).href.replace(/^http/, "ws");
  return new Promise((resolve, reject) => new Hub(url ?? home(), options, { resolve, reject }));
}
