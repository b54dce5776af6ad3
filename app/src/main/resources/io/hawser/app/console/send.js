// What somebody says on the bus from here: a drawer that stays open beside every page.

import * as api from "./api.js";
import { el, fill, say, show } from "./dom.js";

const KINDS = ["text", "whole number", "number", "true or false", "JSON"];
const HOWS = ["fields", "text", "json"];

/** The drawer; `open` shows it, with the topic that the page is about if it has one. */
export function sender() {
  let how = "fields";
  const topic = el("input", { name: "topic", cls: "mono", required: true, placeholder: "robot/7/stop", "aria-label": "Topic", spellcheck: "false" });
  const rows = el("div", { cls: "stack" });
  const fields = el("div", {}, rows, el("button", { type: "button", cls: "plain", text: "+ field", onclick: () => rows.append(row()) }));
  const text = el("textarea", { rows: 4, cls: "mono", "aria-label": "Text", spellcheck: "false" });
  const json = el("textarea", { rows: 8, cls: "mono", "aria-label": "JSON, an object", placeholder: '{"x": 1.5}', spellcheck: "false" });
  const result = el("div", { role: "status" });
  const tabs = HOWS.map((name) => el("button", { type: "button", cls: "plain", text: name, onclick: () => turn(name) }));
  const form = el("form", {
    cls: "stack",
    onsubmit: (event) => {
      event.preventDefault();
      send();
    },
  }, el("div", { cls: "row" }, el("h2", { cls: "grow", text: "Send a message" }), el("button", { type: "button", cls: "plain", text: "✕", "aria-label": "Close", onclick: () => show(node, false) })),
    el("label", { cls: "field" }, "Topic", topic), el("div", { cls: "row" }, tabs), fields, text, json,
    el("div", { cls: "row" }, result, el("span", { cls: "grow" }), el("button", { type: "submit", cls: "primary", text: "Send" })));
  const node = show(el("aside", { cls: "drawer", "aria-label": "Send a message", onkeydown: (event) => event.key === "Escape" && show(node, false) }, form), false);
  rows.append(row());
  turn(how);

  function row() {
    const line = el("div", { cls: "row send-field" },
      el("input", { "aria-label": "Field", placeholder: "field", spellcheck: "false" }),
      el("select", { "aria-label": "Kind" }, KINDS.map((kind) => el("option", { value: kind, text: kind }))),
      el("input", { cls: "grow mono", "aria-label": "Value", placeholder: "value", spellcheck: "false" }),
      el("button", { type: "button", cls: "plain", text: "✕", "aria-label": "Remove the field", onclick: () => line.remove() }));
    return line;
  }

  function turn(name) {
    how = name;
    tabs.forEach((tab) => tab.setAttribute("aria-pressed", String(tab.textContent === how)));
    [fields, text, json].forEach((part, i) => show(part, HOWS[i] === how));
  }

  /** As JSON is written: 1.0 stays a number with a fraction, and long ones lose nothing. */
  function written() {
    if (how === "text") return '"text":' + JSON.stringify(text.value);
    if (how === "json") return '"fields":' + object(json.value);
    const told = [...rows.children].map((line) => [...line.querySelectorAll("input, select")].map((part) => part.value)).filter(([name]) => name !== "");
    return '"fields":{' + told.map(([name, kind, value]) => JSON.stringify(name) + ":" + literal(name, kind, value.trim(), value)).join(",") + "}";
  }

  async function send() {
    try {
      const told = await api.postText("/publish", '{"topic":' + JSON.stringify(topic.value.trim()) + "," + written() + "}");
      const many = told.receivers === 1 ? "1 receives it" : told.receivers + " receive it";
      result.className = told.receivers === 0 ? "warn" : "ok";
      say(result, (told.receivers === 0 ? "Nobody receives it" : many) + (told.stored ? "; it is kept" : ""));
    } catch (refused) {
      result.className = "bad";
      say(result, refused.message);
    }
  }

  return {
    node,
    open() {
      const query = new URLSearchParams(location.hash.split("?")[1] ?? "");
      const about = query.get("at") || query.get("topic") || query.get("for") || "";
      if (topic.value === "" && !/[*>]/.test(about)) topic.value = about;
      fill(result);
      show(node, true);
      topic.focus();
    },
  };
}

function object(text) {
  const value = JSON.parse(text);
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw new Error("Say an object, as {\"x\": 1.5}");
  return text;
}

function literal(name, kind, value, text) {
  if (kind === "text") return JSON.stringify(text);
  const wrong = new Error(name + " is no " + kind + ": " + value);
  if (kind === "true or false") {
    if (value !== "true" && value !== "false") throw wrong;
    return value;
  }
  try {
    JSON.parse(value);
  } catch {
    throw wrong;
  }
  if (kind === "whole number" && !/^-?\d+$/.test(value)) throw wrong;
  if (kind === "number" && !/^-?\d/.test(value)) throw wrong;
  return kind === "number" && /^-?\d+$/.test(value) ? value + ".0" : value;
}
