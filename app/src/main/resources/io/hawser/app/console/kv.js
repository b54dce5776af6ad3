// Key-value maps: all of them, the keys of one, and a value with its history, which can be changed as long as nobody else did.

import * as api from "./api.js";
import { el, fill, say, show } from "./dom.js";
import { age, bytes, gist, iso, number } from "./format.js";
import { table } from "./table.js";

export async function openKv(page, node) {
  return page.names.length > 2 ? map(page, node) : maps(page, node);
}

async function maps(page, node) {
  const list = table({
    name: "maps", page, id: (row) => row.channel + "\n" + row.map,
    empty: ["No map holds anything. Try ", el("code", { text: "hawser kv put MAP KEY x=1" }), "."],
    columns: [
      { key: "map", label: "Map", cell: (row) => el("a", { href: "#/kv/" + encodeURIComponent(row.channel) + "/" + encodeURIComponent(row.map), text: row.map }) },
      { key: "channel", label: "Channel" },
      { key: "keys", label: "Keys", num: true, cell: (row) => number(row.keys) + (row.max_keys > 0 ? " / " + number(row.max_keys) : "") },
      { key: "bytes", label: "Bytes", num: true, cell: (row) => bytes(row.bytes) + (row.max_bytes > 0 ? " / " + bytes(row.max_bytes) : "") },
      { key: "revision", label: "Revision", num: true },
      { key: "history", label: "Values kept", num: true },
    ],
  });
  fill(node, el("div", { cls: "head" }, el("h1", { text: "Key-value" })), list.node);
  page.every(2000, async () => list.rows(await api.list("/kv", {}, page.signal)));
  return {};
}

async function map(page, node) {
  const [, channel, name] = page.names;
  const root = "/kv/" + api.part(name);
  const side = show(el("section", { cls: "card" }), false);
  let picked = page.query.key ?? "";
  const list = table({
    name: "keys", page, id: (row) => row.key, empty: "It holds nothing.", select: (row) => row.key === picked,
    tools: [page.may("operator") && el("button", { text: "New key…", onclick: () => edit("", null) })],
    columns: [
      { key: "key", label: "Key", cls: "mono", cell: (row) => el("button", { cls: "plain", text: row.key, onclick: () => pick(row.key) }) },
      { key: "revision", label: "Revision", num: true },
      { key: "time", label: "Changed", cell: (row) => el("span", { title: iso(row.time), text: age(row.time) }), sort: (row) => -Date.parse(row.time) },
      { key: "bytes", label: "Bytes", num: true, cell: (row) => bytes(row.bytes) },
    ],
  });
  fill(node, el("div", { cls: "head" }, el("a", { href: "#/kv", text: "Key-value" }), el("span", { cls: "muted", text: "›" }), el("h1", { text: name }), el("span", { cls: "muted", text: channel })),
    el("div", { cls: "grid two" }, list.node, side));
  const path = (key) => root + "/" + key.split("/").map(api.part).join("/");

  async function pick(key) {
    picked = key;
    page.keep({ key });
    list.redraw();
    await view();
  }

  async function view() {
    try {
      const told = await api.get(path(picked), { channel, history: true }, page.signal);
      const all = told.items.sort((a, b) => a.revision - b.revision);
      const now = all.at(-1);
      show(side, true);
      fill(side,
        el("div", { cls: "row" }, el("b", { cls: "mono", text: picked }), el("span", { cls: "grow" }),
          page.may("operator") && [el("button", { text: "Change…", onclick: () => edit(picked, now) }), el("button", { cls: "danger", text: "Remove…", onclick: () => drop(now) })]),
        el("pre", { text: now?.value === undefined ? "removed" : JSON.stringify(now.value, null, 2) }),
        all.length > 1 && el("table", {}, el("tbody", {}, all.toReversed().map((each) => el("tr", {},
          el("td", { cls: "num", text: each.revision }), el("td", { cls: "muted", title: iso(each.time), text: age(each.time) }),
          el("td", { cls: "mono wrap", text: each.value === undefined ? each.kind : gist({ fields: each.value }) }))))));
    } catch (refused) {
      if (refused.name === "AbortError") return;
      show(side, true);
      fill(side, el("div", { cls: "notice bad", role: "alert", text: refused.message }));
    }
  }

  async function edit(key, now) {
    const text = el("textarea", { name: "value", rows: 10, cls: "mono", required: true, spellcheck: "false" });
    text.value = now?.value === undefined ? '{\n  "x": 1\n}' : JSON.stringify(now.value, null, 2);
    const wrong = say(el("div", { cls: "bad", role: "alert" }), "");
    text.addEventListener("input", () => {
      try {
        JSON.parse(text.value);
        text.setCustomValidity("");
        say(wrong, "");
      } catch (failure) {
        text.setCustomValidity("no JSON");
        say(wrong, failure.message);
      }
    });
    const said = await page.confirm({
      title: key === "" ? "New key in " + name : "Change " + key, action: "Set",
      text: now ? "It is set only if it is still at revision " + now.revision + "." : "It is set only if it is not there yet.",
      fields: [key === "" && el("label", { cls: "field" }, "Key", el("input", { name: "key", required: true, spellcheck: "false" })), el("label", { cls: "field" }, "Value, an object", text), wrong],
    });
    if (!said) return;
    await attempt(async () => {
      await api.post(path(said.key ?? key) + "?channel=" + encodeURIComponent(channel) + "&revision=" + (now?.revision ?? 0), JSON.parse(said.value));
      await pick(said.key ?? key);
    });
  }

  async function drop(now) {
    if (!(await page.confirm({ title: "Remove " + picked + "?", text: "It is removed only if it is still at revision " + now.revision + ".", action: "Remove", danger: true }))) return;
    await attempt(async () => {
      await api.remove(path(picked) + "?channel=" + encodeURIComponent(channel) + "&revision=" + now.revision);
      await view();
    });
  }

  async function attempt(work) {
    try {
      await work();
      await turn();
    } catch (refused) {
      page.tell("bad", refused.message);
    }
  }

  async function turn() {
    list.rows(await api.names(root, { channel }, page.signal));
  }

  if (picked !== "") await view();
  page.every(2000, turn);
  return {};
}
