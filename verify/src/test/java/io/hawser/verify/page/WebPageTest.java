package io.hawser.verify.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import io.hawser.app.config.ConfigReader;
import io.hawser.app.hub.Hub;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.EftlOptions;
import io.hawser.eftl.SubscribeOptions;
import io.hawser.net.Listener;
import io.hawser.net.Loops;
import io.hawser.net.http.HttpResponse;
import io.hawser.net.http.HttpServer;
import io.hawser.net.http.Route;
import io.hawser.net.http.Routes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A page in Chromium and a Java program talk through a whole hub; the page comes from another port of this machine. */
@ExtendWith(Chromium.class)
class WebPageTest {
    private final Loops loops = Loops.start(1, "web-site");
    private final Page page;
    private Hub hub = start(0, "http://127.0.0.1:*");
    private final EftlConnection java =
            Eftl.connect(hub.eftlUrl(), EftlOptions.defaults().clientId("java")).join();
    private final Listener site = HttpServer.bind(
            loops,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            HttpServer.Options.of(Routes.of(
                    html("/", "<!doctype html><title>empty</title>"),
                    html("/page.html", example("page.html")),
                    html("/demo.html", example("demo.html")))));

    WebPageTest(Page page) {
        this.page = page;
    }

    @AfterEach
    void stop() {
        page.close(); // first, so that nobody need wait for the browser's end
        java.close();
        site.close();
        hub.close();
        loops.close();
    }

    private static Hub start(int port, String... origins) {
        return Hub.start(new ConfigReader(Map.of())
                .flag("--port", "eftl.port", port)
                .flag("--origins", "eftl.origins", List.of(origins))
                .read());
    }

    private static Route html(String path, String text) {
        HttpResponse response = HttpResponse.of(200, "text/html; charset=utf-8", text.getBytes(UTF_8));
        return Route.get(path, exchange -> exchange.answer(response));
    }

    /** The example as it is, but for the port of the hub. */
    private String example(String name) {
        Path file = Path.of("examples", name);
        try {
            return Files.readString(Files.exists(file) ? file : Path.of("..").resolve(file))
                    .replace("127.0.0.1:9191", "127.0.0.1:" + port());
        } catch (IOException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private int port() {
        return hub.eftlAddress().getPort();
    }

    private void opens(String path) {
        page.navigate("http://127.0.0.1:" + site.address().getPort() + path);
    }

    /** Opens an empty page that is connected; {@code window.hub} is its connection. */
    private void connects() {
        opens("/");
        page.evaluate(
                "async (port) => { const hawser = await import(`http://127.0.0.1:${port}/hawser.js`);"
                        + " window.said = []; window.hub = await hawser.connect();"
                        + " hub.addEventListener('state', ({ detail }) => said.push(detail.state)); }",
                port());
    }

    private List<EftlMessage> javaHears(String topic) {
        List<EftlMessage> heard = new CopyOnWriteArrayList<>();
        java.subscribe(SubscribeOptions.matching("{\"_dest\":\"" + topic + "\"}"), heard::add)
                .join();
        return heard;
    }

    private void javaSays(String topic, String text) {
        java.publish(EftlMessage.builder()
                        .setString("_dest", topic)
                        .setString("text", text)
                        .build())
                .join();
    }

    @Test
    void theExampleShowsWhatIsSaidAndSaysWhatIsTyped() {
        List<EftlMessage> heard = javaHears("chat/>");
        opens("/page.html");
        page.waitForFunction("() => document.getElementById('state').textContent === 'connected'");
        page.waitForLoadState();
        await().until(() -> {
            javaSays("chat/java", "<img src=x onerror=alert(1)>");
            return page.locator("#heard li").count() > 0;
        });
        assertThat(page.locator("#heard li").first().textContent())
                .isEqualTo("chat/java: <img src=x onerror=alert(1)>");
        page.fill("#text", "hello from the page");
        page.click("button");
        await().until(() -> heard.stream()
                .anyMatch(message -> message.topic().orElseThrow().equals("chat/page")
                        && message.getString("text").orElseThrow().equals("hello from the page")));
        assertThat(page.locator("#heard li").last().textContent()).isEqualTo("chat/page: hello from the page");
    }

    @Test
    void theDemosPageShowsWhatPartiesOfAllProtocolsSayAndMovesThem() {
        List<EftlMessage> heard = javaHears("clever/all/land");
        opens("/demo.html");
        page.waitForFunction("() => document.getElementById('state').textContent === 'connected'");
        EftlMessage telemetry = EftlMessage.builder()
                .setString("_dest", "clever/&lt;copter/says/telemetry")
                .setDouble("z", 1.5)
                .setDouble("battery_volts", 12.6)
                .setLong("armed", 1)
                .build();
        await().until(() -> {
            java.publish(telemetry).join();
            return page.locator("#copters tr").count() > 0;
        });
        assertThat(page.locator("#copters tr").first().innerText().split("\\s+", -1))
                .containsExactly("&lt;copter", "1.5", "m", "12.60", "V", "yes");
        page.click("text=Land");
        await().until(() -> !heard.isEmpty());
    }

    @Test
    void everyKindOfValueSurvivesTheWayThroughThePage() {
        List<EftlMessage> heard = javaHears("back");
        connects();
        page.evaluate("() => hub.subscribe('there', ({ body }) => hub.publish('back', body))");
        Fields fields = Fields.builder()
                .put("long", Long.MIN_VALUE)
                .put("safe", 9_007_199_254_740_991L)
                .put("small", -1)
                .put("whole", 2.0)
                .put("real", 1.0e-300)
                .put("zero", -0.0)
                .put("nan", Double.NaN)
                .put("far", Double.NEGATIVE_INFINITY)
                .put("text", "\u20ac \ud83d\ude80 \u2028 \" \\ \u0000")
                .put("time", new Value.DateTime(1_700_000_000_123L))
                .put("bytes", new Value.Opaque(new byte[] {0, 1, -1}))
                .put("inner", new Value.Nested(Fields.builder().put("x", 1.0).build()))
                .put("longs", new Value.Sequence(List.of(Value.of(1), Value.of(Long.MAX_VALUE))))
                .put("reals", new Value.Sequence(List.of(Value.of(1.0), Value.of(2.0))))
                .put("none", new Value.Sequence(List.of()))
                .put("_dest", "there")
                .build();
        java.publish(EftlMessage.of(fields)).join();
        await().until(() -> !heard.isEmpty());
        assertThat(heard.get(0).fields().toString()).isEqualTo(fields.toString().replace("there", "back"));
    }

    @Test
    void aPageAsksAJavaProgramAndAnswersOne() {
        java.subscribe(SubscribeOptions.matching("{\"_dest\":\"double\"}"), request -> {
                    long x = request.getLong("x").orElseThrow();
                    java.sendReply(
                            request, EftlMessage.builder().setLong("x", 2 * x).build());
                })
                .join();
        connects();
        assertThat(page.evaluate("async () => (await hub.request('double', { x: 21 })).x"))
                .isEqualTo(42);
        page.evaluate("() => hub.subscribe('half', (event) => hub.reply(event, { x: event.body.x / 2 }))");
        EftlMessage request =
                EftlMessage.builder().setString("_dest", "half").setLong("x", 3).build();
        assertThat(java.sendRequest(request, Duration.ofSeconds(20)).join().getDouble("x"))
                .hasValue(1.5);
    }

    @Test
    void whatIsSaidIsCompressedWhereTheChannelSaysSo() {
        int port = port();
        hub.close();
        hub = Hub.start(new ConfigReader(Map.of())
                .flag("--port", "eftl.port", port)
                .flag("--origins", "eftl.origins", List.of("http://127.0.0.1:*"))
                .flag("--compress", "eftl.compress", true)
                .read());
        connects();
        assertThat(page.evaluate(
                        "(port) => new Promise((tell) => { const socket ="
                                + " new WebSocket(`ws://127.0.0.1:${port}/channel`, 'v1.eftl.tibco.com');"
                                + " socket.onopen = () => tell(socket.extensions); })",
                        port))
                .asString()
                .startsWith("permessage-deflate");
        page.evaluate("() => hub.subscribe('long', ({ body }) => said.push(body.text.length))");
        page.evaluate("() => hub.publish('long', 'hello '.repeat(50000))");
        page.waitForFunction("() => said.includes(300000)");
    }

    @Test
    void aClosedPageIsNoReceiverAnyMore() {
        connects();
        page.evaluate("() => hub.subscribe('news', () => {})");
        EftlMessage news = EftlMessage.builder().setString("_dest", "news").build();
        assertThat(java.publish(news).join()).isEqualTo(1);
        page.navigate("about:blank");
        await().until(() -> java.publish(news).join() == 0);
    }

    @Test
    void aPageComesBackWhenTheHubIsStartedAgain() {
        connects();
        page.evaluate("() => hub.subscribe('news', ({ body }) => said.push(body.text))");
        int port = port();
        hub.close();
        page.waitForFunction("() => hub.state === 'reconnecting'");
        page.evaluate("() => { hub.publish('later', 'sent meanwhile').then(() => said.push('acknowledged')); }");
        hub = start(port, "http://127.0.0.1:*");
        page.waitForFunction("() => said.includes('acknowledged')");
        try (EftlConnection other =
                Eftl.connect(hub.eftlUrl(), EftlOptions.defaults()).join()) {
            other.publish(EftlMessage.builder()
                            .setString("_dest", "news")
                            .setString("text", "again")
                            .build())
                    .join();
        }
        page.waitForFunction("() => said.includes('again')");
        assertThat(page.evaluate("() => said.filter((each) => each !== 'acknowledged').join()"))
                .isEqualTo("reconnecting,connected,again");
    }

    @Test
    void pagesOfOtherSitesAreKeptOut() {
        int port = port();
        java.close();
        hub.close();
        hub = start(port);
        opens("/");
        String module = new String(ScriptedHub.module(), UTF_8);
        assertThat(page.evaluate(
                        "async ([module, url]) => { const { connect } = await import("
                                + "URL.createObjectURL(new Blob([module], { type: 'text/javascript' })));"
                                + " return connect(url).then(() => 'in', ({ code }) => code); }",
                        List.of(module, hub.eftlUrl())))
                .isEqualTo(1006);
        page.navigate("http://127.0.0.1:" + port + "/hawser.js");
        assertThat(page.evaluate("async () => (await (await import('/hawser.js')).connect()).state"))
                .isEqualTo("connected");
    }

    /** Over REST, from the same page: its origin may connect, so it may call. */
    @Test
    void aPageHearsWhatIsCalledAndACallerWhatAPageSays() {
        connects();
        Object seen = page.evaluate("""
                async (port) => {
                    const base = `http://127.0.0.1:${port}/channel/v1/`;
                    const call = async (method, path, body) => {
                        const headers = { "Content-Type": "application/json" };
                        const answer = await fetch(base + path, { method, body, headers });
                        return (await answer.text()).trim();
                    };
                    const heard = new Promise((resolve) => hub.subscribe("from/rest", (event) => resolve(event.body.n)));
                    await call("POST", "subscribe/d", '{"_dest":"from/page"}');
                    await hub.publish("from/page", { n: 1 });
                    const polled = await call("GET", "subscribe/d?timeout=10");
                    await call("POST", "publish", '{"_dest":"from/rest","n":2}');
                    return `${polled} ${await heard} ${await call("DELETE", "subscribe/d")}`;
                }""", port());
        assertThat(seen)
                .isEqualTo("{\"messages\":[{\"n\":1,\"_dest\":\"from/page\"}],"
                        + "\"deliveries\":[{\"sid\":1,\"cnt\":1}]} 2 {}");
    }
}
