package io.hawser.iot.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.registry.command.Command;
import io.hawser.iot.registry.command.CommandQuery;
import io.hawser.iot.registry.command.CommandState;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A command that is stored as delivered leaves, whatever becomes of the poll while the store is at it. */
@Timeout(60)
class MailboxesTest {
    private static final String URN = "urn:test:pump";
    private static final String MODEL = """
            {"urn":"urn:test:pump","name":"pump","attributes":[],"actions":[{"name":"start","argType":"STRING"}],"formats":[]}""";

    private final Cloud cloud;
    private final RawDevice pump;

    MailboxesTest(@TempDir Path folder) throws Exception {
        cloud = new Cloud(folder, Cloud::impatient);
        cloud.model(URN, MODEL);
        cloud.register("pump-7", "secret-7");
        pump = new RawDevice(cloud, "pump-7", "secret-7");
    }

    @BeforeEach
    void activate() throws Exception {
        pump.activate(URN);
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void aPollWhoseTimeEndsWhileTheStoreWritesGetsWhatIsWritten() throws Exception {
        queue("");
        Runnable release = cloud.holdStore();
        CompletableFuture<HttpResponse<String>> poll = pump.poll(4190);
        await().until(() -> cloud.polls() == 1);
        HttpResponse<String> empty = pump.poll(10).join();
        assertThat(empty.body()).as("a poll that came later ends in its time").isEqualTo("[]");
        assertThat(poll).as("and the earlier one waits for the store").isNotDone();
        release.run();
        assertThat(RawDevice.list(poll.join())).hasSize(1);
        assertThat(states()).containsExactly(CommandState.DELIVERED);
    }

    @Test
    void aNewerPollGetsWhatWasWrittenForAnOlderOne() throws Exception {
        queue("");
        Runnable release = cloud.holdStore();
        CompletableFuture<HttpResponse<String>> older = pump.poll(4190);
        await().until(() -> cloud.polls() == 1);
        CompletableFuture<HttpResponse<String>> newer = pump.poll(4190);
        await().until(() -> cloud.polls() == 2);
        release.run();
        assertThat(RawDevice.list(newer.join())).hasSize(1);
        assertThat(older.join().body()).isEqualTo("[]");
    }

    @Test
    void aPollThatTakesTooLittleIsHeldAndThenToldHowMuchItShouldTake() throws Exception {
        queue("x".repeat(100));
        CompletableFuture<HttpResponse<String>> poll = pump.poll(200);
        await().until(() -> cloud.polls() == 1);
        assertThat(poll.join().body()).isEqualTo("[]");
        int needed = poll.join()
                .headers()
                .firstValue("X-min-acceptBytes")
                .map(Integer::valueOf)
                .orElse(0);
        assertThat(needed).isGreaterThan(200);
        assertThat(RawDevice.list(pump.poll(needed - 1).join())).isEmpty();
        assertThat(RawDevice.list(pump.poll(needed).join())).hasSize(1);
    }

    private void queue(String argument) {
        cloud.request("iot/pump-7/actions/start", Fields.of("value", Value.of(argument)));
        await().until(() -> states().equals(List.of(CommandState.QUEUED)));
    }

    private List<CommandState> states() {
        return cloud
                .ask(registry -> CompletableFuture.completedFuture(
                        registry.commands().list(CommandQuery.of(pump.endpointId, 10))))
                .stream()
                .map(Command::state)
                .toList();
    }
}
