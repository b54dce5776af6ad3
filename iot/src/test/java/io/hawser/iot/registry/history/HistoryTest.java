package io.hawser.iot.registry.history;

import static io.hawser.iot.registry.history.Said.HOT;
import static io.hawser.iot.registry.history.Said.MODEL;
import static io.hawser.iot.registry.history.Said.alert;
import static io.hawser.iot.registry.history.Said.attribute;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.registry.Registration;
import io.hawser.iot.registry.RegistryLimits;
import io.hawser.iot.registry.Scene;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What devices said is kept once, found again, and goes when it is old; what is known of them is what they said last. */
class HistoryTest {
    private static final String A = "A";
    private static final String B = "B";

    @TempDir
    private Path temp;

    private Scene scene = Scene.inMemory();
    private String id = "";

    @AfterEach
    void end() {
        scene.close();
    }

    private History history() {
        return scene.registry().history();
    }

    private List<String> accept(DeviceMessage... messages) {
        return ids(scene.done(history().accept(List.of(messages))));
    }

    private static List<String> ids(List<KeptMessage> kept) {
        return kept.stream().map(each -> each.message().clientId()).toList();
    }

    private List<String> read(HistoryQuery query) {
        return ids(scene.done(history().read(query)).messages());
    }

    private static HistoryQuery all(boolean newestFirst) {
        return new HistoryQuery(
                Optional.empty(), id -> true, Optional.empty(), -1, Long.MAX_VALUE, 0, 1_000, newestFirst);
    }

    @Test
    void messagesAreKeptInTheOrderInWhichTheyCame() {
        accept(attribute(A, "1", "t", 20, 5), alert(A, "2", 99), attribute(B, "3", "t", 1, 5));
        scene.clock().advance(Duration.ofSeconds(1));
        accept(attribute(A, "4", "t", 21, 6));
        assertThat(read(HistoryQuery.of(A, 10))).containsExactly("4", "2", "1");
        assertThat(read(all(false))).containsExactly("1", "2", "3", "4");
        KeptMessage newest =
                scene.done(history().read(HistoryQuery.of(A, 1))).messages().get(0);
        assertThat(newest.message()).isEqualTo(attribute(A, "4", "t", 21, 6));
        assertThat(newest.received()).isEqualTo(Scene.START + 1_000);
        assertThat(newest.id())
                .isNotEqualTo(scene.done(history().read(HistoryQuery.of(A, 2)))
                        .messages()
                        .get(1)
                        .id());
    }

    @Test
    void pagesByKindAndTimeFitTogether() {
        for (int i = 0; i < 20; i++) {
            accept(attribute(A, "d" + i, "t", i, i), alert(A, "a" + i, i), attribute(B, "b" + i, "t", i, i));
            scene.clock().advance(Duration.ofSeconds(1));
        }
        HistoryQuery alerts = new HistoryQuery(
                Optional.empty(),
                device -> !device.equals(B),
                Optional.of(MessageKind.ALERT),
                Scene.START + 4_000,
                Scene.START + 15_000,
                3,
                4,
                true);
        HistoryPage page = scene.done(history().read(alerts));
        assertThat(ids(page.messages())).containsExactly("a12", "a11", "a10", "a9");
        assertThat(page.total()).isEqualTo(11);
        assertThat(history().count(alerts)).isEqualTo(11);
        List<String> paged = new ArrayList<>();
        for (int offset = 0; offset < 60; offset += 7) {
            paged.addAll(read(new HistoryQuery(
                    Optional.empty(), id -> true, Optional.empty(), -1, Long.MAX_VALUE, offset, 7, false)));
        }
        assertThat(paged).isEqualTo(read(all(false))).hasSize(60);
    }

    @Test
    void aCallThatComesAgainIsAnsweredAndNotKeptTwiceAlsoAfterARestart() {
        registered();
        DeviceMessage[] call = {attribute(id, "1", "t", 20, 5), alert(id, "2", 99)};
        assertThat(accept(call)).containsExactly("1", "2");
        assertThat(accept(call)).isEmpty();
        scene.restart();
        assertThat(accept(call[0], attribute(id, "3", "t", 1, 1), call[1])).containsExactly("3");
        assertThat(read(HistoryQuery.of(id, 10))).containsExactly("3", "2", "1");
    }

    private void registered() {
        String lab = scene.done(scene.registry().applications().add("lab", "", Map.of()))
                .id();
        id = scene.done(scene.registry().devices().register(Registration.of("DEV-1", lab)))
                .id();
    }

    @Test
    void whatMustHappenBeforeAMessageCountsAsKeptHappensAgainIfTheHubEndsInBetween() {
        registered();
        List<String> published = new ArrayList<>();
        List<DeviceMessage> call = List.of(attribute(id, "1", "t", 1, 1));
        CompletableFuture<Boolean> slow = new CompletableFuture<>();
        history().accept(call, fresh -> {
            fresh.forEach(message -> published.add(message.clientId()));
            return slow;
        });
        CompletableFuture<List<KeptMessage>> again = history().accept(call);
        assertThat(again).as("one call of a device after the other").isNotDone();
        scene.restart();
        assertThat(read(HistoryQuery.of(id, 10))).isEmpty();
        scene.done(history().accept(call, fresh -> {
            fresh.forEach(message -> published.add(message.clientId()));
            return CompletableFuture.completedFuture(true);
        }));
        scene.done(history()
                .accept(call, fresh -> CompletableFuture.failedFuture(new IllegalStateException("nothing new"))));
        assertThat(published).containsExactly("1", "1");
        assertThat(read(HistoryQuery.of(id, 10))).containsExactly("1");
    }

    @Test
    void theSameIdOfTwoDevicesAreTwoMessagesAndWhatHasNoIdIsNewEachTime() {
        assertThat(accept(attribute(A, "1", "t", 1, 1), attribute(B, "1", "t", 1, 1), attribute(A, "1", "t", 1, 1)))
                .containsExactly("1", "1");
        assertThat(accept(attribute(A, "", "t", 1, 1), attribute(A, "", "t", 1, 1)))
                .hasSize(2);
        assertThat(accept(attribute(A, "", "t", 1, 1))).hasSize(1);
    }

    @Test
    void aCallThatComesAgainWhileTheFirstIsOnItsWayIsAnsweredWhenThatIsSafe() {
        CompletableFuture<List<KeptMessage>> first = history().accept(List.of(attribute(A, "1", "t", 1, 1)));
        CompletableFuture<List<KeptMessage>> second = history().accept(List.of(attribute(A, "1", "t", 1, 1)));
        assertThat(second).isNotDone();
        assertThat(scene.done(second)).isEmpty();
        assertThat(ids(first.join())).containsExactly("1");
    }

    @Test
    void asManyIdsAreKnownAgainAsTheLimitSays() {
        scene.restart(RegistryLimits.DEFAULT.withHistory(HistoryLimits.DEFAULT.withIds(3)));
        IntStream.range(0, 40).forEach(i -> accept(attribute(A, "m" + i, "t", i, i)));
        assertThat(accept(attribute(A, "m37", "t", 1, 1))).isEmpty();
        assertThat(accept(attribute(A, "m36", "t", 1, 1))).containsExactly("m36");
    }

    @Test
    void whatIsKnownIsWhatWasSaidLastByTheDevicesClock() {
        accept(attribute(A, "1", "t", 20, Scene.START - 10), attribute(A, "2", "h", 40, Scene.START - 10));
        accept(attribute(A, "3", "t", 19, Scene.START - 20));
        LastKnown known = history().known(A, MODEL).orElseThrow();
        assertThat(known.attributes().get("t")).isEqualTo(new KnownValue(Value.of(20), Scene.START - 10, Scene.START));
        accept(attribute(A, "4", "t", 21, Scene.START - 10));
        assertThat(value("t")).isEqualTo(Value.of(21));
        assertThat(value("h")).isEqualTo(Value.of(40));
        assertThat(history().known(A)).hasSize(1);
        assertThat(history().known(B)).isEmpty();
    }

    private Value value(String attribute) {
        return Optional.ofNullable(
                        history().known(A, MODEL).orElseThrow().attributes().get(attribute))
                .orElseThrow()
                .value();
    }

    @Test
    void aDeviceWhoseClockWasAheadIsBelievedAgainWhenItIsRight() {
        accept(attribute(A, "1", "t", 20, Scene.START + Duration.ofDays(400).toMillis()));
        scene.clock().advance(Duration.ofSeconds(1));
        accept(attribute(A, "2", "t", 21, Scene.START + 500));
        assertThat(value("t")).isEqualTo(Value.of(21));
    }

    @Test
    void theNewestMessagesOfAFormatAreKnown() {
        registered();
        IntStream.range(0, 15).forEach(i -> accept(alert(id, "a" + i, i), attribute(id, "d" + i, "t", i, i)));
        scene.restart();
        assertThat(ids(scene.done(history().newest(id, MODEL, HOT, 3)))).containsExactly("a14", "a13", "a12");
        assertThat(ids(scene.done(history().newest(id, MODEL, HOT, 100)))).hasSize(LastKnown.NEWEST);
        assertThat(scene.done(history().newest(id, MODEL, "none", 3))).isEmpty();
        assertThat(scene.done(history().newest(id, MODEL, HOT, 0))).isEmpty();
    }

    @Test
    void whoeverAsksFromWhereHeWasToldMissesNothingAndHasNothingTwice() {
        List<String> heard = new ArrayList<>();
        long since = -1;
        for (int i = 0; i < 30; i++) {
            CompletableFuture<List<KeptMessage>> coming = history().accept(List.of(attribute(A, "m" + i, "t", i, i)));
            if (i % 3 == 0) {
                scene.done(coming);
            }
            long until = history().told();
            heard.addAll(read(
                    new HistoryQuery(Optional.of(A), each -> true, Optional.empty(), since, until, 0, 100, false)));
            since = until;
            scene.done(coming);
        }
        heard.addAll(read(new HistoryQuery(
                Optional.of(A), each -> true, Optional.empty(), since, history().told(), 0, 100, false)));
        assertThat(heard)
                .isEqualTo(IntStream.range(0, 30).mapToObj(i -> "m" + i).toList());
    }

    @Test
    void theOldestGoesWhenThereAreTooManyOrItIsTooOld() {
        registered();
        limit(HistoryLimits.DEFAULT.withKept(5, Duration.ofHours(1)));
        for (int i = 0; i < 8; i++) {
            accept(attribute(id, "a" + i, "t", i, i), attribute(id, "b" + i, "t", i, i));
        }
        tick();
        assertThat(read(HistoryQuery.of(id, 100))).containsExactly("b7", "a7", "b6", "a6", "b5", "a5");
        scene.clock().advance(Duration.ofHours(1).minusMillis(1));
        tick();
        assertThat(read(HistoryQuery.of(id, 100))).hasSize(6);
        scene.clock().advance(Duration.ofMillis(2));
        accept(attribute(id, "c", "t", 1, 1));
        tick();
        scene.restart();
        assertThat(read(HistoryQuery.of(id, 100))).containsExactly("c");
        assertThat(history().crowdedOut()).isZero();
        assertThat(history().known(id, MODEL)).as("what is known stays").isPresent();
    }

    private void limit(HistoryLimits limits) {
        scene.restart(RegistryLimits.DEFAULT.withHistory(limits));
    }

    private void tick() {
        scene.registry().tick();
        scene.done(history().accept(List.of(attribute("last", "", "t", 1, 1))));
        scene.done(history().forget("last"));
    }

    @Test
    void inAllThereAreNoMoreCallsAndBytesThanTheLimitsAndWhatGoesForThatIsCounted() {
        limit(HistoryLimits.DEFAULT.withTotals(3, 1_000_000));
        IntStream.range(0, 5).forEach(i -> accept(attribute("D" + i, "m" + i, "t", i, i)));
        tick();
        assertThat(read(all(false))).containsExactly("m2", "m3", "m4");
        assertThat(history().crowdedOut()).isEqualTo(2);
        limit(HistoryLimits.DEFAULT.withTotals(100, 500));
        Fields wide = Fields.of("text", Value.of("x".repeat(200)));
        IntStream.range(0, 4).forEach(i -> accept(with(wide, "w" + i)));
        tick();
        assertThat(read(all(false))).containsExactly("w3");
    }

    private static DeviceMessage with(Fields data, String id) {
        DeviceMessage like = attribute(A, id, "t", 1, 1);
        return new DeviceMessage(
                id, A, MessageKind.DATA, MODEL, like.format(), "", "", like.priority(), like.reliability(), 1, data);
    }

    @Test
    void aMessageThatIsTooLongRefusesItsWholeCall() {
        int room = HistoryLimits.DEFAULT.messageBytes();
        DeviceMessage empty = with(Fields.of("text", Value.of("x".repeat(1_000))), "fits");
        int head = MessageBytes.write(empty).length() - 1_000;
        // the length of a text of more than 8,191 characters takes one byte more
        DeviceMessage fits = with(Fields.of("text", Value.of("x".repeat(room - head - 1))), "fits");
        assertThat(MessageBytes.write(fits).length()).isEqualTo(room);
        assertThat(accept(fits)).containsExactly("fits");
        DeviceMessage long1 = with(Fields.of("text", Value.of("x".repeat(room - head))), "long");
        assertThat(scene.refused(history().accept(List.of(attribute(A, "1", "t", 1, 1), long1))))
                .hasMessageContaining(
                        "message long of device A has " + (room + 1) + " bytes, and the limit is " + room);
        assertThat(read(HistoryQuery.of(A, 10))).containsExactly("fits");
    }

    @Test
    void oneCallMayHoldMessagesOfManyDevicesAndMuchOfEach() {
        List<DeviceMessage> many = new ArrayList<>();
        IntStream.range(0, 1_500).forEach(i -> many.add(attribute("D" + i, "m" + i, "t", i, i)));
        Fields wide = Fields.of("text", Value.of("x".repeat(100_000)));
        IntStream.range(0, 20).forEach(i -> many.add(with(wide, "w" + i)));
        assertThat(scene.done(history().accept(many))).hasSize(1_520);
        assertThat(history().count(all(true))).isEqualTo(1_520);
        assertThat(read(new HistoryQuery(
                        Optional.of(A), each -> true, Optional.empty(), -1, Long.MAX_VALUE, 0, 100, false)))
                .isEqualTo(IntStream.range(0, 20).mapToObj(i -> "w" + i).toList());
        assertThat(accept(many.toArray(DeviceMessage[]::new))).isEmpty();
    }

    @Test
    void whatARemovedDeviceSaidIsForgottenAndWhatADecommissionedOneSaidIsNot() {
        registered();
        accept(attribute(id, "1", "t", 1, 1), alert(id, "2", 3));
        scene.done(scene.registry().devices().decommission(id));
        scene.restart();
        assertThat(read(HistoryQuery.of(id, 10))).hasSize(2);
        scene.done(scene.registry().devices().remove(id));
        scene.done(history().forget("nobody"));
        accept(attribute("other", "x", "t", 1, 1));
        scene.restart();
        assertThat(read(all(true))).isEmpty();
        assertThat(history().known(id)).isEmpty();
    }

    @Test
    void onADiskItIsTheSameInTheNextLife() {
        scene.close();
        scene = Scene.on(temp.resolve("data"));
        registered();
        Fields every = Fields.builder()
                .put("text", Value.of("ä\uD800"))
                .put("long", Value.of(Long.MIN_VALUE))
                .put("double", Value.of(-0.0))
                .put("yes", Value.of(true))
                .put("time", new Value.DateTime(7))
                .build();
        DeviceMessage like = alert(id, "a", 5);
        DeviceMessage message = new DeviceMessage(
                "a", id, MessageKind.ALERT, MODEL, HOT, "LOW", "d", "HIGH", "NO_GUARANTEE", like.eventTime(), every);
        accept(message, attribute(id, "b", "t", 2, 2));
        Optional<LastKnown> known = history().known(id, MODEL);
        scene.restart();
        assertThat(history().known(id, MODEL)).isEqualTo(known).isPresent();
        assertThat(scene.done(history().read(HistoryQuery.of(id, 10))).messages())
                .extracting(KeptMessage::message)
                .containsExactly(attribute(id, "b", "t", 2, 2), message);
    }
}
