package io.hawser.verify.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.app.authority.DevelopmentAuthority;
import io.hawser.app.config.ConfigReader;
import io.hawser.app.config.HubConfig;
import io.hawser.app.hub.Hub;
import io.hawser.core.value.Value;
import io.hawser.iot.gateway.IotGateway;
import io.hawser.iot.registry.Registration;
import io.hawser.iot.registry.Registry;
import io.hawser.iot.registry.command.Command;
import io.hawser.iot.registry.command.CommandQuery;
import io.hawser.iot.registry.command.CommandState;
import io.hawser.verify.bench.iot.DeviceCrowd;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole hub is killed again and again while operators order by REST and devices poll: no command that an operator was told of is
 * lost while it waits, none comes to its device twice, and each ends as its device answered, or for want of an answer.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class CommandCrashTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int DEVICES = 8;
    /** At most so many commands are in one answer to a poll, of 4,190 bytes. */
    private static final int MOST_AT_ONCE = 16;

    private static final String URN = "urn:test:beeper";
    private static final String MODEL =
            "{\"urn\":\"urn:test:beeper\",\"name\":\"beeper\",\"attributes\":[],\"actions\":[{\"name\":\"beep\"}],\"formats\":[]}";

    @TempDir
    private Path folder;

    private final List<String> names =
            IntStream.range(0, DEVICES).mapToObj(i -> "BEEP-" + i).toList();

    @Test
    void whatOperatorsWereToldOfIsNeitherLostNorDoneTwiceThroughOneKill() throws Exception {
        survive(1, 100, new Random(1));
    }

    @Test
    @Tag("slow")
    void whatOperatorsWereToldOfIsNeitherLostNorDoneTwiceThroughTwelveKills() throws Exception {
        survive(12, 1_000, new Random(2));
    }

    private void survive(int kills, int most, Random random) throws Exception {
        DevelopmentAuthority own = DevelopmentAuthority.in(folder.resolve("authority"), Instant.now());
        List<String> paths;
        int port;
        try (Hub hub = Hub.start(config(own, 0))) {
            port = URI.create(hub.iotUrl().orElseThrow()).getPort();
            paths = register(hub.iot().orElseThrow());
        }
        String url = "https://127.0.0.1:" + port;
        try (DeviceCrowd crowd = new DeviceCrowd(url, own.trust(), URN, CommandCrashTest::isAnswered);
                OrderingProgram program = new OrderingProgram(url, own.trust(), paths)) {
            for (int i = 0; i < kills; i++) {
                try (HubProcess hub = HubProcess.start(folder, settings(own, port))) {
                    if (i == 0) {
                        crowd.activate(names);
                    }
                    // some sleep through a life, and what waits for them stays
                    int first = random.nextInt(DEVICES - 1);
                    crowd.rest(Set.copyOf(names.subList(first, first + 2)));
                    int enough = program.told().size() + most / 10 + random.nextInt(most);
                    program.order(random.nextLong());
                    await().atMost(PATIENCE).until(() -> program.told().size() >= enough);
                    hub.kill();
                }
                program.rest();
            }
            crowd.rest(Set.of());
            try (Hub hub = Hub.start(config(own, port))) {
                judge(kills, hub.iot().orElseThrow(), crowd, program);
            }
        }
    }

    /** Four of five are. */
    private static boolean isAnswered(String command) {
        return Math.floorMod(command.hashCode(), 5) > 0;
    }

    private static void judge(int kills, IotGateway iot, DeviceCrowd crowd, OrderingProgram program) {
        await().atMost(PATIENCE).until(() -> found(iot, CommandState.QUEUED, CommandState.DELIVERED)
                .isEmpty());
        Map<String, Command> all = new HashMap<>();
        found(iot, CommandState.values()).forEach(command -> all.put(command.id(), command));
        assertThat(crowd.failures()).isEmpty();
        assertThat(program.wrong()).isEmpty();
        assertThat(all.keySet()).as("told to an operator").containsAll(program.told());
        assertThat(all.size() - program.told().size())
                .as("kept though nobody was told")
                .isBetween(0, kills * OrderingProgram.AT_A_TIME);
        Map<String, Integer> handedOut = crowd.handedOut();
        assertThat(handedOut).allSatisfy((id, times) -> assertThat(times).isEqualTo(1));
        Set<String> answered = crowd.answered();
        int undone = 0;
        for (Command command : all.values()) {
            if (command.state() == CommandState.COMPLETED) {
                assertThat(answered).contains(command.id());
                continue;
            }
            assertThat(command.state()).as(command.toString()).isEqualTo(CommandState.FAILED);
            assertThat(command.reason()).isEqualTo("no answer");
            assertThat(command.late()).isEqualTo(answered.contains(command.id()));
            undone += handedOut.containsKey(command.id()) ? 0 : 1;
        }
        assertThat(undone)
                .as("delivered, but cut off on their way")
                .isLessThanOrEqualTo(kills * DEVICES * MOST_AT_ONCE);
        assertThat(program.state(program.told().iterator().next())).isEqualTo(200);
        System.out.println(kills + " kills, " + all.size() + " commands, " + handedOut.size() + " handed out, "
                + answered.size() + " answered, " + undone + " cut off on their way");
    }

    private static List<Command> found(IotGateway iot, CommandState... states) {
        return ask(
                iot,
                registry -> CompletableFuture.completedFuture(registry.commands()
                        .list(new CommandQuery(Optional.empty(), Optional.empty(), Set.of(states), 0, 1_000_000))));
    }

    private HubConfig config(DevelopmentAuthority own, int port) throws IOException {
        Path file = Files.writeString(folder.resolve("own.conf"), "hawser {\n" + settings(own, port) + "\n}\n");
        return new ConfigReader(Map.of())
                .file(file)
                .flag("test", "data", folder.resolve("data").toString())
                .read();
    }

    private static String settings(DevelopmentAuthority own, int port) {
        return """
                eftl.port = 0
                iot {
                  enabled = true, port = PORT, tls { certificate = "CERTIFICATE", key = "KEY" }
                  answer-timeout = 2s, poll-hold = 2s
                  registry.commands { ended = 100000, queue = 100000, queue-bytes = 100MiB }
                }
                """.replace("PORT", Integer.toString(port))
                .replace("CERTIFICATE", own.certificate().toString())
                .replace("KEY", own.key().toString());
    }

    /** Returns where each device is asked to beep. */
    private List<String> register(IotGateway iot) {
        ask(iot, registry -> registry.models().put(URN, new Value.Opaque(MODEL.getBytes(UTF_8))));
        String application = ask(iot, registry -> registry.applications().add("crowd", "", Map.of()))
                .id();
        List<String> paths = new ArrayList<>();
        for (String name : names) {
            Registration wanted =
                    new Registration(name, application, "", "", Map.of(), Optional.of(DeviceCrowd.secret(name)));
            String id =
                    ask(iot, registry -> registry.devices().register(wanted)).id();
            paths.add("/apps/" + application + "/devices/" + id + "/deviceModels/" + URN + "/actions/beep");
        }
        return paths;
    }

    private static <T> T ask(IotGateway iot, Function<Registry, CompletableFuture<T>> question) {
        return iot.ask(question)
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
