// Who wants in says a user and a password, or the hub's admin token.

import * as api from "./api.js";
import { el, fill, say, show } from "./dom.js";

/** Completes with the session of who got in. */
export function logInPage(first) {
  return new Promise((done) => {
    const why = show(el("div", { cls: "notice bad", role: "alert", text: first }), first !== "");
    const user = el("input", { name: "user", autocomplete: "username", autocapitalize: "none", spellcheck: "false" });
    const password = el("input", { name: "password", type: "password", autocomplete: "current-password" });
    const token = el("input", { name: "token", type: "password", autocomplete: "off" });
    const go = el("button", { cls: "primary", type: "submit", text: "Log in" });
    const form = el(
      "form", {
        cls: "card",
        onsubmit: async (event) => {
          event.preventDefault();
          go.disabled = true;
          try {
            done(token.value ? await api.logInWithToken(token.value.trim()) : await api.logIn(user.value, password.value));
          } catch (refused) {
            show(say(why, refused.message), true);
            password.value = "";
          }
          go.disabled = false;
        },
      },
      el("div", { cls: "brand" }, el("img", { src: "/console/icon.svg", alt: "" }), "Hawser"),
      why,
      el("label", { cls: "field" }, "User", user),
      el("label", { cls: "field" }, "Password", password),
      el("details", {}, el("summary", { cls: "muted", text: "Or the hub's admin token" }), el("label", { cls: "field" }, el("span", { cls: "sr", text: "Admin token" }), token)),
      go);
    fill(document.body, el("main", { cls: "login" }, form));
    user.focus();
  });
}
