// The copters: how each is, where all of them are, and what is told to some of them at once.

import * as api from "./api.js";
import { el, fill, say } from "./dom.js";
import { age, iso } from "./format.js";
import { pushFiles, transfers } from "./fleet-file.js";
import { map } from "./fleet-map.js";
import { table } from "./table.js";

const ACTIONS = [
  { name: "takeoff", label: "Take off", text: "Motors start, and they rise." },
  { name: "land", label: "Land", text: "They come down where they are." },
  { name: "pause", label: "Pause", text: "The animation stops where it is." },
  { name: "led_test", label: "LED test", text: "Their lights show that they hear." },
  { name: "disarm", label: "Disarm", danger: true, text: "Motors stop at once: a copter in the air falls." },
  { name: "emergency_land", label: "Emergency land", danger: true, text: "They come down without regard to anything." },
];
const STALE = 5000;

export async function openFleet(page, node) {
  const chosen = new Set();
  let copters = [];
  const places = map();
  const results = el("div");
  const picked = el("span", { cls: "muted" });
  const all = el("input", {
    type: "checkbox", "aria-label": "Choose all",
    onchange: () => {
      chosen.clear();
      if (all.checked) copters.filter((row) => row.state === "online").forEach((row) => chosen.add(row.copter));
      drawn();
    },
  });
  const list = table({
    name: "fleet", page, id: (row) => row.copter, select: (row) => chosen.has(row.copter),
    empty: ["No copter has come yet. Try ", el("code", { text: "hawser demo fleet --count 5" }), "."],
    columns: [
      { key: "choose", label: "", text: () => "", cell: (row) => el("input", {
        type: "checkbox", "aria-label": "Choose " + row.copter, checked: chosen.has(row.copter),
        onchange: (event) => {
          if (event.target.checked) chosen.add(row.copter);
          else chosen.delete(row.copter);
          drawn();
        },
      }) },
      { key: "copter", label: "Copter", cell: (row) => el("span", {}, el("span", { cls: "dot " + (row.state === "online" ? "ok" : "bad") }), " ", el("b", { text: row.copter }), row.state === "online" ? "" : el("span", { cls: "muted", text: "  gone" })) },
      { key: "ready", label: "Ready", text: (row) => (row.check ? (row.check.ready ? "ready" : row.check.problems) : ""),
        cell: (row) => (row.check ? el("span", { cls: "chip " + (row.check.ready ? "ok" : "warn"), title: row.check.problems ?? "", text: row.check.ready ? "ready" : "not ready" }) : "–") },
      { key: "battery", label: "Battery", sort: (row) => part(row, "battery", 1) ?? -1, cell: (row) => battery(row) },
      { key: "clock", label: "Clock", sort: (row) => Math.abs(row.clock_offset ?? 9e9), cell: (row) => clockOf(row) },
      { key: "armed", label: "Motors", cell: (row) => (said(row, "armed") === true ? el("span", { cls: "chip bad", text: "armed" }) : el("span", { cls: "muted", text: "off" })) },
      { key: "mode", label: "Mode", cell: (row) => text(said(row, "mode")) },
      { key: "position", label: "Position", cls: "mono", cell: (row) => position(row) },
      { key: "selfcheck", label: "Self-check", cell: (row) => check(said(row, "selfcheck")) },
      { key: "animation", label: "Animation", cell: (row) => text(part(row, "animation_info", 0) ?? said(row, "animation_id")) },
      { key: "task", label: "Task", cell: (row) => text(said(row, "last_task")) },
      { key: "heard", label: "Heard", sort: (row) => -Date.parse(row.telemetry_at ?? 0), cell: (row) => heard(row) },
      { key: "address", label: "Address", cls: "mono", off: true },
      { key: "git", label: "Version", off: true, cell: (row) => text(said(row, "git_version")) },
    ],
  });
  const bar = el("div", { cls: "row fleet-bar" },
    el("label", { cls: "row" }, all, picked),
    ACTIONS.map((action) => el("button", { cls: action.danger ? "danger" : "", text: action.label, title: action.text, disabled: !page.may("operator"), onclick: () => act(action) })),
    el("button", { text: "Start at…", title: "All start their animation at one instant, each by its own clock", disabled: !page.may("operator"), onclick: start }),
    el("button", { text: "Other…", disabled: !page.may("operator"), onclick: other }),
    el("button", { text: "Send files…", disabled: !page.may("operator"), onclick: () => pushFiles(page, wanted()) }));
  fill(node, el("div", { cls: "head" }, el("h1", { text: "Fleet" }), el("span", { cls: "muted", text: "clever-show copters" })),
    bar, results, transfers, list.node, el("section", { cls: "card fleet-map" }, el("h2", { text: "Where they are, from above, in metres" }), places.node));

  function wanted() {
    const names = chosen.size > 0 ? [...chosen] : copters.filter((row) => row.state === "online").map((row) => row.copter);
    return names.sort((a, b) => a.localeCompare(b, undefined, { numeric: true }));
  }

  function drawn() {
    const online = copters.filter((row) => row.state === "online");
    all.checked = online.length > 0 && online.every((row) => chosen.has(row.copter));
    all.indeterminate = !all.checked && chosen.size > 0;
    say(picked, chosen.size > 0 ? chosen.size + " chosen" : "all " + online.length + " that are here");
    list.redraw();
  }

  const names = (of) => el("div", { cls: "row" }, of.slice(0, 60).map((name) => el("span", { cls: "chip", text: name })), of.length > 60 && "and " + (of.length - 60) + " more");

  async function tell(what, path, body) {
    const asked = body.copters;
    fill(results, el("div", { cls: "notice", text: what + ": " + asked.length + " copters are told…" }));
    try {
      const told = await api.post(path, body);
      const bad = told.items.filter((each) => !each.done);
      fill(results, el("div", { cls: "notice " + (bad.length === 0 ? "ok" : "bad"), role: "status" },
        el("div", { cls: "row" }, el("b", { text: what }), el("span", { text: told.items.length - bad.length + " of " + told.items.length + " have done it" }), el("span", { cls: "grow" }),
          el("button", { cls: "plain", text: "✕", "aria-label": "Close", onclick: () => fill(results) })),
        el("div", { cls: "row" }, told.items.map((each) => el("span", { cls: "chip " + (each.done ? "ok" : "bad"), title: each.reason ?? "", text: each.copter + (each.done ? " ✓" : " ✗ " + (each.reason ?? "")) })))));
    } catch (refused) {
      fill(results, el("div", { cls: "notice bad", role: "alert", text: what + ": " + refused.message }));
    }
    await turn();
  }

  async function act(action) {
    const to = wanted();
    if (to.length === 0) return page.tell("warn", "No copter is here.");
    if (await page.confirm({ title: action.label + ": " + to.length + (to.length === 1 ? " copter" : " copters"), text: action.text, details: names(to), action: action.label, danger: action.danger })) {
      await tell(action.label, "/fleet/command", { copters: to, action: action.name });
    }
  }

  async function start() {
    const to = wanted();
    const said = await page.confirm({
      title: "Start the animation of " + to.length, details: names(to), action: "Start",
      fields: [el("label", { cls: "field" }, "Seconds from now", el("input", { name: "in", type: "number", min: 1, max: 3600, step: "any", value: 5, required: true }))],
    });
    if (said) await tell("Start", "/fleet/start", { copters: to, in: Number(said.in) });
  }

  async function other() {
    const to = wanted();
    const said = await page.confirm({
      title: "Tell " + to.length + " copters", details: names(to), action: "Tell",
      fields: [
        el("label", { cls: "field" }, "Action", el("input", { name: "action", required: true, placeholder: "takeoff_z", spellcheck: "false" })),
        el("label", { cls: "field" }, "With, an object", el("input", { name: "kwargs", cls: "mono", placeholder: '{"z":1.5}', spellcheck: "false" })),
      ],
    });
    if (!said) return;
    try {
      await tell(said.action, "/fleet/command", { copters: to, action: said.action, kwargs: said.kwargs === "" ? {} : JSON.parse(said.kwargs) });
    } catch (wrong) {
      page.tell("bad", "That is no object: " + wrong.message);
    }
  }

  async function turn() {
    const [rows, checks] = await Promise.all([api.list("/fleet", {}, page.signal), api.list("/fleet/check", {}, page.signal)]);
    const judged = new Map(checks.map((each) => [each.copter, each]));
    rows.forEach((row) => (row.check = judged.get(row.copter)));
    copters = rows.sort((a, b) => a.copter.localeCompare(b.copter, undefined, { numeric: true }));
    list.rows(copters);
    places.show(copters.filter((row) => row.state === "online").map((row) => ({ name: row.copter, at: where(row), armed: said(row, "armed") === true })));
    drawn();
  }

  page.every(1000, async () => {
    try {
      await turn();
    } catch (refused) {
      if (refused.status !== 404) throw refused;
      fill(node, el("div", { cls: "empty" }, "This hub is no ground station: ", el("code", { text: "hawser.clever.enabled = true" }), "."));
      page.end();
    }
  });
  return { close: places.close };
}

const said = (row, name) => row.telemetry?.[name];
const text = (value) => (value === undefined || value === null ? "–" : typeof value === "string" ? value : JSON.stringify(value));

function part(row, name, place) {
  const value = said(row, name);
  return Array.isArray(value) ? value[place] : undefined;
}

/** Where it is: x, y, z; whichever way its telemetry came. */
function where(row) {
  const list = said(row, "current_position");
  const at = Array.isArray(list) ? list.slice(0, 3) : [said(row, "x"), said(row, "y"), said(row, "z")];
  return at.every((value) => typeof value === "number" && Number.isFinite(value)) ? at : null;
}

function position(row) {
  const at = where(row);
  return at === null ? "–" : at.map((value) => value.toFixed(2)).join("  ");
}

function battery(row) {
  const volts = part(row, "battery", 0) ?? said(row, "battery_volts");
  const share = part(row, "battery", 1) ?? said(row, "battery_fraction");
  if (typeof volts !== "number") return "–";
  const fill = el("span");
  const full = typeof share === "number" ? Math.max(0, Math.min(1, share)) : 0;
  fill.style.width = full * 100 + "%";
  return el("span", {}, el("span", { cls: "meter " + (full < 0.2 ? "bad" : full < 0.4 ? "warn" : "") }, fill), volts.toFixed(2) + " V" + (typeof share === "number" ? "  " + Math.round(full * 100) + " %" : ""));
}

function clockOf(row) {
  if (row.clock_offset === undefined) return el("span", { cls: "muted", text: "–" });
  const ms = row.clock_offset * 1000;
  const unsure = (row.clock_uncertainty ?? 0) * 1000;
  return el("span", { cls: unsure > 50 ? "warn" : "", title: "Known to " + unsure.toFixed(1) + " ms", text: (ms >= 0 ? "+" : "") + ms.toFixed(Math.abs(ms) < 10 ? 1 : 0) + " ms" });
}

function check(value) {
  if (value === undefined || value === null) return "–";
  const good = value === "OK";
  const all = Array.isArray(value) ? value.join("; ") : text(value);
  return el("span", { cls: "chip " + (good ? "ok" : "bad"), title: all, text: good ? "OK" : all });
}

function heard(row) {
  if (!row.telemetry_at) return "–";
  const old = Date.now() - Date.parse(row.telemetry_at) > STALE;
  return el("span", { cls: old ? "warn" : "muted", title: iso(row.telemetry_at), text: age(row.telemetry_at) });
}
