// Lines over time on a canvas. All plots that share a cursor show it at the same moment.

import { el, say, style } from "./dom.js";
import { clock } from "./format.js";

const PAD = { left: 58, right: 10, top: 8, bottom: 20 };

/** Where the pointer is, for all plots that have it: `at` is milliseconds before the newest point, or null. */
export function cursor() {
  const plots = new Set();
  return {
    at: null,
    join: (draw) => plots.add(draw),
    leave: (draw) => plots.delete(draw),
    move(at) {
      this.at = at;
      plots.forEach((draw) => draw());
    },
  };
}

/**
 * A plot: `lines` are {label, color: a property of the style sheet, key}, `write` makes text of a value; units go by `base`. `update` is given columns of
 * points `step` seconds apart, of which the last is of `now`; nothing is known of what is missing at the front.
 */
export function plot({ title, lines, write, at, span, base = 10 }) {
  const canvas = el("canvas", { tabindex: 0, role: "img", "aria-label": title });
  const legend = el("div", { cls: "legend" });
  const values = lines.map((line) => {
    const mark = el("i");
    mark.style.background = style(line.color);
    const value = el("b");
    legend.append(el("span", {}, mark, line.label + " ", value));
    return { mark, value };
  });
  let data = { step: 1, now: 0, columns: {} };
  let seconds = span;

  const points = () => Math.max(0, ...lines.map((line) => (data.columns[line.key] ?? []).length));
  const left = (count, i, width) => {
    const all = Math.max(2, Math.round(seconds / data.step));
    return PAD.left + (width - PAD.left - PAD.right) * (1 - (count - 1 - i) / (all - 1));
  };

  function draw() {
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    if (width === 0) return;
    const dense = window.devicePixelRatio || 1;
    if (canvas.width !== Math.round(width * dense)) canvas.width = Math.round(width * dense);
    if (canvas.height !== Math.round(height * dense)) canvas.height = Math.round(height * dense);
    const pen = canvas.getContext("2d");
    pen.setTransform(dense, 0, 0, dense, 0, 0);
    pen.clearRect(0, 0, width, height);
    const most = ceiling(Math.max(0, ...lines.flatMap((line) => data.columns[line.key] ?? [])), base);
    const y = (value) => height - PAD.bottom - (value / most) * (height - PAD.top - PAD.bottom);
    axes(pen, width, height, most, y);
    for (const line of lines) {
      const column = data.columns[line.key] ?? [];
      pen.beginPath();
      column.forEach((value, i) => {
        const x = left(column.length, i, width);
        if (i === 0) pen.moveTo(x, y(value));
        else pen.lineTo(x, y(value));
      });
      pen.strokeStyle = style(line.color);
      pen.lineWidth = 1.6;
      pen.lineJoin = "round";
      pen.stroke();
      if (lines.length === 1 && column.length > 1) {
        pen.lineTo(left(column.length, column.length - 1, width), y(0));
        pen.lineTo(left(column.length, 0, width), y(0));
        pen.globalAlpha = 0.12;
        pen.fillStyle = style(line.color);
        pen.fill();
        pen.globalAlpha = 1;
      }
    }
    tell(pen, width, height);
  }

  function axes(pen, width, height, most, y) {
    pen.font = "11px " + style("--sans");
    pen.fillStyle = style("--muted");
    pen.strokeStyle = style("--line");
    pen.lineWidth = 1;
    pen.textAlign = "right";
    pen.textBaseline = "middle";
    for (const share of [0, 0.5, 1]) {
      const at = Math.round(y(most * share)) + 0.5;
      pen.beginPath();
      pen.moveTo(PAD.left, at);
      pen.lineTo(width - PAD.right, at);
      pen.stroke();
      pen.fillText(write(most * share), PAD.left - 6, at);
    }
    pen.textBaseline = "alphabetic";
    const count = width < 420 ? 2 : 4;
    for (let i = 0; i <= count; i++) {
      pen.textAlign = i === 0 ? "left" : i === count ? "right" : "center";
      const x = PAD.left + ((width - PAD.left - PAD.right) * i) / count;
      const time = data.now - seconds * 1000 * (1 - i / count);
      if (data.now) pen.fillText(clock(time).slice(0, seconds > 600 ? 5 : 8), x, height - 5);
    }
  }

  /** Values under the cursor, else the newest. */
  function tell(pen, width, height) {
    const count = points();
    const back = at?.at === null || at === undefined ? 0 : Math.round(at.at / 1000 / data.step);
    const i = count - 1 - back;
    if (back > 0 && i >= 0) {
      const x = Math.round(left(count, i, width)) + 0.5;
      pen.strokeStyle = style("--muted");
      pen.beginPath();
      pen.moveTo(x, PAD.top);
      pen.lineTo(x, height - PAD.bottom);
      pen.stroke();
    }
    lines.forEach((line, n) => {
      const column = data.columns[line.key] ?? [];
      const value = column[column.length - 1 - back];
      say(values[n].value, value === undefined ? "–" : write(value));
    });
  }

  function point(event) {
    const box = canvas.getBoundingClientRect();
    const share = (box.width - PAD.right - (event.clientX - box.left)) / (box.width - PAD.left - PAD.right);
    at?.move(share < 0 || share > 1 ? null : share * seconds * 1000);
  }

  canvas.addEventListener("pointermove", point);
  canvas.addEventListener("pointerleave", () => at?.move(null));
  canvas.addEventListener("blur", () => at?.move(null));
  canvas.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: 1, ArrowRight: -1 }[event.key];
    if (by === undefined || !at) return;
    event.preventDefault();
    at.move(Math.max(0, Math.min(seconds * 1000, (at.at ?? 0) + by * data.step * 1000)));
  });
  at?.join(draw);
  const size = new ResizeObserver(draw);
  size.observe(canvas);
  const theme = new MutationObserver(() => {
    lines.forEach((line, n) => (values[n].mark.style.background = style(line.color)));
    draw();
  });
  theme.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });

  return {
    node: el("section", { cls: "card" }, title && el("h2", { text: title }), el("div", { cls: "plot" }, canvas), legend),
    update(next, whole = seconds) {
      data = next;
      seconds = whole;
      draw();
    },
    close() {
      at?.leave(draw);
      size.disconnect();
      theme.disconnect();
    },
  };
}

/** The next round number: 1, 2 or 5 times a power of ten, of those units that go by `base`. */
function ceiling(value, base) {
  if (value <= 0) return base === 10 ? 1 : base;
  const unit = base === 10 ? 1 : base ** Math.max(0, Math.floor(Math.log(value) / Math.log(base)));
  const power = 10 ** Math.floor(Math.log10(value / unit));
  return [1, 2, 5, 10].map((step) => step * power * unit).find((step) => step >= value * 0.999);
}

/** A line without axes, for a cell of a table. */
export function spark(values, color = "--accent") {
  const canvas = el("canvas", { width: 96, height: 24, "aria-hidden": "true" });
  const pen = canvas.getContext("2d");
  const low = Math.min(...values);
  const high = Math.max(...values);
  const y = (value) => 21 - ((value - low) / (high - low || 1)) * 18;
  pen.beginPath();
  values.forEach((value, i) => pen.lineTo(1 + (94 * i) / Math.max(1, values.length - 1), y(value)));
  pen.strokeStyle = style(color);
  pen.lineWidth = 1.5;
  pen.stroke();
  return canvas;
}
