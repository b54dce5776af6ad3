// Tables: filter, sort, columns, export. What is filtered and sorted stands in the address.

import { el, fill, keep, say, show } from "./dom.js";

const MOST = 500;

/**
 * `columns`: {key, label, cell(row) a text or a node, sort(row), num, wrap, off: not shown at first}; `id(row)` tells rows apart;
 * `page` keeps q and sort in the address; `tools` are more nodes for the bar. `rows(list)` shows others.
 */
export function table({ name, columns, id, page, empty, tools = [], select, classes }) {
  const hidden = new Set(columns.filter((column) => column.off).map((column) => column.key));
  const known = new Map();
  let all = [];
  const filter = el("input", {
    type: "search", placeholder: "Filter  /", "aria-label": "Filter " + name, "data-filter": true, value: page.query.q ?? "",
    oninput: () => {
      page.keep({ q: filter.value });
      draw();
    },
  });
  const body = el("tbody");
  const head = el("tr");
  const note = el("div", { cls: "table-note" });
  const node = el(
    "div", {},
    el("div", { cls: "table-tools" }, filter, tools, el("span", { cls: "grow" }),
      el("button", { cls: "plain", onclick: columnsDialog, text: "Columns" }),
      el("button", { cls: "plain", onclick: () => download("csv"), text: "CSV" }),
      el("button", { cls: "plain", onclick: () => download("json"), text: "JSON" })),
    el("div", { cls: "table-box" }, el("table", { "aria-label": name }, el("thead", {}, head), body), note));

  const shown = () => columns.filter((column) => !hidden.has(column.key));
  const plain = (column, row) => {
    const cell = column.text ? column.text(row) : column.cell ? column.cell(row) : row[column.key];
    return cell instanceof Node ? cell.textContent : cell === undefined || cell === null ? "" : String(cell);
  };

  function header() {
    known.clear();
    body.replaceChildren();
    const [by, down] = order();
    fill(head, shown().map((column) => el(
      "th", { scope: "col", cls: column.num ? "num" : "", "aria-sort": by === column.key ? (down ? "descending" : "ascending") : undefined },
      column.label === "" ? el("span", { cls: "sr", text: column.key }) : el("button", {
        onclick: () => {
          page.keep({ sort: (by === column.key && !down ? "-" : "") + column.key });
          header();
          draw();
        },
      }, column.label, by === column.key ? (down ? " ↓" : " ↑") : ""))));
  }

  function order() {
    const said = page.query.sort ?? "";
    return said.startsWith("-") ? [said.slice(1), true] : [said, false];
  }

  function wanted() {
    const words = filter.value.toLowerCase().split(/\s+/).filter((word) => word !== "");
    const found = words.length === 0 ? [...all] : all.filter((row) => {
      const text = columns.map((column) => plain(column, row)).join(" ").toLowerCase();
      return words.every((word) => text.includes(word));
    });
    const [by, down] = order();
    const column = columns.find((each) => each.key === by);
    if (column) {
      const value = column.sort ?? ((row) => (column.num ? Number(row[column.key]) : plain(column, row)));
      const sign = down ? -1 : 1;
      found.sort((one, other) => {
        const [a, b] = [value(one), value(other)];
        return sign * (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b)));
      });
    }
    return found;
  }

  function draw() {
    const rows = wanted();
    const held = body.contains(document.activeElement) ? document.activeElement : null;
    const first = rows.slice(0, MOST);
    const keys = new Set(first.map(id));
    for (const [key, line] of known) {
      if (!keys.has(key)) {
        line.remove();
        known.delete(key);
      }
    }
    first.forEach((row, place) => {
      const key = id(row);
      let line = known.get(key);
      if (!line) {
        line = el("tr", {}, shown().map((column) => el("td", { cls: (column.num ? "num " : "") + (column.wrap ? "wrap " : "") + (column.cls ?? "") })));
        known.set(key, line);
      }
      shown().forEach((column, i) => cell(line.children[i], column.cell ? column.cell(row) : row[column.key] ?? ""));
      if (select) line.setAttribute("aria-selected", String(select(row)));
      if (body.children[place] !== line) body.insertBefore(line, body.children[place] ?? null);
    });
    // a row that moves takes the focus with it
    if (held?.isConnected && document.activeElement !== held) held.focus({ preventScroll: true });
    fill(note, rows.length === 0 ? (all.length === 0 ? el("div", { cls: "empty" }, empty) : "nothing fits the filter")
      : rows.length > MOST ? MOST + " of " + rows.length + " shown; filter for the others"
      : rows.length < all.length ? rows.length + " of " + all.length : "");
    show(note, note.childNodes.length > 0);
  }

  function cell(td, value) {
    if (value instanceof Node) {
      // a cell with the focus in it stays as it is until the focus has gone
      if (!td.contains(document.activeElement) || document.activeElement === document.body) {
        if (td.childNodes.length !== 1 || !td.firstChild.isEqualNode(value)) td.replaceChildren(value);
      }
    } else {
      say(td, value);
      if (td.title !== td.textContent && td.textContent.length > 40) td.title = td.textContent;
    }
  }

  function columnsDialog() {
    const dialog = el("dialog", { onclose: () => dialog.remove() }, el("h2", { text: "Columns" }),
      el("div", { cls: "stack" }, columns.filter((column) => column.label !== "").map((column) => el("label", { cls: "row" }, el("input", {
        type: "checkbox", checked: !hidden.has(column.key),
        onchange: (event) => {
          if (event.target.checked) hidden.delete(column.key);
          else hidden.add(column.key);
          header();
          draw();
        },
      }), column.label))),
      el("form", { method: "dialog", cls: "foot" }, el("button", { text: "Done" })));
    document.body.append(dialog);
    dialog.showModal();
  }

  function download(kind) {
    const rows = wanted();
    if (kind === "json") {
      keep(name + ".json", "application/json", JSON.stringify(rows, null, 1) + "\n");
      return;
    }
    const quote = (text) => '"' + (/^[=+\-@\t]/.test(text) && Number.isNaN(Number(text)) ? "'" : "") + text.replaceAll('"', '""') + '"';
    const lines = [columns.map((column) => quote(column.key)), ...rows.map((row) => columns.map((column) => quote(plain(column, row))))];
    keep(name + ".csv", "text/csv", lines.map((line) => line.join(",")).join("\r\n") + "\r\n");
  }

  header();
  draw();
  return {
    node,
    rows(list) {
      all = list;
      draw();
    },
    redraw: draw,
  };
}
