// What is said on the bus now: a tree of topics with rates, a tail of messages, one of them in detail, numbers pinned to plots.

import { lines } from "./api.js";
import { el, fill, keep, say, show } from "./dom.js";
import { number } from "./format.js";
import { chips } from "./live-chips.js";
import { detail } from "./live-detail.js";
import { pins } from "./live-pins.js";
import { recorder } from "./live-record.js";
import { tail } from "./live-tail.js";
import { tree } from "./live-tree.js";

const WISHES = [
  ["topic", "Topic", "robot/*/pose or >"],
  ["re", "Regexp", "^POSE (\\d+)"],
  ["match", "Fields", '{"kind":"gps","lat":true}'],
];

export async function openLive(page, node, frame) {
  frame.main.className = "flush";
  node.className = "live";
  const dock = pins();
  const shown = detail(dock.pin);
  const rows = tail((row, before) => shown.say(row, before));
  const topics = tree((at) => {
    page.keep({ at });
    looks.tail();
  });
  const record = recorder(page.tell);
  const from = chips(page.query, (only) => {
    page.keep(only);
    topics.clear();
    looks.all();
  });
  const count = el("span", { cls: "muted num", role: "status" });
  const trouble = show(el("div", { cls: "notice bad", role: "alert" }), false);
  const inputs = WISHES.map(([name, label, hint]) => el("input", {
    name, placeholder: hint, "aria-label": label, title: label, value: page.query[name] ?? "", spellcheck: "false", "data-filter": name === "topic",
    cls: "mono",
  }));
  const only = show(el("button", { title: "Show all topics again", onclick: () => topics.choose("") }), false);
  const form = el("form", {
    cls: "live-bar",
    onsubmit: (event) => {
      event.preventDefault();
      inputs.forEach((input) => page.keep({ [input.name]: input.value.trim() }));
      rows.clear();
      topics.clear();
      looks.all();
    },
  }, el("h1", { text: "Live" }), inputs, el("button", { type: "submit", text: "Look" }), only, el("span", { cls: "grow" }), count,
    record.button,
    el("button", { type: "button", cls: "plain", text: "Clear", onclick: () => rows.clear() }),
    el("button", { type: "button", cls: "plain", text: "Export", title: "The rows of the tail, as lines of JSON", onclick: () =>
      keep("live.ndjson", "application/x-ndjson", rows.all().map((row) => JSON.stringify(row)).join("\n") + "\n") }));
  fill(node, form, from.node, trouble, el("div", { cls: "live-body" }, topics.node, el("div", { cls: "live-right" }, dock.node, rows.node, shown.node)));

  function told(line, where) {
    page.reached(true);
    if (where.tree) topics.add(line.topics, line.beyond);
    const came = line.seen - where.seen;
    where.seen = line.seen;
    if (!where.tail) return;
    record.add(line.rows, came);
    from.add(line.rows);
    if (page.paused()) return;
    rows.add(line.rows);
    line.rows.forEach(dock.add);
    const lost = line.lost > 0 ? ", " + number(line.lost) + " lost by this page" : "";
    say(count, "showing " + number(line.shown) + " of " + number(line.seen) + lost);
  }

  /** One stream that begins again when it breaks, and rests while nobody looks. */
  function stream(where) {
    let ending = new AbortController();
    let parameters = null;
    async function run(mine) {
      while (!mine.signal.aborted) {
        try {
          where.seen = 0;
          const said = { parameters, signal: mine.signal, onopen: () => show(trouble, false) };
          for await (const line of lines("GET", "/live", said)) told(line, where);
        } catch (failure) {
          if (mine.signal.aborted) return;
          if (failure.status === 400 || failure.status === 403) {
            show(say(trouble, failure.message), true);
            return;
          }
        }
        page.reached(false);
        await new Promise((then) => setTimeout(then, 1000));
      }
    }
    return {
      begin(wish) {
        ending.abort();
        parameters = wish;
        ending = new AbortController();
        if (parameters !== null && !document.hidden) run(ending);
      },
      rest: () => ending.abort(),
      again() {
        if (parameters !== null) this.begin(parameters);
      },
    };
  }

  const main = { tree: true, tail: true, seen: 0 };
  const aside = { tree: false, tail: true, seen: 0 };
  const first = stream(main);
  const second = stream(aside);
  const wish = () => Object.fromEntries(["re", "match", "protocol", "from"].map((name) => [name, page.query[name]]));
  const looks = {
    all() {
      first.begin({ ...wish(), topic: page.query.topic });
      this.tail();
    },
    tail() {
      const at = page.query.at ?? "";
      main.tail = at === "";
      show(say(only, at + "  ×"), at !== "");
      rows.clear();
      second.begin(at === "" ? null : { ...wish(), topic: at });
    },
  };
  const hidden = () => (document.hidden ? [first, second].forEach((each) => each.rest()) : [first, second].forEach((each) => each.again()));
  document.addEventListener("visibilitychange", hidden);
  page.signal.addEventListener("abort", () => {
    document.removeEventListener("visibilitychange", hidden);
    first.rest();
    second.rest();
  });
  topics.mark(page.query.at ?? "");
  looks.all();
  const beat = setInterval(() => {
    topics.draw();
    dock.draw();
  }, 500);
  return {
    close() {
      clearInterval(beat);
      record.end();
      dock.close();
    },
  };
}
