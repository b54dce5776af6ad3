// Lets somebody in, and opens the page that the address names: #/clients/gcs-2?q=...

import * as api from "./api.js";
import { add, el, fill } from "./dom.js";
import { logInPage } from "./login.js";
import { shell } from "./shell.js";
import { openAccess } from "./access.js";
import { openClients } from "./clients.js";
import { openDevices } from "./devices.js";
import { openDurables } from "./durables.js";
import { openFiles } from "./files.js";
import { openFleet } from "./fleet.js";
import { openKv } from "./kv.js";
import { openLive } from "./live.js";
import { openOverview } from "./overview.js";
import { openTopics } from "./topics.js";

const PAGES = {
  overview: openOverview,
  live: openLive,
  clients: openClients,
  topics: openTopics,
  devices: openDevices,
  fleet: openFleet,
  files: openFiles,
  kv: openKv,
  durables: openDurables,
  access: openAccess,
};

let frame = null;
let page = null;

/** What the address says: names and parameters. */
function address() {
  const [path, search = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const names = path.split("/").filter((name) => name !== "").map(safely);
  return { names: names.length === 0 ? ["overview"] : names, query: Object.fromEntries(new URLSearchParams(search)) };
}

function safely(name) {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** What a page knows of where it is, and how it says what it shows; it ends with `signal`. */
function context(session, { names, query }) {
  const ending = new AbortController();
  return {
    session,
    names,
    query,
    signal: ending.signal,
    end: () => ending.abort(),
    may: (role) => session.roles.includes(role),
    paused: () => frame.paused(),
    /** Puts these parameters into the address; empty ones are taken out. */
    keep(more) {
      Object.assign(query, more);
      for (const name of Object.keys(query)) if (query[name] === "" || query[name] === undefined) delete query[name];
      const search = new URLSearchParams(query).toString();
      history.replaceState(null, "", "#/" + names.map(encodeURIComponent).join("/") + (search ? "?" + search : ""));
    },
    /** Runs `work` now and every `millis`, but not while nobody looks or the page is paused. What fails is told once. */
    every(millis, work) {
      let told = "";
      const turn = async () => {
        if (ending.signal.aborted) return;
        if (!document.hidden && !frame.paused()) {
          try {
            await work();
            told = "";
            frame.reached(true);
          } catch (failure) {
            if (failure.name === "AbortError" || ending.signal.aborted) return;
            if (failure.status === 0) frame.reached(false);
            else if (failure.status === undefined) console.error(failure);
            if (told !== failure.message && failure.status !== 0) frame.tell("bad", failure.message);
            told = failure.message;
          }
        }
        if (!ending.signal.aborted) setTimeout(turn, millis);
      };
      turn();
    },
    tell: (kind, text) => frame.tell(kind, text),
    confirm: (wish) => frame.confirm(wish),
    reached: (yes) => frame.reached(yes),
  };
}

async function open(session) {
  page?.context.end();
  page?.close?.();
  const where = address();
  const name = Object.hasOwn(PAGES, where.names[0]) ? where.names[0] : "overview";
  const here = context(session, where);
  frame.at(name);
  const node = el("div");
  fill(frame.main, node);
  try {
    page = { ...(await PAGES[name](here, node, frame)), context: here };
  } catch (failure) {
    page = { context: here };
    add(node, el("div", { cls: "notice bad", text: failure.message }));
  }
}

async function begin() {
  const token = new URLSearchParams(location.search).get("token");
  if (token !== null) history.replaceState(null, "", location.pathname + location.hash);
  let session;
  try {
    session = token ? await api.logInWithToken(token) : await api.current();
  } catch (refused) {
    session = await logInPage(refused.status === 401 && !token ? "" : refused.message);
  }
  api.whenLoggedOut(() => location.reload());
  frame = shell(session);
  window.onhashchange = () => open(session);
  await open(session);
}

// whoever leaves a page takes back what it asked for; what else nobody waited for is told
window.addEventListener("unhandledrejection", (event) => {
  if (event.reason?.name === "AbortError") event.preventDefault();
  else if (event.reason instanceof api.Refusal) {
    event.preventDefault();
    frame?.tell("bad", event.reason.message);
  }
});

begin();
