// How the hub is, and how it was: rates, losses, who is there, what waits, and what happened.

import * as api from "./api.js";
import { el, fill, say } from "./dom.js";
import { age, bytes, iso, number, seconds } from "./format.js";
import { cursor, plot } from "./plot.js";

const PROTOCOLS = ["eftl", "ivy", "clever", "iot"];
const SPANS = { "5m": 300, "1h": 3600, "24h": 86400 };
const GOOD = new Set(["connected", "reconnected", "resumed", "subscribed", "activated", "joined"]);

export async function openOverview(page, node, frame) {
  const at = cursor();
  let span = Object.hasOwn(SPANS, page.query.span ?? "") ? page.query.span : "5m";
  const tiles = Object.fromEntries(
    ["in", "out", "dropped", "parties", "devices", "waiting", "disk", "heap"].map((name) => [name, tile()]));
  const alarms = el("div");
  const slow = el("div");
  const events = el("div");
  const plots = [
    plot({ title: "Messages in, a second", at, write: number, span: SPANS[span], lines: PROTOCOLS.map((name) => ({ label: name, color: "--" + name, key: "in." + name })) }),
    plot({ title: "Messages out, a second", at, write: number, span: SPANS[span], lines: PROTOCOLS.map((name) => ({ label: name, color: "--" + name, key: "out." + name })) }),
    plot({ title: "Bytes a second", at, write: bytes, base: 1024, span: SPANS[span], lines: [{ label: "in", color: "--eftl", key: "bytes.in" }, { label: "out", color: "--ivy", key: "bytes.out" }] }),
    plot({ title: "Longest wait for an event loop", at, write: seconds, span: SPANS[span], lines: [{ label: "longest", color: "--iot", key: "lag" }] }),
    plot({ title: "Dropped and refused, a second", at, write: number, span: SPANS[span], lines: [{ label: "dropped", color: "--bad", key: "dropped" }, { label: "refused", color: "--warn", key: "refused" }] }),
    plot({ title: "Waiting in durables", at, write: number, span: SPANS[span], lines: [{ label: "messages", color: "--clever", key: "waiting" }] }),
  ];
  const choice = Object.keys(SPANS).map((name) => el("button", {
    "aria-pressed": String(name === span), text: name,
    onclick: (event) => {
      span = name;
      page.keep({ span: name === "5m" ? "" : name });
      choice.forEach((button) => button.setAttribute("aria-pressed", String(button === event.target)));
      series();
    },
  }));
  fill(node,
    el("div", { cls: "head" }, el("h1", { text: "Overview" }), el("span", { cls: "grow" }), el("div", { cls: "row", role: "group", "aria-label": "How far back" }, choice)),
    alarms,
    el("div", { cls: "grid tiles" }, Object.values(tiles).map((each) => each.node)),
    el("div", { cls: "grid two" }, plots.map((each) => each.node)),
    el("div", { cls: "grid two" },
      el("section", { cls: "card" }, el("h2", { text: "Who reads slowly" }), slow),
      el("section", { cls: "card" }, el("h2", { text: "What happened to parties" }), events)));

  let ready = { status: "ok", checks: {} };

  async function series() {
    const told = await api.get("/series", { span }, page.signal);
    plots.forEach((each) => each.update(told, SPANS[span]));
    const fresh = span === "5m" ? told : await api.get("/series", {}, page.signal);
    const last = (name) => fresh.columns[name]?.at(-1) ?? 0;
    const sum = (start) => PROTOCOLS.reduce((all, name) => all + last(start + name), 0);
    const split = (start) => PROTOCOLS.filter((name) => last(start + name) > 0).map((name) => name + " " + number(last(start + name))).join("  ");
    frame.version(fresh.version);
    tiles.in.say("In / s", number(sum("in.")), split("in.") || bytes(last("bytes.in")));
    tiles.out.say("Out / s", number(sum("out.")), split("out.") || bytes(last("bytes.out")));
    tiles.dropped.say("Dropped / s", number(last("dropped")), last("refused") > 0 ? number(last("refused")) + " refused" : "nothing refused", last("dropped") > 0 ? "bad" : "");
    tiles.parties.say("Connected", number(sum("parties.")), split("parties."));
    tiles.devices.say("Devices online", number(last("parties.iot")), "copters " + number(last("parties.clever")));
    tiles.waiting.say("In durables", number(last("waiting")), "messages wait");
    tiles.disk.say("Disk free", last("disk") < 0 ? "memory" : bytes(last("disk")), last("disk") < 0 ? "nothing is kept on disk" : "where data is kept");
    tiles.heap.say("Heap", bytes(last("heap")), "up " + age(fresh.started, fresh.now).replace(" ago", ""));
    alarm(last);
  }

  function alarm(last) {
    const all = [];
    for (const [name, said] of Object.entries(ready.checks)) if (said !== "ok") all.push(["bad", "The check “" + name + "” fails: the hub is not ready for who depends on it."]);
    if (last("dropped") > 0) all.push(["bad", number(last("dropped")) + " messages a second are dropped. Below stands who reads slowly."]);
    if (last("lag") > 0.5) all.push(["warn", "An event loop took " + seconds(last("lag")) + " to answer: the hub, or its machine, is overloaded."]);
    if (last("disk") >= 0 && last("disk") < 1 << 30) all.push(["warn", "Only " + bytes(last("disk")) + " are free where the hub keeps its data."]);
    fill(alarms, all.map(([kind, text]) => el("div", { cls: "notice " + kind, role: "alert", text })));
    frame.alarms(all.length);
  }

  page.every(1000, series);
  page.every(3000, async () => {
    ready = await (await fetch("/healthz/ready", { signal: page.signal })).json();
    const clients = await api.list("/clients", {}, page.signal);
    const worst = clients.filter((row) => row.waiting > 0 || row.dropped > 0).sort((a, b) => b.dropped - a.dropped || b.waiting - a.waiting).slice(0, 10);
    fill(slow, worst.length === 0 ? el("div", { cls: "empty", text: "Everybody keeps up." }) : el("table", {},
      el("thead", {}, el("tr", {}, ["Client", "Waiting", "Dropped"].map((text, i) => el("th", { cls: "plainhead" + (i ? " num" : ""), scope: "col", text })))),
      el("tbody", {}, worst.map((row) => el("tr", {},
        el("td", {}, el("a", { href: "#/clients/" + encodeURIComponent((row.channel ?? row.domain ?? "") + "/" + row.id), text: row.id })),
        el("td", { cls: "num", text: number(row.waiting) }), el("td", { cls: "num" + (row.dropped > 0 ? " bad" : ""), text: number(row.dropped) }))))));
    const happened = (await api.get("/events", { limit: 20 }, page.signal)).items;
    fill(events, happened.length === 0 ? el("div", { cls: "empty", text: "Nothing yet." }) : el("table", {}, el("tbody", {}, happened.map((row) => el("tr", {},
      el("td", { cls: "muted", title: iso(row.time), text: age(row.time) }),
      el("td", {}, el("span", { cls: "chip" + (GOOD.has(row.event) ? "" : " warn"), text: row.event.replaceAll("_", " ") })),
      el("td", { text: row.party, title: row.party }), el("td", { cls: "muted", text: row.detail, title: row.detail }))))));
  });
  return { close: () => plots.forEach((each) => each.close()) };
}

function tile() {
  const label = el("div", { cls: "label" });
  const value = el("div", { cls: "value" });
  const more = el("div", { cls: "more" });
  return {
    node: el("section", { cls: "card tile" }, label, value, more),
    say(name, text, under, kind = "") {
      say(label, name);
      say(value, text);
      value.className = "value " + kind;
      say(more, under);
      more.title = under;
    },
  };
}
