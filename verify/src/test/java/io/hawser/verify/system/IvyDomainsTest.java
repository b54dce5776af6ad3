package io.hawser.verify.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.app.Hawser;
import io.hawser.core.value.Fields;
import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.EftlOptions;
import io.hawser.eftl.SubscribeOptions;
import io.hawser.ivy.IvyAgent;
import io.hawser.ivy.IvyClient;
import io.hawser.ivy.IvyListener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A hub as a process of its own between two Ivy domains and an eFTL client. */
@Timeout(120)
class IvyDomainsTest {
    @TempDir
    private Path folder;

    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private Process hub;
    private EftlConnection operator;
    private IvyAgent flight;
    private IvyAgent far;

    @BeforeEach
    void serve() throws IOException {
        String lab = freeBus();
        String field = freeBus();
        Path config = Files.writeString(folder.resolve("hawser.conf"), """
                hawser {
                  eftl.port = 0
                  ivy {
                    lab { bus = "%s", patterns = ["^(?<ac>\\\\S+) (?<msg>GPS) (?<lat>\\\\S+)"] }
                    field { bus = "%s", listen = ["^\\\\d+ GPS", "ALARM"] }
                  }
                  texts = ["robot/* {1} AT {x}"]
                }
                """.formatted(lab, field));
        hub = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Hawser.class.getName(),
                        "serve",
                        "-c",
                        config.toString()))
                .redirectError(folder.resolve("hub.log").toFile())
                .start();
        BufferedReader out = new BufferedReader(new InputStreamReader(hub.getInputStream(), UTF_8));
        String line = out.readLine();
        while (line != null && !line.startsWith("eftl ")) {
            line = out.readLine();
        }
        assertThat(line).as(Files.readString(folder.resolve("hub.log"))).isNotNull();
        String url = line.split(" ", -1)[1];
        operator =
                Eftl.connect(url, EftlOptions.defaults().clientId("operator")).join();
        flight = agent("FLIGHT", lab);
        far = agent("FAR/1", field);
    }

    @AfterEach
    void stop() {
        flight.close();
        far.close();
        operator.close();
        hub.destroyForcibly();
    }

    private static String freeBus() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            return "127.255.255.255:" + socket.getLocalPort();
        }
    }

    /** An agent that takes all texts, and what is said to it alone. */
    private IvyAgent agent(String name, String domain) {
        IvyAgent agent = IvyAgent.builder(name)
                .domain(domain)
                .listener(new IvyListener() {
                    @Override
                    public void direct(IvyClient client, int number, String text) {
                        taken.add(name + " #" + number + " " + text);
                    }
                })
                .join();
        agent.bind("^(.*)$", (client, args) -> taken.add(name + " " + client.name() + ":" + args.get(0)));
        await().until(() -> agent.client("HAWSER").isPresent());
        return agent;
    }

    /** Everybody has met, and the operator hears all there is. */
    private void meet() {
        operator.subscribe(SubscribeOptions.everything(), message -> heard.add(line(message.fields())))
                .join();
        await().until(() ->
                hub(flight).regexps().size() == 2 && hub(far).regexps().size() == 2);
    }

    private static String line(Fields fields) {
        return fields.string("_dest").orElse("?") + " " + fields.string("text").orElse("-") + " "
                + fields.get("lat")
                        .or(() -> fields.get("state"))
                        .map(String::valueOf)
                        .orElse("-");
    }

    @Test
    void textsCrossBetweenDomainsAndAnEftlClientAndNeverComeBack() {
        meet();
        assertThat(hub(flight).regexps()).hasSize(2).containsValue("(.*)");
        assertThat(hub(far).regexps()).hasSize(2).containsValue("(.*(?:(?:^\\d+ GPS)|(?:ALARM)).*)");
        flight.send("7 GPS 43.5");
        far.send("not asked for");
        far.send("fire ALARM!");
        await().until(() ->
                heard.contains("ivy/lab/FLIGHT 7 GPS 43.5 43.5") && heard.contains("ivy/field/FAR%2F1 fire ALARM! -"));
        publishes(Fields.builder().put("text", "good morning").put("_dest", "hello"), 3);
        publishes(Fields.builder().put("x", 1.5).put("_dest", "robot/3"), 3);
        await().until(() -> taken.size() == 6);
        assertThat(taken)
                .containsExactlyInAnyOrder(
                        "FAR/1 HAWSER:7 GPS 43.5",
                        "FLIGHT HAWSER:fire ALARM!",
                        "FLIGHT HAWSER:good morning",
                        "FAR/1 HAWSER:good morning",
                        "FLIGHT HAWSER:3 AT 1.5",
                        "FAR/1 HAWSER:3 AT 1.5");
        assertThat(heard).noneMatch(line -> line.contains("not asked for"));
    }

    @Test
    void oneAgentAloneIsSpokenToAndComesAndGoesAndCannotEndTheHub() throws InterruptedException {
        meet();
        hub(far).direct(5, "to the hub");
        publishes(Fields.builder().put("text", "only you").put("_dest", "ivy/lab/FLIGHT/direct/9"), 2);
        publishes(Fields.builder().put("text", "nobody").put("_dest", "ivy/lab/NOBODY/direct/9"), 1);
        await().until(() -> heard.contains("ivy/field/FAR%2F1/said/5 to the hub -") && taken.size() == 1);
        assertThat(taken).containsExactly("FLIGHT #9 only you");
        hub(flight).die();
        far.close();
        await().until(() -> heard.contains("ivy/field/FAR%2F1/state - \"offline\""));
        flight.send("8 GPS 1");
        await().until(() -> heard.contains("ivy/lab/FLIGHT 8 GPS 1 1"));
        hub.destroy();
        assertThat(hub.waitFor(30, TimeUnit.SECONDS)).isTrue();
        await().until(() -> flight.clients().isEmpty());
    }

    private void publishes(Fields.Builder fields, int receivers) {
        Fields message = fields.build();
        assertThat(operator.publish(EftlMessage.of(message)).join())
                .as("%s", message)
                .isEqualTo(receivers);
    }

    private static IvyClient hub(IvyAgent agent) {
        return agent.client("HAWSER").orElseThrow();
    }
}
