// Where copters are, from above, with where they came from; a circle grows with the height.

import { el, style } from "./dom.js";

const TRAIL = 40;

export function map() {
  const canvas = el("canvas", { role: "img", "aria-label": "Map of the copters; the table tells the positions" });
  const trails = new Map();
  let now = [];

  function draw() {
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    if (width === 0) return;
    const dense = window.devicePixelRatio || 1;
    canvas.width = Math.round(width * dense);
    canvas.height = Math.round(height * dense);
    const pen = canvas.getContext("2d");
    pen.setTransform(dense, 0, 0, dense, 0, 0);
    const known = now.filter((each) => each.at !== null);
    const view = frame([...known.map((each) => each.at), ...[...trails.values()].flat()], width, height);
    grid(pen, view, width, height);
    if (known.length === 0) {
      pen.fillStyle = style("--muted");
      pen.textAlign = "center";
      pen.fillText("Nobody says where it is.", width / 2, height / 2);
      return;
    }
    for (const copter of known) {
      const trail = trails.get(copter.name) ?? [];
      const color = style(copter.armed ? "--clever" : "--eftl");
      pen.strokeStyle = color;
      pen.globalAlpha = 0.4;
      pen.beginPath();
      trail.forEach((at) => pen.lineTo(view.x(at), view.y(at)));
      pen.stroke();
      pen.globalAlpha = 1;
      const [x, y] = [view.x(copter.at), view.y(copter.at)];
      pen.beginPath();
      pen.arc(x, y, 5, 0, 7);
      pen.fillStyle = color;
      pen.fill();
      pen.globalAlpha = 0.18;
      pen.beginPath();
      pen.arc(x, y, 5 + Math.max(0, copter.at[2]) * 6, 0, 7);
      pen.fill();
      pen.globalAlpha = 1;
      pen.fillStyle = style("--text");
      pen.textAlign = "left";
      pen.fillText(copter.name.slice(0, 40), x + 9, y - 4);
      pen.fillStyle = style("--muted");
      pen.fillText(copter.at[2].toFixed(1) + " m", x + 9, y + 10);
    }
  }

  function frame(places, width, height) {
    const xs = places.map((at) => at[0]).concat(0);
    const ys = places.map((at) => at[1]).concat(0);
    const middle = (values) => (Math.min(...values) + Math.max(...values)) / 2;
    const reach = (values) => Math.max(4, Math.max(...values) - Math.min(...values) + 2);
    const scale = Math.min(width / reach(xs), height / reach(ys), 90);
    const [mx, my] = [middle(xs), middle(ys)];
    return { scale, mx, my, x: (at) => width / 2 + (at[0] - mx) * scale, y: (at) => height / 2 - (at[1] - my) * scale };
  }

  function grid(pen, view, width, height) {
    pen.font = "11px " + style("--sans");
    pen.strokeStyle = style("--line");
    pen.fillStyle = style("--muted");
    pen.lineWidth = 1;
    const step = [0.5, 1, 2, 5, 10, 20, 50, 100, 1000].find((metres) => metres * view.scale > 46) ?? 10000;
    const lines = (from, to, draws) => {
      for (let at = Math.ceil(from / step) * step; at <= to; at += step) draws(at);
    };
    lines(view.mx - width / 2 / view.scale, view.mx + width / 2 / view.scale, (x) => {
      const at = Math.round(view.x([x, 0])) + 0.5;
      pen.beginPath();
      pen.moveTo(at, 0);
      pen.lineTo(at, height);
      pen.stroke();
      pen.textAlign = "center";
      pen.fillText(String(x), at, height - 4);
    });
    lines(view.my - height / 2 / view.scale, view.my + height / 2 / view.scale, (y) => {
      const at = Math.round(view.y([0, y])) + 0.5;
      pen.beginPath();
      pen.moveTo(0, at);
      pen.lineTo(width, at);
      pen.stroke();
      pen.textAlign = "left";
      pen.fillText(String(y), 4, at - 3);
    });
  }

  const size = new ResizeObserver(draw);
  size.observe(canvas);
  return {
    node: canvas,
    show(copters) {
      now = copters;
      for (const { name, at } of copters) {
        if (at === null) continue;
        const trail = trails.get(name) ?? [];
        trail.push(at);
        trails.set(name, trail.slice(-TRAIL));
      }
      for (const name of trails.keys()) if (!copters.some((each) => each.name === name)) trails.delete(name);
      draw();
    },
    close: () => size.disconnect(),
  };
}
