// What is around every page: where one can go, how the hub is, who one is, and keys.

import * as api from "./api.js";
import { el, fill, say, show, svg } from "./dom.js";
import { sender } from "./send.js";

const ICONS = {
  overview: "M3 12h4l3-8 4 16 3-8h4",
  live: "M4 6h16M4 12h10M4 18h13",
  clients: "M9 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM2 21c0-4 3-6 7-6s7 2 7 6M17 4a4 4 0 0 1 0 7M22 21c0-3-1.500-5-4-5.700",
  topics: "M4 7h16M4 17h16M9 3 7 21M17 3l-2 18",
  files: "M6 3h8l5 5v13H6zM14 3v5h5",
  kv: "M15 7a4 4 0 1 1-3.500 6L8 16.500V20H4v-4l7-7A4 4 0 0 1 15 7ZM16 8h.01",
  durables: "M12 3c4.400 0 8 1.300 8 3s-3.600 3-8 3-8-1.300-8-3 3.600-3 8-3ZM4 6v12c0 1.700 3.600 3 8 3s8-1.300 8-3V6M4 12c0 1.700 3.600 3 8 3s8-1.300 8-3",
  access: "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3",
  devices: "M7 3h10v18H7zM11 18h2",
  fleet: "M12 9v6M9 12h6M5 5l4 4M19 5l-4 4M5 19l4-4M19 19l-4-4M5 7.500a2.500 2.500 0 1 1 0-5M19 7.500a2.500 2.500 0 1 0 0-5M5 21.500a2.500 2.500 0 1 1 0-5M19 21.500a2.500 2.500 0 1 0 0-5",
};
const PAGES = [
  ["overview", "Overview", "o"],
  ["live", "Live", "l"],
  ["clients", "Clients", "c"],
  ["topics", "Topics", "t"],
  ["devices", "Devices", "d"],
  ["fleet", "Fleet", "f"],
  ["files", "Files", "i"],
  ["kv", "Key-value", "k"],
  ["durables", "Durables", "u"],
  ["access", "Access", "a"],
];
const THEME = "hawser-theme";

/** Builds it for `session`. */
export function shell(session) {
  theme(stored() ?? (matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark"));
  let pausing = false;
  const dot = el("span", { cls: "dot ok" });
  const state = el("span", { text: "connected" });
  const pause = el("button", { "aria-pressed": "false", title: "Stop what moves (space)", onclick: () => setPaused(!pausing), text: "Pause" });
  const bell = el("a", { cls: "button", href: "#/overview", hidden: true, title: "Alarms" });
  const links = new Map(PAGES.map(([name, label, key]) => [
    name,
    el("a", { href: "#/" + name, title: label + "  (g " + key + ")" }, svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("path", { d: ICONS[name] })), el("span", { text: label })),
  ]));
  const main = el("main", { id: "main", tabindex: "-1" });
  const toasts = el("div", { cls: "toasts", role: "status", "aria-live": "polite" });
  const version = el("div", { cls: "foot" });
  const drawer = sender();
  const sends = session.roles.includes("operator");
  fill(
    document.body,
    el("div", { cls: "shell" },
      el("header", { cls: "top" },
        el("a", { cls: "brand", href: "#/overview" }, el("img", { src: "/console/icon.svg", alt: "" }), el("span", { text: "Hawser" })),
        el("span", { cls: "link-state", role: "status" }, dot, state),
        el("span", { cls: "grow" }),
        bell,
        pause,
        sends && el("button", { text: "Send…", title: "Say something on the bus (s)", onclick: drawer.open }),
        el("button", { onclick: find, title: "Find a page, client, device or topic (Ctrl-K)" }, "Find ", el("kbd", { text: "Ctrl K" })),
        el("button", { cls: "plain", onclick: () => theme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"), text: "◐", "aria-label": "Dark or light" }),
        el("span", { cls: "muted", title: "Roles: " + session.roles.join(", ") }, session.user, " · ", session.roles.at(-1)),
        el("button", {
          cls: "plain", text: "Log out",
          onclick: async () => {
            await api.logOut().catch(() => {});
            location.reload();
          },
        })),
      el("nav", { cls: "rail", "aria-label": "Pages" }, ...links.values(), version),
      main, drawer.node),
    toasts);

  function setPaused(yes) {
    pausing = yes;
    pause.setAttribute("aria-pressed", String(yes));
    say(pause, yes ? "Paused" : "Pause");
    document.dispatchEvent(new CustomEvent("hawser-pause", { detail: yes }));
  }

  let since = 0;
  function reached(yes) {
    since = yes ? 0 : since || Date.now();
    dot.className = "dot " + (yes ? "ok" : "bad");
    say(state, yes ? "connected" : "reconnecting, " + Math.round((Date.now() - since) / 1000) + " s");
  }

  function tell(kind, text) {
    const notice = el("div", { cls: "notice " + kind, text });
    toasts.append(notice);
    while (toasts.childElementCount > 4) toasts.firstChild.remove();
    setTimeout(() => notice.remove(), kind === "bad" ? 12000 : 5000);
  }

  /** Asks before something is done; completes with true, or with what was typed in `fields`. */
  function confirm({ title, text, details, action, danger, fields }) {
    return new Promise((done) => {
      let answer = false;
      const dialog = el("dialog", {
        "aria-label": title,
        onclose: () => {
          dialog.remove();
          done(answer);
        },
      });
      const form = el(
        "form", {
          method: "dialog",
          onsubmit: () => {
            answer = fields ? Object.fromEntries(new FormData(form)) : true;
          },
        },
        el("h2", { text: title }),
        el("div", { cls: "stack" }, text && el("div", { text }), details, fields),
        el("div", { cls: "foot" },
          el("button", { type: "button", onclick: () => dialog.close(), text: "Cancel" }),
          el("button", { type: "submit", cls: "primary" + (danger ? " danger" : ""), text: action })));
      dialog.append(form);
      document.body.append(dialog);
      dialog.showModal();
    });
  }

  async function find() {
    const input = el("input", { placeholder: "Go to a page, client, copter, device…  or a topic", "aria-label": "Find" });
    const hits = el("ul");
    const dialog = el("dialog", { cls: "find", "aria-label": "Find", onclose: () => dialog.remove() }, input, hits);
    let targets = PAGES.map(([name, label]) => ({ label, kind: "page", href: "#/" + name }));
    let on = 0;
    const draw = () => {
      const said = input.value.trim().toLowerCase();
      const found = targets.filter((target) => target.label.toLowerCase().includes(said)).slice(0, 12);
      if (said !== "") found.push({ label: input.value.trim(), kind: "look on this topic", href: "#/live?topic=" + encodeURIComponent(input.value.trim()) });
      on = Math.max(0, Math.min(on, found.length - 1));
      fill(hits, found.map((target, i) => el("li", {}, el("a", { href: target.href, cls: i === on ? "on" : "", onclick: () => dialog.close() },
        el("span", { cls: "grow", text: target.label }), el("span", { cls: "muted", text: target.kind })))));
    };
    input.addEventListener("input", () => {
      on = 0;
      draw();
    });
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        on += event.key === "ArrowDown" ? 1 : -1;
        draw();
      } else if (event.key === "Enter") {
        hits.querySelector("a.on")?.click();
      }
    });
    draw();
    document.body.append(dialog);
    dialog.showModal();
    const more = (path, kind, row) => api.list(path, {}, undefined, 2000).then((items) => {
      targets = targets.concat(items.map((item) => ({ kind, ...row(item) })));
      draw();
    }).catch(() => {});
    more("/clients", "client", (item) => ({ label: item.id, href: "#/clients/" + encodeURIComponent((item.channel ?? item.domain ?? "") + "/" + item.id) }));
    more("/devices", "device", (item) => ({ label: item.device, href: "#/devices/" + encodeURIComponent(item.device) }));
    more("/fleet", "copter", (item) => ({ label: item.copter, href: "#/fleet?q=" + encodeURIComponent(item.copter) }));
  }

  let went = 0;
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "k") {
      event.preventDefault();
      if (!document.querySelector("dialog[open]")) find();
      return;
    }
    const typing = event.target.closest?.("input, textarea, select, dialog");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) {
      if (event.key === "Escape" && typing) event.target.blur();
      return;
    }
    const going = Date.now() - went < 1200;
    if (going && PAGES.some(([, , key]) => key === event.key)) {
      location.hash = "#/" + PAGES.find(([, , key]) => key === event.key)[0];
      went = 0;
    } else if (event.key === "g") {
      went = Date.now();
    } else if (event.key === "s" && sends) {
      event.preventDefault();
      drawer.open();
    } else if (event.key === "/") {
      event.preventDefault();
      main.querySelector("[data-filter]")?.focus();
    } else if (event.key === " " && !event.target.closest("button, a, summary, [tabindex='0']")) {
      event.preventDefault();
      setPaused(!pausing);
    }
  });

  return {
    main,
    tell,
    confirm,
    reached,
    paused: () => pausing,
    alarms(count) {
      show(bell, count > 0);
      say(bell, "⚠ " + count);
    },
    version: (text) => say(version, "Hawser " + text),
    at(name) {
      links.forEach((link, each) => (each === name ? link.setAttribute("aria-current", "page") : link.removeAttribute("aria-current")));
      main.className = "";
      document.title = PAGES.find(([each]) => each === name)[1] + " · Hawser";
    },
  };
}

function theme(name) {
  document.documentElement.dataset.theme = name;
  try {
    localStorage.setItem(THEME, name);
  } catch {
    // a browser that keeps nothing shows what it is told
  }
}

function stored() {
  try {
    return localStorage.getItem(THEME);
  } catch {
    return null;
  }
}
