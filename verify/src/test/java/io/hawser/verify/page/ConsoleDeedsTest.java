package io.hawser.verify.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import io.hawser.app.config.ConfigReader;
import io.hawser.app.hub.Hub;
import io.hawser.app.text.JsonText;
import io.hawser.clever.CleverCommand;
import io.hawser.clever.CleverHandlers;
import io.hawser.clever.CleverOptions;
import io.hawser.clever.CleverPeer;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.EftlOptions;
import io.hawser.eftl.SubscribeOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What an admin does in the console beside looking: every button ends in something that has happened in the hub. */
@Tag("slow")
@Timeout(120)
@ExtendWith(Chromium.class)
class ConsoleDeedsTest {
    private static final String TOKEN = "0123456789abcdef";
    private static final String NAME = "<img src=x onerror=alert(1)>.bin";
    private static final int SIZE = 600_000;

    private final Hub hub = Hub.start(new ConfigReader(Map.of())
            .flag("test", "eftl.port", 0)
            .flag("test", "admin.port", 0)
            .flag("test", "admin.token", TOKEN)
            .flag("test", "clever.enabled", true)
            .flag("test", "clever.port", 0)
            .flag("test", "clever.announce.enabled", false)
            .read());
    private final Page page;
    private final Watchman watchman;
    private final EftlConnection gcs;
    private final Queue<EftlMessage> heard = new ConcurrentLinkedQueue<>();

    ConsoleDeedsTest(Page page) {
        this.page = page;
        this.watchman = new Watchman(page);
        gcs = Eftl.connect(hub.eftlUrl(), EftlOptions.defaults().clientId("gcs"))
                .join();
        page.setViewportSize(1360, 860);
        page.navigate(hub.adminUrl().orElseThrow() + "/?token=" + TOKEN);
        page.waitForSelector(".rail");
    }

    @AfterEach
    void stop() {
        page.close();
        gcs.close();
        hub.close();
    }

    private void opens(String hash, String text) {
        page.evaluate("(hash) => { location.hash = hash; }", hash);
        shows("main", text);
    }

    private void shows(String where, String text) {
        page.waitForFunction(
                "([where, text]) => document.querySelector(where)?.innerText.includes(text)", List.of(where, text));
    }

    private void lacks(String where, String text) {
        page.waitForFunction(
                "([where, text]) => !document.querySelector(where)?.innerText.includes(text)", List.of(where, text));
    }

    private void confirms() {
        page.click("dialog button[type=submit]");
    }

    private static byte[] content() {
        byte[] content = new byte[SIZE];
        for (int i = 0; i < SIZE; i++) {
            content[i] = (byte) (i * 31);
        }
        return content;
    }

    @Test
    void aFileComesInGoesOnWhereItBrokeOffIsHadAgainAndDeleted() throws IOException {
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger broken = new AtomicInteger();
        page.route("**/uploads/*?offset=0", route -> {
            begun.incrementAndGet();
            route.resume();
        });
        page.route("**/uploads/*?offset=262144", route -> {
            if (broken.incrementAndGet() == 1) {
                route.abort();
            } else {
                route.resume();
            }
        });
        opens("#/files", "The hub keeps no files.");
        page.setInputFiles("input[type=file]", new FilePayload(NAME, "text/html", content()));
        page.fill("dialog input[name=owner]", "camera");
        page.fill("dialog input[name=folder]", "2026/may");
        confirms();
        shows(".upload", "it goes on when it does");
        watchman.picture("files-broken");
        shows(".toasts", "is there, for camera");
        assertThat(begun).hasValue(1);
        assertThat(broken).hasValue(2);
        page.click("main a:has-text('camera')");
        shows("main", "2026/may/" + NAME);
        watchman.picture("files");
        Download had = page.waitForDownload(() -> page.click("button:has-text('Download')"));
        assertThat(Files.readAllBytes(had.path())).isEqualTo(content());
        page.click("button:has-text('Delete…')");
        assertThat(page.locator("dialog").innerText()).contains(NAME, "586 KiB of camera");
        confirms();
        shows("main", "Nothing is kept for camera.");
        watchman.seesNothing("files");
    }

    @Test
    void aFileThatIsDroppedOnAnOwnersPageIsOfThatOwner() {
        opens("#/files/camera", "Nothing is kept for camera.");
        page.evaluate("() => { const data = new DataTransfer(); data.items.add(new File(['hello'], 'hello.txt'));"
                + " document.querySelector('main').dispatchEvent("
                + "new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })); }");
        assertThat(page.inputValue("dialog input[name=owner]")).isEqualTo("camera");
        confirms();
        shows("table[aria-label=files]", "hello.txt");
        watchman.seesNothing("files");
    }

    private CleverPeer copter(String id, Path folder) throws IOException {
        CleverPeer peer = CleverPeer.connect(
                "127.0.0.1:" + hub.cleverAddress().orElseThrow().getPort(),
                CleverOptions.defaults()
                        .label(id)
                        .files(Files.createDirectories(folder.resolve(id).resolve("show"))
                                .getParent())
                        .handlers(new CleverHandlers().onRequest("id", call -> Value.of(id))));
        await().until(peer::isConnected);
        return peer;
    }

    private static void tells(CleverPeer copter, boolean armed) {
        Fields telemetry = Fields.of("armed", Value.Bool.of(armed));
        copter.send(CleverCommand.of("telemetry").with("value", new Value.Nested(telemetry)))
                .join();
    }

    @Test
    void filesGoToCoptersAndWhatFailedIsTriedAgain(@TempDir Path folder) throws IOException {
        try (CleverPeer still = copter("copter-1", folder);
                CleverPeer flying = copter("copter-2", folder)) {
            tells(still, false);
            tells(flying, true);
            opens("#/fleet", "armed");
            shows("main", "all 2 that are here");
            page.click("button:has-text('Send files…')");
            page.locator("dialog input[type=file]").setInputFiles(new FilePayload[] {
                new FilePayload("a.csv", "text/csv", content()),
                new FilePayload("b.csv", "text/csv", "b".getBytes(UTF_8))
            });
            page.fill("dialog input[name=path]", "show");
            confirms();
            shows("main", "Try failed ones again");
            assertThat(page.locator(".fleet-file .matrix").innerText()).contains("a.csv → show/a.csv", "it is armed");
            tells(flying, false);
            lacks("table[aria-label=fleet]", "armed");
            page.click("button:has-text('Try failed ones again'):visible");
            page.waitForFunction("() => document.querySelectorAll('.fleet-file td .ok').length === 4");
            watchman.picture("fleet-matrix");
            for (String copter : List.of("copter-1", "copter-2")) {
                assertThat(folder.resolve(copter).resolve("show/a.csv")).hasBinaryContent(content());
                assertThat(folder.resolve(copter).resolve("show/b.csv")).hasContent("b");
            }
            watchman.seesNothing("fleet");
        }
    }

    @Test
    void aMapIsChangedOnlyIfNobodyElseDidMeanwhile() {
        gcs.createKVMap("maps")
                .set("a/1", EftlMessage.builder().setLong("x", 1L).build())
                .join();
        opens("#/kv/channel/maps", "a/1");
        page.click("button:has-text('New key…')");
        page.fill("dialog input[name=key]", "b");
        page.fill("dialog textarea", "{\"y\": ");
        assertThat(page.locator("dialog [role=alert]").innerText()).isNotEmpty();
        page.fill("dialog textarea", "{\"y\": 2}");
        confirms();
        shows("main pre", "\"y\": 2");
        page.click("button:has-text('Change…')");
        page.fill("dialog textarea", "{\"y\": 3}");
        // somebody else is quicker
        gcs.createKVMap("maps")
                .set("b", EftlMessage.builder().setLong("y", 9L).build())
                .join();
        confirms();
        shows(".toasts", "revision");
        page.click("td button:has-text('b')");
        shows("main pre", "\"y\": 9");
        page.click("button:has-text('Remove…')");
        confirms();
        shows("main pre", "removed");
        lacks("table[aria-label=keys]", "b");
        watchman.seesNothing("maps");
    }

    @Test
    void aDurableEndsOnlyByItsNameAndTheAuditSaysWhoDidIt() {
        gcs.subscribe(SubscribeOptions.everything().durable("log"), heard::add).join();
        gcs.close();
        try (EftlConnection other =
                Eftl.connect(hub.eftlUrl(), EftlOptions.defaults()).join()) {
            other.publish(EftlMessage.ofText("kept")).join();
        }
        opens("#/durables", "log");
        page.click("main a:has-text('log')");
        shows("main", "kept");
        page.click("button:has-text('Purge')");
        page.fill("dialog input[name=typed]", "lag");
        confirms();
        assertThat(page.locator("dialog[open]").count()).isEqualTo(1);
        page.fill("dialog input[name=typed]", "log");
        confirms();
        shows("main", "Nothing from there on.");
        page.click("button:has-text('Delete')");
        page.fill("dialog input[name=typed]", "log");
        confirms();
        shows("main", "No durable subscription.");
        opens("#/access", "May");
        page.fill("input[aria-label=User]", "alice");
        page.fill("input[aria-label=Topic]", "robot/7");
        page.click("main button:has-text('Ask')");
        shows("main [role=status]", "allowed");
        page.click("button:has-text('Verify')");
        shows("main", "as they were written");
        shows("table[aria-label=audit]", "/api/v1/durables/log");
        watchman.seesNothing("durables and access");
    }

    @Test
    void whatIsSentBesideAClientsPageIsHeardAndTraced() {
        gcs.subscribe(SubscribeOptions.matching("{\"_dest\":\"robot/7\"}"), heard::add)
                .join();
        opens("#/clients", "gcs");
        shows("table[aria-label=clients]", "0 / ");
        page.focus("main a:has-text('gcs')");
        try (EftlConnection other = Eftl.connect(
                        hub.eftlUrl(), EftlOptions.defaults().clientId("aaa"))
                .join()) {
            shows("main", "aaa");
            assertThat(page.evaluate("() => document.activeElement.textContent"))
                    .isEqualTo("gcs");
            other.publish(EftlMessage.ofText("hello")).join();
        }
        page.keyboard().press("Enter");
        shows("main", "What happened to it");
        page.fill("input[aria-label=Seconds]", "30");
        page.click("main button:has-text('Trace')");
        shows(".trace", "goes on for");
        page.keyboard().press("s");
        page.fill(".drawer input[name=topic]", "robot/7");
        page.fill(".drawer input[aria-label=Field]", "speed");
        page.selectOption(".drawer select", "number");
        page.fill(".drawer input[aria-label=Value]", "2");
        page.click(".drawer button:has-text('Send')");
        shows(".drawer [role=status]", "1 receives it");
        await().until(() -> !heard.isEmpty());
        assertThat(heard.remove().getDouble("speed")).hasValue(2);
        shows(".trace", "robot/7");
        watchman.picture("client-trace");
        watchman.seesNothing("sending");
    }

    @Test
    void whatLiveShowsIsRecordedAndNarrowedToOneParty() throws IOException {
        opens("#/live?topic=robot/7", "Record");
        page.click("header button:has-text('Send')");
        assertThat(page.inputValue(".drawer input[name=topic]")).isEqualTo("robot/7");
        page.click("main button:has-text('Record')");
        page.click(".drawer button:has-text('json')");
        page.fill(".drawer textarea[aria-label^=JSON]", "{\"n\": [1, {\"a\": \"<b>\"}]}");
        await().until(() -> {
            page.click(".drawer button:has-text('Send')");
            return page.locator(".live-chips button").count() > 0;
        });
        page.click(".live-chips button:has-text('admin/token')");
        page.waitForSelector(".live-chips button[aria-pressed=true]:has-text('admin/token')");
        await().until(() -> {
            gcs.publish(EftlMessage.builder().setString("_dest", "robot/7").build())
                    .join();
            page.click(".drawer button:has-text('Send')");
            return page.locator(".tail-row").count() > 1;
        });
        assertThat(page.locator(".tail-box").innerText())
                .contains("admin/token")
                .doesNotContain("gcs");
        watchman.picture("live-chips");
        Download kept = page.waitForDownload(() -> page.click("button:has-text('Stop recording')"));
        Fields line = JsonText.read(Files.readAllLines(kept.path()).get(0));
        assertThat(line.string("topic")).hasValue("robot/7");
        assertThat(line.string("from")).hasValue("admin:admin/token");
        assertThat(JsonText.write(line)).contains("\"fields\":{\"n\":[1,{\"a\":\"<b>\"}]}", "\"types\":{}");
        watchman.seesNothing("live");
    }
}
