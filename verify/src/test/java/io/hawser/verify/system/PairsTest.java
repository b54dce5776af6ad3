package io.hawser.verify.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.clever.CleverCommand;
import io.hawser.clever.CleverHandlers;
import io.hawser.clever.CleverPeer;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.SubscribeOptions;
import io.hawser.iot.device.virtual.VirtualDevice;
import io.hawser.ivy.IvyAgent;
import io.hawser.ivy.IvyListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every party reaches every other: the table of {@code docs/protocols/pairs.md}, row by row, with two receivers each. One message in
 * is one out, in order, and none comes back to who said it where that is not wanted.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class PairsTest {
    /** What the page names, and nothing else. */
    private static final Map<String, List<String>> CONFIGURATION = Map.of(
            "ivy.lab.patterns",
            List.of(
                    "^E (?<n>\\d+) (?<x>\\S+) (?<s>\\S+)",
                    "^SET (?<pump>\\S+) (?<limit>\\d+) (?<gain>\\S+) (?<mode>\\S+) (?<on>[01])",
                    "^BLINK (?<times>\\d+) (?<pause>\\S+) (?<colour>\\S+)"),
            "texts",
            List.of(
                    "pairs/texts E {n} {x} {s}",
                    "iot/*/data/urn:test:pump:attributes {1} IS {limit} {gain} {mode} {on}",
                    "clever/*/says/report {1} SAYS {n} {x} {s} {b}"),
            "relays",
            List.of(
                    "ivy/lab/* iot/{pump}/attributes limit={limit} gain={gain} mode={mode} on={on}",
                    "ivy/lab/* clever/all/blink n={times} x={pause} s={colour}",
                    "iot/*/data/urn:test:pump:set iot/pump-1/attributes *",
                    "iot/*/data/urn:test:pump:set iot/pump-2/attributes *",
                    "iot/*/data/urn:test:pump:report clever/all/blink *",
                    "clever/*/says/set iot/pump-1/attributes *",
                    "clever/*/says/set iot/pump-2/attributes *",
                    "clever/*/says/blink clever/all/blink *"));

    private static final int MESSAGES = 100;

    private final Map<String, List<String>> heard = new ConcurrentHashMap<>();
    private final WholeHub hub;
    private final EftlConnection page;
    private final IvyAgent agent;
    private final VirtualDevice device;
    private final CleverPeer copter;

    PairsTest(@TempDir Path folder) throws Exception {
        hub = new WholeHub(folder, reader -> {
            CONFIGURATION.forEach((key, lines) -> reader.flag("test", key, lines));
            return reader;
        });
        agent = agent("SIM", "lab");
        agent("FIELD-1", "field");
        agent("FIELD-2", "field");
        device = device("pump-0");
        device("pump-1");
        device("pump-2");
        copter = copter("copter-0");
        copter("copter-1");
        copter("copter-2");
        page = hub.client("page-0");
    }

    @BeforeAll
    void meet() {
        await().until(() -> page.publish(EftlMessage.ofText("who is there?")).join() == 3);
        await().until(() -> page.publish(EftlMessage.of(Fields.of("_dest", Value.of("clever/all/greet"))))
                        .join()
                == 3);
        await().until(() -> agent.client("HAWSER").stream()
                .anyMatch(client -> !client.regexps().isEmpty()));
        page("page-1");
        page("page-2");
        page.subscribe(SubscribeOptions.everything(), message -> told("page-0", message))
                .join();
        heard.clear();
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    // ---- the parties, each of which notes what it hears

    private void page(String name) {
        hub.client(name)
                .subscribe(SubscribeOptions.everything(), message -> told(name, message))
                .join();
    }

    private void told(String name, EftlMessage message) {
        Fields.Builder own = Fields.builder();
        Fields all = message.fields();
        for (int i = 0; i < all.size(); i++) {
            if (!all.name(i).equals("_dest")) {
                own.put(all.name(i), all.value(i));
            }
        }
        note(name, message.topic().orElse("?") + " " + own.build());
    }

    private IvyAgent agent(String name, String bus) {
        IvyAgent made = hub.agent(name, bus, new IvyListener() {});
        made.bind("^(.*)$", (client, words) -> note(name, words.get(0)));
        return made;
    }

    private VirtualDevice device(String name) throws Exception {
        VirtualDevice made = hub.device(name);
        made.setOnChange(event -> {
            Map<String, Object> changes = new TreeMap<>();
            event.changes().forEach(change -> changes.put(change.name(), change.value()));
            note(name, changes.toString());
        });
        return made;
    }

    private CleverPeer copter(String id) {
        return hub.copter(
                id,
                new CleverHandlers()
                        .onAction("blink", call -> note(id, call.kwargs().toString())));
    }

    private void note(String name, String what) {
        heard.computeIfAbsent(name, key -> new CopyOnWriteArrayList<>()).add(what);
    }

    // ---- what each says, and how it is heard

    /** From whom to whom: how it is said, and how both receivers hear it. */
    private record Pair(String name, IntConsumer say, String receiver, IntFunction<String> hears) {}

    private Stream<Arguments> pairs() {
        return Stream.of(ofPage(), ofAgent(), ofDevice(), ofCopter())
                .flatMap(each -> each)
                .map(pair -> Arguments.of(pair.name(), pair));
    }

    private Stream<Pair> ofPage() {
        return Stream.of(
                new Pair(
                        "eftl to eftl",
                        n -> publish("pairs/all", everything(n)),
                        "page",
                        n -> "pairs/all " + everything(n)),
                new Pair("eftl to ivy", n -> publish("pairs/texts", said(n)), "FIELD", PairsTest::text),
                new Pair(
                        "eftl to iot",
                        n -> pumps(pump -> publish("iot/" + pump + "/attributes", settings(n, Value.of(n % 2)))),
                        "pump",
                        PairsTest::changes),
                new Pair("eftl to clever", n -> publish("clever/all/blink", everything(n)), "copter", n -> everything(n)
                        .toString()));
    }

    private Stream<Pair> ofAgent() {
        return Stream.of(
                new Pair(
                        "ivy to eftl",
                        n -> agent.send(text(n)),
                        "page",
                        n -> "ivy/lab/SIM "
                                + Fields.builder()
                                        .put("text", text(n))
                                        .put("n", n)
                                        .put("x", n + 0.5)
                                        .put("s", "süß-" + n)
                                        .build()),
                new Pair("ivy to ivy", n -> agent.send("just " + n), "FIELD", n -> "just " + n),
                new Pair(
                        "ivy to iot",
                        n -> pumps(pump ->
                                agent.send("SET " + pump + " " + n + " " + (n + 0.5) + " süß-" + n + " " + n % 2)),
                        "pump",
                        PairsTest::changes),
                new Pair(
                        "ivy to clever",
                        n -> agent.send("BLINK " + n + " " + (n + 0.5) + " süß-" + n),
                        "copter",
                        n -> said(n).toString()));
    }

    private Stream<Pair> ofDevice() {
        return Stream.of(
                new Pair(
                        "iot to eftl",
                        this::measure,
                        "page",
                        n -> "iot/pump-0/data/urn:test:pump:attributes " + settings(n, Value.of(n % 2))),
                new Pair("iot to ivy", this::measure, "FIELD", n -> "pump-0 IS " + settings(n)),
                new Pair(
                        "iot to iot",
                        n -> device.createData("urn:test:pump:set")
                                .set("limit", n)
                                .set("gain", n + 0.5)
                                .set("mode", "süß-" + n)
                                .set("on", n % 2 == 1)
                                .submit(),
                        "pump",
                        PairsTest::changes),
                new Pair(
                        "iot to clever",
                        n -> device.createData("urn:test:pump:report")
                                .set("n", n)
                                .set("x", n + 0.5)
                                .set("s", "süß-" + n)
                                .set("b", n % 2 == 1)
                                .submit(),
                        "copter",
                        n -> report(n).toString()));
    }

    private Stream<Pair> ofCopter() {
        return Stream.of(
                new Pair(
                        "clever to eftl",
                        n -> says("report", report(n)),
                        "page",
                        n -> "clever/copter-0/says/report "
                                + report(n).toBuilder()
                                        .put("b", Value.of(n % 2))
                                        .build()),
                new Pair(
                        "clever to ivy",
                        n -> says("report", report(n)),
                        "FIELD",
                        n -> "copter-0 SAYS " + n + " " + (n + 0.5) + " süß-" + n + " " + (n % 2 == 1)),
                new Pair(
                        "clever to iot",
                        n -> says("set", settings(n, Value.of(n % 2 == 1))),
                        "pump",
                        PairsTest::changes),
                new Pair("clever to clever", n -> says("blink", everything(n)), "copter", n -> everything(n)
                        .toString()));
    }

    private void publish(String topic, Fields fields) {
        page.publish(EftlMessage.of(fields.toBuilder().put("_dest", topic).build()));
    }

    private void measure(int n) {
        device.update()
                .set("limit", n)
                .set("gain", n + 0.5)
                .set("mode", "süß-" + n)
                .set("on", n % 2 == 1)
                .finish();
    }

    private void says(String action, Fields kwargs) {
        copter.send(CleverCommand.of(action).with(kwargs));
    }

    private static void pumps(Consumer<String> each) {
        Stream.of("pump-1", "pump-2").forEach(each);
    }

    /** The values that all four can say. */
    private static Fields said(int n) {
        return Fields.builder()
                .put("n", n)
                .put("x", n + 0.5)
                .put("s", "süß-" + n)
                .build();
    }

    private static String text(int n) {
        return "E " + n + " " + (n + 0.5) + " süß-" + n;
    }

    private static Fields report(int n) {
        return said(n).toBuilder().put("b", Value.of(n % 2 == 1)).build();
    }

    private static Fields everything(int n) {
        return said(n).toBuilder()
                .put("list", new Value.Sequence(List.of(Value.of(n), Value.of(n + 1))))
                .put("inner", new Value.Nested(said(n)))
                .build();
    }

    private static Fields settings(int n, Value on) {
        return Fields.builder()
                .put("limit", n)
                .put("gain", n + 0.5)
                .put("mode", "süß-" + n)
                .put("on", on)
                .build();
    }

    private static String settings(int n) {
        return n + " " + (n + 0.5) + " süß-" + n + " " + (n % 2 == 1);
    }

    private static String changes(int n) {
        return "{gain=" + (n + 0.5) + ", limit=" + n + ", mode=süß-" + n + ", on=" + (n % 2 == 1) + "}";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    void oneInIsOneOutForEachInOrderAndNoEcho(String name, Pair pair) {
        heard.clear();
        IntStream.range(0, MESSAGES).forEach(pair.say());
        List<String> expected =
                IntStream.range(0, MESSAGES).mapToObj(pair.hears()).toList();
        for (String receiver : List.of(pair.receiver() + "-1", pair.receiver() + "-2")) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> heard(receiver).stream().anyMatch(expected.get(MESSAGES - 1)::equals));
            assertThat(heard(receiver))
                    .as("what %s hears", receiver)
                    .filteredOn(expected::contains)
                    .isEqualTo(expected);
        }
        boolean echo = name.equals("eftl to eftl");
        String speaker = Map.of("eftl", "page-0", "ivy", "SIM", "iot", "pump-0", "clever", "copter-0")
                .getOrDefault(name.split(" ", -1)[0], "");
        assertThat(heard(speaker))
                .as("what %s hears of itself", speaker)
                .filteredOn(expected::contains)
                .hasSize(echo ? MESSAGES : 0);
    }

    private List<String> heard(String name) {
        return heard.getOrDefault(name, List.of());
    }
}
