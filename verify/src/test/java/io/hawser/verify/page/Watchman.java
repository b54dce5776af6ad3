package io.hawser.verify.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ScreenshotAnimations;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Watches what a page of the console does that nobody asked for, and keeps pictures of it. */
final class Watchman {
    private static final Path PICTURES = Path.of("target", "console");

    /** What in the document is none of the console's own, by its markup. */
    private static final String FOREIGN = """
            () => {
              const own = (node) => {
                if (["IFRAME", "OBJECT", "EMBED", "VIDEO", "AUDIO", "SOURCE", "BASE", "MATH", "STYLE", "math"].includes(node.tagName)) return false;
                if (node.tagName.toLowerCase() === "script") return node.getAttribute("src") === "/console/main.js";
                if (node.tagName === "IMG") return node.getAttribute("src") === "/console/icon.svg";
                if (node.tagName === "META") return !node.httpEquiv;
                if (node.tagName === "LINK") return node.getAttribute("href").startsWith("/console/");
                if (node.tagName === "A") return node.getAttribute("href").startsWith("#/");
                if (node.tagName === "FORM") return !node.hasAttribute("action");
                return true;
              };
              return [...document.querySelectorAll("*")]
                .filter((node) => !own(node) || [...node.attributes].some((each) => each.name.startsWith("on")))
                .map((node) => node.outerHTML.slice(0, 200));
            }""";

    private final Page page;
    private final List<String> seen = new CopyOnWriteArrayList<>();

    Watchman(Page page) {
        this.page = page;
        page.onDialog(this::dialog);
        page.onPageError(error -> seen.add("error: " + error));
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().contains("Failed to load resource")) {
                seen.add("console: " + message.text());
            }
        });
        page.addInitScript("window.violations = []; document.addEventListener('securitypolicyviolation',"
                + " (event) => violations.push(event.violatedDirective + ' ' + event.blockedURI));");
    }

    private void dialog(Dialog dialog) {
        seen.add("dialog: " + dialog.message());
        dialog.dismiss();
    }

    /** Nothing has happened so far that only a hostile text can have wanted, and nothing foreign is in the page. */
    void seesNothing(String where) {
        assertThat((List<?>) page.evaluate(FOREIGN)).as(where).isEmpty();
        assertThat(page.evaluate("() => violations.join()")).as(where).isEqualTo("");
        assertThat(seen).as(where).isEmpty();
    }

    /** Keeps a picture, in which no colour is on its way to another. */
    void picture(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setAnimations(ScreenshotAnimations.DISABLED)
                .setPath(PICTURES.resolve(name + ".png")));
    }
}
