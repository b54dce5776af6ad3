// Numbers of messages, plotted as they come: two minutes of each, eight at most.

import { el, fill, show } from "./dom.js";
import { number } from "./format.js";
import { flat } from "./live-detail.js";
import { cursor, plot } from "./plot.js";

const MOST = 8;
const SPAN = 120;
const STEP = 0.5;
const COLORS = ["--eftl", "--ivy", "--clever", "--iot", "--other"];

export function pins() {
  const at = cursor();
  const all = new Map();
  const node = show(el("div", { cls: "live-pins" }), false);

  function layout() {
    fill(node, [...all.values()].map((pinned) => pinned.card));
    show(node, all.size > 0);
  }

  function pin(topic, path) {
    const key = topic + "\n" + path;
    if (all.has(key) || all.size >= MOST) return;
    const drawn = plot({ title: "", at, span: SPAN, write: number, lines: [{ label: topic + "  " + path, color: COLORS[all.size % COLORS.length], key: "v" }] });
    const card = el("div", { cls: "pin" }, drawn.node, el("button", {
      cls: "plain", text: "✕", "aria-label": "Take the plot of " + topic + " " + path + " away",
      onclick: () => {
        drawn.close();
        all.delete(key);
        layout();
      },
    }));
    all.set(key, { topic, path, points: [], drawn, card });
    layout();
  }

  return {
    node,
    pin,
    add(row) {
      if (all.size === 0 || row.cut) return;
      for (const pinned of all.values()) {
        if (pinned.topic !== row.topic) continue;
        const value = flat(row.fields).get(pinned.path);
        if (typeof value === "number") pinned.points.push([row.time, value]);
        if (pinned.points.length > 2000) pinned.points.splice(0, 500);
      }
    },
    draw() {
      const now = Date.now();
      for (const { points, drawn } of all.values()) {
        if (points.length === 0) continue;
        const column = [];
        let next = 0;
        for (let time = Math.max(now - SPAN * 1000, points[0][0]); time <= now; time += STEP * 1000) {
          while (next < points.length - 1 && points[next + 1][0] <= time) next++;
          column.push(points[next][1]);
        }
        drawn.update({ step: STEP, now, columns: { v: column } });
      }
    },
    close: () => all.forEach(({ drawn }) => drawn.close()),
  };
}
