// One device: what it is, what it said, what it is asked, and what it can do, as its models say.

import * as api from "./api.js";
import { el, fill } from "./dom.js";
import { age, clock, iso, line } from "./format.js";
import { spark } from "./plot.js";

const STATES = { completed: "ok", failed: "bad", expired: "bad", cancelled: "warn", queued: "", delivered: "warn" };
const OPEN = new Set(["queued", "delivered"]);

export async function openDevice(page, node) {
  const id = page.names[1];
  const root = "/devices/" + api.part(id);
  const facts = el("dl", { cls: "facts" });
  const state = el("span", { cls: "row" });
  const attributes = el("div");
  const actions = el("div");
  const commands = el("div");
  const said = el("div");
  const behind = el("div");
  const models = new Map();
  const section = (title, body) => el("section", { cls: "card" }, el("h2", { text: title }), body);
  fill(node,
    el("div", { cls: "head" }, el("a", { href: "#/devices", text: "Devices" }), el("span", { cls: "muted", text: "›" }), el("h1", { text: id }), state),
    el("div", { cls: "grid" }, section("Attributes", attributes)),
    el("div", { cls: "grid two" }, section("Device", facts), section("Actions", actions)),
    el("div", { cls: "grid two" }, section("Commands", commands), section("Messages and alerts", said)),
    behind);

  async function order(wish, what) {
    try {
      const done = await api.post(root + "/commands", { ...wish, wait: 5 });
      page.tell(done.state === "completed" ? "ok" : done.state === "failed" ? "bad" : "", what + ": " + done.state + (done.reason ? ", " + done.reason : ""));
    } catch (refused) {
      page.tell("bad", refused.message);
    }
    await turn(true);
  }

  async function change(spec, now) {
    const said = await page.confirm({
      title: "Set " + spec.name, action: "Set",
      text: (spec.description ?? "") + (spec.range ? " From " + spec.range.replace(",", " to ") + "." : "") + " The device is asked at once, or when it is back.",
      fields: [el("label", { cls: "field" }, spec.type.toLowerCase(), input(spec.type, now))],
    });
    if (said) await order({ attributes: { [spec.name]: value(spec.type, said.value) } }, spec.name);
  }

  function forms(all) {
    if (all.length === 0) return el("div", { cls: "empty", text: "Its models name none." });
    return el("div", { cls: "stack-actions" }, all.map((action) => {
      const args = action.arguments ?? [];
      const fields = args.length > 0 ? args.map((each) => [each, input(each.argType ?? each.type ?? "STRING", each.defaultValue, each.name)])
        : action.argType ? [[{ argType: action.argType }, input(action.argType, undefined)]] : [];
      return el("form", {
        cls: "row",
        onsubmit: async (event) => {
          event.preventDefault();
          const read = ([spec, field]) => value(spec.argType ?? spec.type ?? "STRING", field.value);
          const given = args.length > 0 ? Object.fromEntries(fields.map((each) => [each[0].name, read(each)])) : fields.length > 0 ? read(fields[0]) : undefined;
          await order(given === undefined ? { action: action.name } : { action: action.name, value: given }, action.name);
        },
      }, el("button", { type: "submit", disabled: !page.may("operator"), text: action.name }),
        fields.map(([spec, field]) => el("label", { cls: "row muted" }, spec.name ?? "", field)),
        el("span", { cls: "muted", text: action.description ?? "" }));
    }));
  }

  let built = "";

  /** Whoever goes through buttons with keys is not disturbed, unless something was done. */
  const held = (body, forced) => !forced && body.hasChildNodes() && body.matches(":focus-within");

  async function turn(forced = false) {
    const [device, known, asked, told] = await Promise.all([
      api.get(root, {}, page.signal),
      api.get(root + "/attributes", {}, page.signal),
      api.get(root + "/commands", { limit: 50 }, page.signal),
      api.get(root + "/messages", { limit: 100 }, page.signal),
    ]);
    const urns = (device.models ?? "").split(" ").filter((urn) => urn !== "");
    for (const urn of urns) {
      if (!models.has(urn)) models.set(urn, await api.get("/models/" + api.part(urn), {}, page.signal).catch(() => ({})));
    }
    const specs = urns.flatMap((urn) => models.get(urn).attributes ?? []);
    fill(state, el("span", { cls: "chip " + (device.online ? "ok" : ""), text: device.online ? "online" : "offline" }), device.state !== "activated" && el("span", { cls: "chip warn", text: device.state }));
    fill(facts, Object.entries(device).filter(([name]) => !["online", "metadata"].includes(name)).map(([name, each]) => [
      el("dt", { text: name }),
      el("dd", {}, ["created", "activated", "heard"].includes(name) ? el("span", { title: iso(each), text: age(each) }) : String(each)),
    ]), Object.entries(device.metadata ?? {}).map(([name, each]) => [el("dt", { text: name }), el("dd", { text: each })]));
    if (!held(attributes, forced)) values(specs, known.items, asked.items, told.items);
    const all = urns.flatMap((urn) => models.get(urn).actions ?? []);
    if (JSON.stringify(all) !== built) {
      built = JSON.stringify(all);
      fill(actions, forms(all));
    }
    if (!held(commands, forced)) life(asked.items);
    feed(told.items);
    if (device.kind === "gateway") await children(device.endpoint);
  }

  function values(specs, known, asked, told) {
    const names = [...new Set([...specs.map((spec) => spec.name), ...known.map((row) => row.attribute)])];
    if (names.length === 0) {
      fill(attributes, el("div", { cls: "empty", text: "Its models name none, and it has said none." }));
      return;
    }
    const rows = names.map((name) => {
      const spec = specs.find((each) => each.name === name) ?? { name, type: "STRING" };
      const last = known.find((row) => row.attribute === name);
      const wish = asked.find((each) => OPEN.has(each.state) && each.url.endsWith("/attributes/" + name));
      const numbers = told.filter((each) => each.kind === "data" && typeof each.data[name] === "number").map((each) => each.data[name]).reverse();
      return el("tr", {},
        el("td", { text: name, title: spec.description ?? "" }),
        el("td", { cls: "mono", text: last ? line(last.value) : "–" }),
        el("td", {}, wish ? el("span", { cls: "chip warn", text: wish.state + (wish.asked?.value === undefined ? "" : ": " + line(wish.asked.value)) }) : ""),
        el("td", {}, numbers.length > 1 ? spark(numbers) : ""),
        el("td", { cls: "muted", title: last ? iso(last.time) : "", text: last ? age(last.time) : "" }),
        el("td", { cls: "muted", text: spec.type.toLowerCase() + (spec.range ? " " + spec.range : "") }),
        el("td", { cls: "num" }, spec.writable && page.may("operator") && el("button", { text: "Set…", onclick: () => change(spec, last?.value) })));
    });
    const heads = ["Attribute", "Reported", "Desired", "Lately", "When", "Type", ""];
    fill(attributes, el("div", { cls: "table-box bare" }, el("table", {}, el("thead", {}, el("tr", {}, heads.map((text) => el("th", { cls: "plainhead", scope: "col", text })))), el("tbody", {}, rows))));
  }

  function life(all) {
    fill(commands, all.length === 0 ? el("div", { cls: "empty", text: "It was asked for nothing yet." }) : el("table", {}, el("tbody", {}, all.slice(0, 20).map((each) => el("tr", {},
      el("td", { cls: "muted", title: iso(each.created), text: age(each.created) }),
      el("td", {}, el("span", { cls: "chip " + (STATES[each.state] ?? ""), text: each.state })),
      el("td", { cls: "mono", title: each.url, text: each.url.replace(/^.*\/(?=(attributes|actions)(\/|$))/, "") + (each.asked === undefined || Object.keys(each.asked).length === 0 ? "" : " " + line(each.asked)) }),
      el("td", { cls: "wrap muted", text: [each.status, each.reason].filter((text) => text !== undefined).join(" ") }),
      el("td", { cls: "num" }, each.state === "queued" && page.may("operator") && el("button", {
        text: "Take back",
        onclick: async () => {
          await api.remove("/commands/" + api.part(each.command)).catch((refused) => page.tell("bad", refused.message));
          await turn(true);
        },
      })))))));
  }

  function feed(all) {
    fill(said, all.length === 0 ? el("div", { cls: "empty", text: "It has said nothing yet." }) : el("table", {}, el("tbody", {}, all.slice(0, 30).map((each) => el("tr", {},
      el("td", { cls: "mono muted", title: iso(each.time), text: clock(each.time) }),
      el("td", {}, el("span", { cls: "chip " + (each.kind === "alert" ? "bad" : ""), text: each.kind === "alert" ? each.severity || "alert" : each.kind })),
      el("td", { cls: "mono wrap", text: (each.description ? each.description + "  " : "") + Object.entries(each.data).map(([name, value]) => name + "=" + line(value)).join("  ") }))))));
  }

  async function children(endpoint) {
    const all = (await api.list("/devices", {}, page.signal)).filter((each) => each.gateway === endpoint);
    fill(behind, section("Devices behind it", all.length === 0 ? el("div", { cls: "empty", text: "None." }) : el("div", { cls: "row" }, all.map((each) =>
      el("a", { cls: "chip " + (each.online ? "ok" : ""), href: "#/devices/" + encodeURIComponent(each.device), text: each.device })))));
  }

  page.every(2000, () => turn());
  return {};
}

function input(type, now, name = "value") {
  if (type === "BOOLEAN") return el("select", { name }, ["true", "false"].map((text) => el("option", { value: text, text, selected: String(now) === text })));
  if (type === "NUMBER" || type === "INTEGER") return el("input", { name, type: "number", step: type === "INTEGER" ? 1 : "any", value: now ?? "", required: true });
  return el("input", { name, value: now ?? "" });
}

function value(type, text) {
  if (type === "BOOLEAN") return text === "true";
  return type === "NUMBER" || type === "INTEGER" ? Number(text) : text;
}
