// Durables: what each keeps, and for whom; what stands in one, and its end.

import * as api from "./api.js";
import { el, fill, renew } from "./dom.js";
import { bytes, clock, gist, iso, number, seconds } from "./format.js";
import { table } from "./table.js";

const PAGE = 50;

export async function openDurables(page, node) {
  return page.names.length > 2 ? one(page, node) : all(page, node);
}

function share(now, most, write) {
  const inside = el("span");
  const full = most > 0 ? Math.min(1, now / most) : 0;
  inside.style.width = full * 100 + "%";
  return el("span", {}, el("span", { cls: "meter " + (full > 0.8 ? "bad" : full > 0.5 ? "warn" : "") }, inside), write(now) + (most > 0 ? " / " + write(most) : ""));
}

async function all(page, node) {
  const list = table({
    name: "durables", page, id: (row) => row.owner + "\n" + row.name,
    empty: ["No durable subscription. One is made with ", el("code", { text: "hawser sub '>' --durable NAME" }), "."],
    columns: [
      { key: "name", label: "Durable", cell: (row) => el("a", { href: "#/durables/" + encodeURIComponent(row.owner) + "/" + encodeURIComponent(row.name), text: row.name }) },
      { key: "owner", label: "Owner" },
      { key: "type", label: "Kind", cell: (row) => row.type ?? "" },
      { key: "topic", label: "Topic", cls: "mono", cell: (row) => row.topic ?? "" },
      { key: "messages", label: "Messages", sort: (row) => row.messages, cell: (row) => share(row.messages, row.max_messages, number) },
      { key: "bytes", label: "Bytes", sort: (row) => row.bytes, cell: (row) => share(row.bytes, row.max_bytes, bytes) },
      { key: "oldest_seconds", label: "Oldest", num: true, cell: (row) => (row.oldest_seconds === undefined ? "–" : seconds(row.oldest_seconds)) },
      { key: "in_flight", label: "In flight", num: true, cell: (row) => number(row.in_flight) },
      { key: "consumers", label: "Consumers", num: true, cell: (row) => el("span", { cls: row.consumers === 0 ? "warn" : "", text: number(row.consumers) }) },
      { key: "redelivered", label: "Again", num: true, cell: (row) => number(row.redelivered) },
      { key: "dropped", label: "Dropped", num: true, cell: (row) => el("span", { cls: row.dropped > 0 ? "bad" : "", text: number(row.dropped) }) },
      { key: "expired", label: "Expired", num: true, off: true },
    ],
  });
  fill(node, el("div", { cls: "head" }, el("h1", { text: "Durables" })), list.node);
  page.every(2000, async () => list.rows(await api.list("/durables", {}, page.signal)));
  return {};
}

async function one(page, node) {
  const [, owner, name] = page.names;
  const root = "/durables/" + api.part(name);
  const facts = el("dl", { cls: "facts" });
  const messages = el("div");
  const from = el("input", { type: "number", min: 0, step: 1, "aria-label": "From message", placeholder: "oldest", value: page.query.from ?? "" });
  const look = el("form", {
    cls: "row",
    onsubmit: (event) => {
      event.preventDefault();
      page.keep({ from: from.value });
      view();
    },
  }, el("h2", { text: "What it keeps" }), el("span", { cls: "grow" }), "from", from, el("button", { type: "submit", text: "Look" }));
  const end = (label, path, text) => page.may("admin") && el("button", {
    cls: "danger", text: label,
    onclick: async () => {
      const said = await page.confirm({
        title: label + " " + name + "?", text: text + " Type its name to do it.", action: label, danger: true,
        fields: [el("label", { cls: "field" }, "Name", el("input", { name: "typed", required: true, pattern: escape(name), autocomplete: "off", spellcheck: "false" }))],
      });
      if (!said || said.typed !== name) return;
      try {
        await api.remove(path + "?owner=" + encodeURIComponent(owner));
        page.tell("ok", label + ": " + name + " done");
        if (path === root) location.hash = "#/durables";
        else await view();
      } catch (refused) {
        page.tell("bad", refused.message);
      }
    },
  });
  fill(node,
    el("div", { cls: "head" }, el("a", { href: "#/durables", text: "Durables" }), el("span", { cls: "muted", text: "›" }), el("h1", { text: name }), el("span", { cls: "muted", text: owner }), el("span", { cls: "grow" }),
      end("Purge", root + "/messages", "All that it keeps is dropped; nobody can have it back."),
      end("Delete", root, "The durable and all that it keeps are gone; its consumers hear nothing any more.")),
    el("div", { cls: "grid two" }, el("section", { cls: "card" }, el("h2", { text: "Durable" }), facts), el("section", { cls: "card" }, look, messages)));

  async function view() {
    try {
      const told = await api.get(root + "/messages", { owner, from: page.query.from ?? "", limit: PAGE }, page.signal);
      fill(messages, told.items.length === 0 ? el("div", { cls: "empty", text: "Nothing from there on." }) : el("table", {}, el("tbody", {}, told.items.map((row) => el("tr", {},
        el("td", { cls: "num mono", text: row.id }), el("td", { cls: "mono muted", title: iso(row.time), text: clock(row.time) }),
        el("td", { text: row.topic, title: "from " + row.from }), el("td", { cls: "mono wrap", text: gist(row) }),
        el("td", { cls: "num muted", text: row.deliveries > 0 ? row.deliveries + "×" : "" }))))),
      told.items.length === PAGE && el("div", { cls: "row" }, el("span", { cls: "grow" }), el("button", {
        text: "Further",
        onclick: () => {
          from.value = told.items.at(-1).id + 1;
          page.keep({ from: from.value });
          view();
        },
      })));
    } catch (refused) {
      if (refused.name !== "AbortError") fill(messages, el("div", { cls: "notice bad", role: "alert", text: refused.message }));
    }
  }

  await view();
  page.every(2000, async () => {
    const row = await api.get(root, { owner }, page.signal);
    renew(facts, Object.entries(row).map(([key, value]) => [el("dt", { text: key.replace(/_seconds$/, "").replaceAll("_", " ") }),
      el("dd", { text: value === 0 && /^max_|ttl|timeout/.test(key) ? "none" : key.endsWith("bytes") ? bytes(value) : key.endsWith("seconds") ? seconds(value) : typeof value === "number" ? number(value) : typeof value === "object" ? JSON.stringify(value) : value })]));
  });
  return {};
}

/** `text` as a pattern that only it fits. */
function escape(text) {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
