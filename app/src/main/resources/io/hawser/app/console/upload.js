// A file on its way into the hub, piece by piece. What breaks off goes on from where the hub says it is, also when the page was
// loaded again and the same file is given once more. Numbers of uploads are the hub's of one run: another session begins anew.

import * as api from "./api.js";

const PIECE = 256 << 10;
const AGAIN = 2000;

/**
 * Brings `file` into the hub; as a file of an owner if `wish` says {owner, name}. `at(done, all, text)` hears how far it is.
 * Completes with {upload, sha256}, which nobody has taken yet.
 */
export async function upload(file, wish, at, signal = undefined) {
  if (!globalThis.crypto?.subtle) throw new api.Refusal(400, "this browser makes digests only over https:// or on the hub's own machine");
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  const sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const key = "hawser-upload " + JSON.stringify([api.sessionMark(), wish.owner ?? "", wish.name ?? "", file.size, sha256]);
  let id = await begun(key);
  if (id === null) {
    id = (await api.post("/uploads", { size: file.size, ...wish }, signal)).upload;
    remember(key, id);
  }
  await send(file, id, at, signal);
  forget(key);
  return { upload: id, sha256 };
}

async function send(file, id, at, signal) {
  const path = "/uploads/" + api.part(id);
  let done = 0;
  for (;;) {
    try {
      done = (await api.get(path, {}, signal)).offset;
      at(done, file.size);
      while (done < file.size) {
        done = (await api.postBytes(path + "?offset=" + done, file.slice(done, done + PIECE), signal)).offset;
        at(done, file.size);
      }
      return;
    } catch (failure) {
      if (failure.status !== 0) throw failure;
      at(done, file.size, "the hub does not answer; it goes on when it does");
      await new Promise((then) => setTimeout(then, AGAIN));
    }
  }
}

/** The upload of an earlier try, if the hub has it still. */
async function begun(key) {
  let id = null;
  try {
    id = sessionStorage.getItem(key);
    if (id !== null) await api.get("/uploads/" + api.part(id));
    return id;
  } catch (failure) {
    if (failure.status !== undefined && failure.status !== 404) throw failure;
    return null;
  }
}

function remember(key, id) {
  try {
    sessionStorage.setItem(key, id);
  } catch {
    // a browser that keeps nothing begins again
  }
}

function forget(key) {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // there was nothing
  }
}
