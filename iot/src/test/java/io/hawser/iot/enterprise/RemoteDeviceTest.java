package io.hawser.iot.enterprise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.hawser.iot.device.DirectlyConnectedDevice;
import io.hawser.iot.device.Provision;
import io.hawser.iot.enterprise.Outcome.State;
import io.hawser.iot.link.LinkException;
import io.hawser.iot.model.AttributeChange;
import io.hawser.iot.registry.command.Command;
import io.hawser.iot.registry.command.CommandQuery;
import io.hawser.iot.registry.command.CommandState;
import io.hawser.iot.wire.IotMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An operator's program and a real device of ours, with our hub between them. */
@Timeout(60)
class RemoteDeviceTest {
    @TempDir
    private Path folder;

    private Operations operations;
    private DirectlyConnectedDevice device;
    private io.hawser.iot.device.virtual.VirtualDevice pump;
    private EnterpriseClient operator;

    @BeforeEach
    void start() throws Exception {
        operations = new Operations(folder);
        device = operations.device("pump-7");
        pump = operations.pump(device);
        operator = operations.operator("ops");
    }

    @AfterEach
    void stop() {
        operations.close();
    }

    private VirtualDevice remote() throws Exception {
        return operator.createVirtualDevice("pump-7", Operations.URN);
    }

    private static Outcome ended(CompletableFuture<Outcome> outcome) throws Exception {
        return outcome.get(20, TimeUnit.SECONDS);
    }

    @Test
    void whatIsKnownIsThereAtOnceAndWhatChangesIsToldOnce() throws Exception {
        pump.set("level", 3).join();
        VirtualDevice remote = remote();
        assertThat(remote.get("level", Double.class)).contains(3.0);
        assertThat(remote.get("limit")).contains(80L);
        assertThat(remote.getLastKnown("limit")).isEmpty();
        List<AttributeChange> one = new CopyOnWriteArrayList<>();
        List<List<AttributeChange>> all = new CopyOnWriteArrayList<>();
        remote.setOnChange("l", event -> one.addAll(event.changes()));
        remote.setOnChange(event -> all.add(event.changes()));
        pump.set("level", 3).join();
        Instant now = Instant.ofEpochMilli(1_700_000_000_000L);
        pump.update()
                .set("level", 4.5)
                .set("mode", "slow")
                .set("since", now)
                .finish()
                .join();
        await().until(() -> all.size() == 1 && one.size() == 1);
        assertThat(one).containsExactly(new AttributeChange("level", 4.5, Optional.of(3.0)));
        assertThat(all.get(0))
                .containsExactlyInAnyOrder(
                        new AttributeChange("level", 4.5, Optional.of(3.0)),
                        new AttributeChange("mode", "slow", Optional.empty()),
                        new AttributeChange("since", now, Optional.empty()));
        assertThat(remote.get("since")).contains(now);
    }

    @Test
    void alertsAndDataAreToldEachOnceAndInOrder() throws Exception {
        pump.createAlert(Operations.DRY).set("level", 0).raise().join();
        VirtualDevice remote = remote();
        List<AlertEvent> alerts = new CopyOnWriteArrayList<>();
        List<DataEvent> data = new CopyOnWriteArrayList<>();
        remote.setOnAlert(Operations.DRY, alerts::add);
        remote.setOnAlert(alerts::add);
        remote.setOnData(data::add);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> remote.setOnAlert(Operations.LOG, alerts::add))
                .withMessageContaining("no format urn:test:pump:log for ALERT");
        for (int i = 1; i <= 5; i++) {
            pump.createAlert(Operations.DRY)
                    .set("level", i)
                    .set("why", "leak")
                    .severity(IotMessage.Severity.CRITICAL)
                    .raise()
                    .join();
        }
        pump.createData(Operations.LOG)
                .set("line", "hello")
                .set("at", Instant.EPOCH)
                .submit()
                .join();
        await().until(() -> alerts.size() >= 10 && !data.isEmpty());
        List<Object> levels = new ArrayList<>();
        for (int i = 0; i < alerts.size(); i += 2) {
            assertThat(alerts.get(i)).isEqualTo(alerts.get(i + 1));
            levels.add(alerts.get(i).fields().get("level"));
        }
        assertThat(levels).containsExactly(1.0, 2.0, 3.0, 4.0, 5.0);
        assertThat(alerts.get(0).severity()).isEqualTo(IotMessage.Severity.CRITICAL);
        assertThat(alerts.get(0).fields()).containsEntry("why", "leak");
        assertThat(data.get(0).fields()).isEqualTo(Map.of("line", "hello", "at", Instant.EPOCH));
    }

    @Test
    void ofManyAlertsAtOnceNoneIsMissed() throws Exception {
        VirtualDevice remote = remote();
        List<Object> levels = new CopyOnWriteArrayList<>();
        remote.setOnAlert(event -> levels.add(event.fields().get("level")));
        operations.cut(true);
        List<CompletableFuture<Void>> raised = new ArrayList<>();
        List<Object> all = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            raised.add(pump.createAlert(Operations.DRY).set("level", i).raise());
            pump.createData(Operations.LOG).set("line", "noise").submit();
            all.add((double) i);
        }
        for (CompletableFuture<Void> each : raised) {
            each.join();
        }
        operations.cut(false);
        await().untilAsserted(() -> assertThat(levels).hasSameSizeAs(all));
        assertThat(levels).containsExactlyElementsOf(all);
    }

    @Test
    void whatTheDeviceDoesIsCompletedAndHeard() throws Exception {
        pump.setOnChange(event -> {});
        List<Optional<Object>> called = new CopyOnWriteArrayList<>();
        pump.setCallable("turn", called::add);
        pump.setCallable("start", called::add);
        VirtualDevice remote = remote();
        List<ChangeEvent> heard = new CopyOnWriteArrayList<>();
        remote.setOnChange("limit", heard::add);
        Outcome set = ended(remote.set("limit", 77));
        assertThat(set.state()).as(set.toString()).isEqualTo(State.COMPLETED);
        assertThat(set.status()).isEqualTo(202);
        await().until(() -> heard.size() == 1);
        assertThat(remote.get("limit")).contains(77L);
        assertThat(pump.get("limit")).contains(77L);
        Instant now = Instant.ofEpochMilli(1_700_000_000_000L);
        assertThat(ended(remote.update()
                                .set("mode", "fast")
                                .set("on", true)
                                .set("since", now)
                                .finish())
                        .isCompleted())
                .isTrue();
        assertThat(pump.get("since")).contains(now);
        assertThat(pump.get("on")).contains(true);
        assertThat(ended(remote.call("t", 0.5)).isCompleted()).isTrue();
        assertThat(ended(remote.call("start")).isCompleted()).isTrue();
        assertThat(called).containsExactly(Optional.of(0.5), Optional.empty());
    }

    @Test
    void whatTheDeviceRefusesHasFailedWithItsWords() throws Exception {
        pump.setOnChange("limit", event -> {
            throw new IllegalStateException("the valve is stuck");
        });
        VirtualDevice remote = remote();
        Outcome refused = ended(remote.set("limit", 77));
        assertThat(refused.state()).isEqualTo(State.FAILED);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("the valve is stuck");
        assertThat(refused.reason()).contains("the device answered 400");
        assertThat(ended(remote.call("start")).status()).isEqualTo(404);
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeItLeaves() throws Exception {
        VirtualDevice remote = remote();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> remote.set("level", 1))
                .withMessageContaining("level is not writable");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> remote.set("limit", 101))
                .withMessageContaining("limit must be within 0,100");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> remote.set("colour", "red"))
                .withMessageContaining("no attribute colour");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> remote.call("turn", 2))
                .withMessageContaining("turn must be within -1,1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> remote.call("turn"))
                .withMessageContaining("takes an argument");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> remote.call("start", 1))
                .withMessageContaining("start takes no argument");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> remote.call("stop"))
                .withMessageContaining("no action stop");
        assertThatIllegalStateException().isThrownBy(() -> remote.update().finish());
        remote.close();
        assertThatIllegalStateException().isThrownBy(() -> remote.set("limit", 1));
    }

    @Test
    void anOrderForADeviceThatDoesNotComeExpiresOrIsTakenBack() throws Exception {
        DirectlyConnectedDevice away = operations.device("pump-8");
        VirtualDevice remote = operator.createVirtualDevice("pump-8", Operations.URN);
        Outcome expired = ended(remote.set("limit", 1));
        assertThat(expired.state()).as(expired.toString()).isEqualTo(State.EXPIRED);
        assertThat(expired.reason()).isNotEmpty();
        assertThat(ended(operator.outcome(expired.request())).state()).isEqualTo(State.EXPIRED);

        CompletableFuture<Outcome> waiting = remote.set("limit", 2);
        await().until(() -> queued(away).size() == 1);
        String id = queued(away).get(0);
        operations.cloud.ask(registry -> registry.commands().cancel(id));
        assertThat(ended(waiting).state()).isEqualTo(State.CANCELLED);
    }

    private List<String> queued(DirectlyConnectedDevice away) {
        CommandQuery waiting = new CommandQuery(
                Optional.of(away.getEndpointId()), Optional.empty(), Set.of(CommandState.QUEUED), 0, 10);
        return operations.cloud.ask(registry -> CompletableFuture.completedFuture(
                registry.commands().list(waiting).stream().map(Command::id).toList()));
    }

    @Test
    void whoWaitedLongEnoughCanAskAgain() throws Exception {
        EnterpriseOptions hasty = EnterpriseOptions.defaults()
                .outcomeInterval(Duration.ofMillis(20))
                .outcomeQuestions(2);
        EnterpriseClient impatient = operations.opened(
                new EnterpriseClient(operations.provisioned("hasty"), Provision.PASSPHRASE.toCharArray(), hasty));
        VirtualDevice remote = impatient.createVirtualDevice("pump-7", Operations.URN);
        CompletableFuture<Void> finish = new CompletableFuture<>();
        pump.setCallable("start", argument -> finish.join());
        Outcome open = ended(remote.call("start"));
        assertThat(open.state()).isEqualTo(State.TIMED_OUT);
        finish.complete(null);
        await().until(() -> ended(impatient.outcome(open.request())).isCompleted());
    }

    @Test
    void aServerThatGoesIsToldOnceAndWatchingGoesOn() throws Exception {
        VirtualDevice remote = remote();
        List<LinkException> told = new CopyOnWriteArrayList<>();
        operator.setOnError(told::add);
        List<AlertEvent> alerts = new CopyOnWriteArrayList<>();
        remote.setOnAlert(alerts::add);
        operations.cut(true);
        await().until(() -> !told.isEmpty());
        pump.createAlert(Operations.DRY).set("level", 0).raise().join();
        operations.cut(false);
        await().until(() -> alerts.size() == 1);
        assertThat(told).hasSize(1);
        assertThat(told.get(0).kind()).isEqualTo(LinkException.Kind.UNREACHABLE);
    }

    @Test
    void nothingIsHeardOfWhoIsClosed() throws Exception {
        VirtualDevice closed = remote();
        VirtualDevice open = remote();
        List<ChangeEvent> heard = new CopyOnWriteArrayList<>();
        closed.setOnChange(heard::add);
        open.setOnChange(heard::add);
        closed.close();
        pump.set("level", 1).join();
        await().until(() -> !heard.isEmpty());
        assertThat(heard).allMatch(event -> event.virtualDevice() == open);
        CompletableFuture<Outcome> waiting = new CompletableFuture<>();
        pump.setCallable("start", argument -> waiting.join());
        CompletableFuture<Outcome> order = open.call("start");
        operator.close();
        assertThatExceptionOfType(Exception.class)
                .isThrownBy(() -> ended(order))
                .withMessageContaining("closed");
        waiting.complete(new Outcome("", State.COMPLETED, 0, "", ""));
    }
}
