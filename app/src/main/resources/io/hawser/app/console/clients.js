// Who is connected, how much waits for each, what happened to them; and one of them.

import * as api from "./api.js";
import { tracing } from "./client-trace.js";
import { el, fill, renew } from "./dom.js";
import { age, bytes, clock, iso, number } from "./format.js";
import { table } from "./table.js";

const nameOf = (row) => (row.channel ?? row.domain ?? "") + "/" + row.id;
const chip = (protocol) => el("span", { cls: "chip " + protocol, text: protocol });

export async function openClients(page, node) {
  return page.names.length > 1 ? one(page, node) : all(page, node);
}

async function all(page, node) {
  const before = new Map();
  const list = table({
    name: "clients", page, id: nameOf,
    empty: ["Nobody is connected. Try ", el("code", { text: "hawser sub '>'" }), "."],
    columns: [
      { key: "protocol", label: "Protocol", cell: (row) => chip(row.protocol) },
      { key: "id", label: "Client", cell: (row) => el("a", { href: "#/clients/" + encodeURIComponent(nameOf(row)), text: row.id }) },
      { key: "channel", label: "Channel", cell: (row) => row.channel ?? row.domain ?? "" },
      { key: "user", label: "User", cell: (row) => row.user ?? "" },
      { key: "address", label: "Address", cell: (row) => row.address ?? "", cls: "mono" },
      { key: "state", label: "State", cell: (row) => el("span", { cls: "chip " + (row.state === "away" ? "warn" : "ok"), text: row.state ?? "here" }) },
      { key: "since", label: "Since", cell: (row) => el("span", { title: iso(row.since), text: age(row.since) }), sort: (row) => -Date.parse(row.since) },
      { key: "rateIn", label: "In/s", num: true, cell: (row) => rate(row.rateIn), sort: (row) => row.rateIn ?? 0 },
      { key: "rateOut", label: "Out/s", num: true, cell: (row) => rate(row.rateOut), sort: (row) => row.rateOut ?? 0 },
      { key: "waiting", label: "Waiting", num: true, sort: (row) => row.waiting ?? 0, cell: (row) => queue(row) },
      { key: "dropped", label: "Dropped", num: true, cell: (row) => el("span", { cls: row.dropped > 0 ? "bad" : "", text: number(row.dropped ?? 0) }) },
    ],
  });
  fill(node, el("div", { cls: "head" }, el("h1", { text: "Clients" }), el("span", { cls: "muted", text: "eFTL clients and Ivy agents" })), list.node);
  page.every(2000, async () => {
    const rows = await api.list("/clients", {}, page.signal);
    const now = performance.now();
    for (const row of rows) {
      const past = before.get(nameOf(row));
      if (past && row.in !== undefined) {
        row.rateIn = ((row.in - past.in) * 1000) / (now - past.at);
        row.rateOut = ((row.out - past.out) * 1000) / (now - past.at);
      }
    }
    before.clear();
    rows.forEach((row) => before.set(nameOf(row), { in: row.in, out: row.out, at: now }));
    list.rows(rows);
  });
  return {};
}

/** What waits, beside how many may. */
function queue(row) {
  const full = row.queue > 0 ? (row.waiting ?? 0) / row.queue : 0;
  const text = number(row.waiting ?? 0) + (row.queue > 0 ? " / " + number(row.queue) : "");
  return el("span", { cls: full > 0.8 ? "bad" : row.waiting > 0 ? "warn" : "", text });
}

const rate = (value) => (value === undefined ? "–" : number(Math.max(0, value)));

async function one(page, node) {
  const id = page.names[1];
  const short = id.slice(id.indexOf("/") + 1);
  const facts = el("dl", { cls: "facts" });
  const state = el("div");
  const events = el("div");
  const subscriptions = el("div");
  const trace = tracing(page, short);
  const kick = el("button", {
    cls: "danger", text: "End its session",
    onclick: async () => {
      const said = await page.confirm({
        title: "End the session of " + short + "?",
        text: "Its connection is closed and what waits for it is dropped. It may come back.",
        action: "End it", danger: true,
        fields: [el("label", { cls: "field" }, "Why", el("input", { name: "reason", value: "the operator of the hub ended it" }))],
      });
      if (!said) return;
      try {
        await api.remove("/clients/" + api.part(id) + "?reason=" + encodeURIComponent(said.reason));
        page.tell("ok", short + " was told to go");
      } catch (refused) {
        page.tell("bad", refused.message);
      }
    },
  });
  fill(node,
    el("div", { cls: "head" }, el("a", { href: "#/clients", text: "Clients" }), el("span", { cls: "muted", text: "›" }), el("h1", { text: short }), state, el("span", { cls: "grow" }),
      page.may("operator") && kick),
    el("div", { cls: "grid two" },
      el("section", { cls: "card" }, el("h2", { text: "Connection" }), facts),
      el("section", { cls: "card" }, el("h2", { text: "Subscriptions" }), subscriptions)),
    trace.node, el("section", { cls: "card" }, el("h2", { text: "What happened to it" }), events));
  page.every(1000, trace.turn);
  page.every(2000, async () => {
    let row = null;
    try {
      row = await api.get("/clients/" + api.part(id), {}, page.signal);
    } catch (refused) {
      if (refused.status !== 404) throw refused;
    }
    renew(state, el("span", { cls: "chip " + (row ? (row.state === "away" ? "warn" : "ok") : "bad"), text: row ? (row.state ?? "here") : "gone" }));
    kick.disabled = !row || row.protocol !== "eftl";
    kick.title = row && row.protocol !== "eftl" ? "Only sessions of eFTL can be ended here" : "";
    if (row) {
      renew(facts, Object.entries(row).map(([name, value]) => [el("dt", { text: name }), el("dd", { cls: typeof value === "number" ? "mono" : "" }, written(name, value))]));
    }
    const heard = (await api.list("/subscriptions", {}, page.signal)).filter((each) => each.owner === short || each.owner?.endsWith("/" + short));
    renew(subscriptions, heard.length === 0 ? el("div", { cls: "empty", text: "It listens to nothing." }) : el("table", {}, el("tbody", {}, heard.slice(0, 200).map((each) => el("tr", {},
      el("td", {}, el("span", { cls: "chip", text: each.kind })),
      el("td", { cls: "mono wrap", text: each.topic }), el("td", { cls: "mono wrap muted", text: each.regexp ?? (each.match ? JSON.stringify(each.match) : "") }))))));
    try {
      const told = await api.get("/clients/" + api.part(id) + "/events", {}, page.signal);
      renew(events, el("table", {}, el("tbody", {}, told.items.toReversed().map((each) => el("tr", {},
        el("td", { cls: "mono muted", title: iso(each.time), text: clock(each.time) }), el("td", { cls: "muted", text: age(each.time) }),
        el("td", {}, el("span", { cls: "chip", text: each.event.replaceAll("_", " ") })), el("td", { cls: "wrap", text: each.detail }))))));
    } catch (refused) {
      if (refused.status !== 404) throw refused;
      renew(events, el("div", { cls: "empty", text: "Nothing is known." }));
    }
  });
  return {};
}

function written(name, value) {
  if (name === "since") return el("span", { title: iso(value), text: age(value) });
  if (name.endsWith("bytes")) return bytes(value);
  return typeof value === "number" ? number(value) : String(value);
}
