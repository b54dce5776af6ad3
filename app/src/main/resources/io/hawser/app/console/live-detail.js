// One message: its fields beside those of the one before on the same topic, as JSON, or as bytes.

import { el, fill, show } from "./dom.js";
import { bytes, clock, iso, line } from "./format.js";

/** `pin` is told a topic and the path of a number in its messages. */
export function detail(pin) {
  let now = null;
  let before = null;
  let how = "fields";
  const body = el("div", { cls: "detail-body" });
  const head = el("div", { cls: "row" });
  const node = show(el("section", { cls: "live-detail", "aria-label": "Message" }, head, body), false);
  const tabs = ["fields", "json", "hex"].map((name) => el("button", {
    cls: "plain", text: name, "aria-pressed": String(name === how),
    onclick: () => {
      how = name;
      tabs.forEach((tab) => tab.setAttribute("aria-pressed", String(tab.textContent === how)));
      draw();
    },
  }));

  function draw() {
    fill(head,
      el("b", { cls: "mono", text: now.topic }),
      el("span", { cls: "muted", title: iso(now.time), text: now.protocol + ":" + now.from + "  " + clock(now.time) + "  " + bytes(now.bytes) + (now.asks ? "  asks for a reply" : "") }),
      el("span", { cls: "grow" }), tabs, el("button", { cls: "plain", text: "✕", "aria-label": "Close", onclick: () => show(node, false) }));
    if (now.cut) fill(body, el("div", { cls: "empty", text: bytes(now.bytes) + " are too many to be shown here." }));
    else if (how === "json") fill(body, el("pre", { text: JSON.stringify(now.fields, null, 2) }));
    else if (how === "hex") fill(body, el("pre", { text: hex(JSON.stringify(now.fields)) }));
    else fill(body, fields());
  }

  function fields() {
    const old = flat(before?.fields ?? {});
    const rows = [...flat(now.fields)].map(([path, value]) => {
      const was = old.get(path);
      const changed = before !== null && line(was) !== line(value);
      return el("tr", {},
        el("td", { cls: "muted", text: path }),
        el("td", { cls: "mono wrap" + (changed ? " warn" : ""), text: line(value) }),
        el("td", { cls: "mono wrap muted" }, changed ? (was === undefined ? "new" : el("s", { text: line(was) })) : ""),
        el("td", { cls: "num" }, typeof value === "number" && el("button", { cls: "plain", text: "Pin", title: "Plot it", onclick: () => pin(now.topic, path) })));
    });
    for (const [path, was] of old) {
      if (!flat(now.fields).has(path)) rows.push(el("tr", {}, el("td", { cls: "muted", text: path }), el("td", { cls: "warn", text: "gone" }), el("td", { cls: "mono muted" }, el("s", { text: line(was) })), el("td")));
    }
    if (rows.length === 0) return el("div", { cls: "empty", text: "It has no fields." });
    const heads = ["Field", "Value", before ? "Before, at " + clock(before.time) : "Before", ""];
    return el("table", {}, el("thead", {}, el("tr", {}, heads.map((text) => el("th", { cls: "plainhead", scope: "col", text })))), el("tbody", {}, rows));
  }

  return {
    node,
    say(row, previous) {
      now = row;
      before = previous;
      show(node, true);
      draw();
    },
  };
}

/** Every value in `fields` that holds no others, by its path; lists of more than 32 are one value. */
export function flat(fields, start = "", all = new Map()) {
  for (const [name, value] of Object.entries(fields)) {
    const path = start + name;
    if (value !== null && typeof value === "object" && Object.keys(value).length > 0 && Object.keys(value).length <= 32) flat(value, path + ".", all);
    else all.set(path, value);
  }
  return all;
}

function hex(text) {
  const all = new TextEncoder().encode(text);
  const rows = [];
  for (let at = 0; at < Math.min(all.length, 4096); at += 16) {
    const part = [...all.slice(at, at + 16)];
    const digits = part.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const signs = part.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : ".")).join("");
    rows.push(at.toString(16).padStart(4, "0") + "  " + digits.padEnd(48) + " " + signs);
  }
  return rows.join("\n") + (all.length > 4096 ? "\n…" : "");
}
