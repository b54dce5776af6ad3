package io.hawser.verify.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import io.hawser.app.config.ConfigReader;
import io.hawser.app.hub.Hub;
import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.EftlOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The console in Chromium: somebody gets in, and looks on while hostile texts are said. */
@Timeout(60)
@ExtendWith(Chromium.class)
class ConsoleTest {
    private static final String TOKEN = "0123456789abcdef";

    private final Hub hub = Hub.start(new ConfigReader(Map.of())
            .flag("test", "eftl.port", 0)
            .flag("test", "admin.port", 0)
            .flag("test", "admin.token", TOKEN)
            .read());
    private final Page page;
    private final Watchman watchman;

    ConsoleTest(Page page) {
        this.page = page;
        this.watchman = new Watchman(page);
    }

    @AfterEach
    void stop() {
        page.close();
        hub.close();
    }

    private String url() {
        return hub.adminUrl().orElseThrow();
    }

    /** As a topic, as the name of a field and as its value. */
    private static void says(EftlConnection eftl, String text) {
        eftl.publish(EftlMessage.builder()
                        .setString("_dest", "hostile/" + HostileTexts.segment(text))
                        .setString(text, text)
                        .build())
                .join();
    }

    @Test
    void whoeverHasTheTokenLooksOnAndHostileTextsStayTexts() {
        page.navigate(url() + "/?token=" + TOKEN);
        page.waitForFunction("() => document.querySelectorAll('.tile .value').length === 8"
                + " && document.querySelector('.tile .value').textContent !== ''");
        assertThat(page.url()).isEqualTo(url() + "/");
        watchman.seesNothing("overview");
        page.evaluate("() => { location.hash = '#/live'; }");
        page.waitForSelector(".live-bar");
        List<String> texts = HostileTexts.all();
        assertThat(texts).hasSize(100);
        try (EftlConnection eftl = Eftl.connect(
                        hub.eftlUrl(), EftlOptions.defaults().clientId("<img src=x onerror=alert(2)>"))
                .join()) {
            await().until(() -> {
                eftl.publish(EftlMessage.ofText("first")).join();
                return page.locator(".tail-row").count() > 0;
            });
            texts.forEach(text -> says(eftl, text));
            page.waitForFunction("() => document.querySelector('.live-tree').textContent.includes('hostile')");
            page.locator(".tail-row").last().click();
            page.waitForFunction("() => !document.querySelector('.live-detail').hidden");
            assertThat(page.locator(".tail-box").innerText()).contains("<img src=x onerror=alert(2)>");
            // what turns the direction of text is shown and does not do it
            assertThat(page.locator(".tail-box").innerText())
                    .contains("\\u202egnp.exe")
                    .doesNotContain("\u202e");
            watchman.picture("live-hostile");
            watchman.seesNothing("live");
            page.evaluate("() => { location.hash = '#/clients'; }");
            page.waitForFunction("() => document.querySelector('table')?.textContent.includes('onerror')");
            watchman.seesNothing("clients");
        }
        page.click("text=Log out");
        page.waitForSelector("form button:has-text('Log in')");
        watchman.seesNothing("login");
    }
}
