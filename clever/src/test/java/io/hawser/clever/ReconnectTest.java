package io.hawser.clever;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.value.Value;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections that are lost, that do not read, and that are taken over. */
class ReconnectTest {
    private static final String BULK = "x".repeat(60_000);

    private final Notebook notes = new Notebook();
    private final RawServer raw = new RawServer();
    private final List<CleverPeer> peers = new ArrayList<>();

    ReconnectTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        peers.forEach(CleverPeer::close);
        raw.close();
    }

    @Test
    void whatIsSaidBeforeTheFirstConnectionWaitsForIt() throws IOException {
        CleverPeer peer = connect(options());
        peer.send("land");
        try (RawServer.Link link = raw.accept()) {
            assertThat(link.frame()).contains("\"action\": \"land\"");
        }
    }

    @Test
    void aRequestIsAskedAgainWithItsArguments() throws IOException {
        CleverPeer peer = connect(options());
        CompletableFuture<Value> answer =
                peer.request(CleverCommand.of("config").with("send_configspec", Value.of(true)));
        String first;
        try (RawServer.Link link = raw.accept()) {
            first = link.frame();
        }
        try (RawServer.Link link = raw.accept()) {
            assertThat(link.frame()).isEqualTo(first).contains("\"send_configspec\": true");
            link.say(RawFrame.response("\"0001\"", "{\"value\": 7}").with("requested_value", "\"config\""));
            assertThat(answer.join()).isEqualTo(Value.of(7));
        }
    }

    @Test
    void aRequestIsNotAskedAgainIfItShallNot() throws IOException {
        CleverPeer peer = connect(options().resendRequests(false));
        CompletableFuture<Value> answer = peer.request("id");
        try (RawServer.Link link = raw.accept()) {
            assertThat(link.frame()).contains("\"requested_value\": \"id\"");
        }
        assertThatThrownBy(answer::join).hasCauseInstanceOf(CleverClosedException.class);
    }

    @Test
    void actionsThatWereNotSentWaitAndComeWhole() throws IOException {
        CleverPeer peer = connect(options().resumeQueue(true));
        int count = 100;
        for (int i = 0; i < count; i++) {
            peer.send(CleverCommand.of("bulk").arg(Value.of(i)).arg(Value.of(BULK)));
        }
        int seen;
        try (RawServer.Link link = raw.accept()) {
            seen = number(link.frame());
            link.in().skipNBytes(BULK.length() / 2);
        }
        try (RawServer.Link link = raw.accept()) {
            int next = number(link.frame());
            assertThat(next).as("what the network had taken is gone").isGreaterThan(seen);
            while (next < count - 1) {
                assertThat(number(link.frame())).isEqualTo(++next);
            }
        }
    }

    @Test
    void actionsThatWereNotSentFailIfTheyShallNotWait() throws IOException {
        CleverPeer peer = connect(options());
        CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
        for (int i = 0; i < 100; i++) {
            last = peer.send(CleverCommand.of("bulk").arg(Value.of(BULK)));
        }
        raw.accept().close();
        assertThatThrownBy(last::join).hasCauseInstanceOf(CleverClosedException.class);
        notes.awaits("connected");
    }

    @Test
    void aCommandThatCannotBeSentInTimeIsNeverSent() throws IOException {
        CleverPeer peer = connect(options());
        try (RawServer.Link link = raw.accept()) {
            fill(peer);
            assertThatThrownBy(() -> peer.send(CleverCommand.of("land").expiresAfter(Duration.ofMillis(50)))
                            .join())
                    .hasCauseInstanceOf(CleverExpiredException.class)
                    .hasMessageContaining("land could not be sent within PT0.05S");
            assertThatThrownBy(() -> peer.request(CleverCommand.of("id").expiresAfter(Duration.ofMillis(50)))
                            .join())
                    .hasCauseInstanceOf(CleverExpiredException.class);
            peer.send("end");
            assertThat(upTo(link, "end")).noneMatch(name -> name.equals("land") || name.equals("request"));
            assertThat(peer.pending()).isEmpty();
        }
    }

    @Test
    void whatIsUrgentGoesFirst() throws IOException {
        CleverPeer peer = connect(options());
        try (RawServer.Link link = raw.accept()) {
            fill(peer);
            peer.send("normal");
            peer.send(CleverCommand.of("land").urgent());
            peer.send("end");
            List<String> names = upTo(link, "end");
            assertThat(names.indexOf("land")).isLessThan(names.lastIndexOf("bulk"));
            assertThat(names.indexOf("normal")).isGreaterThan(names.lastIndexOf("bulk"));
        }
    }

    @Test
    void tooMuchThatWaitsIsRefused() throws IOException {
        raw.close();
        CleverPeer peer = connect(options().maxQueued(2, 1 << 20));
        List<CompletableFuture<Void>> waiting = List.of(peer.send("one"), peer.send("two"));
        assertThatThrownBy(() -> peer.send("three").join())
                .hasCauseInstanceOf(CleverOverflowException.class)
                .hasMessageContaining("2 parcels");
        assertThat(peer.queued()).isEqualTo(2);
        assertThat(waiting).noneMatch(CompletableFuture::isDone);
    }

    @Test
    void aPeerThatDoesNotAnswerAPingIsConnectedToAgain() throws IOException {
        connect(options().ping("time", Duration.ofMillis(50), Duration.ofMillis(50)));
        try (RawServer.Link link = raw.accept()) {
            assertThat(link.frame()).contains("\"requested_value\": \"time\"");
            raw.accept().close();
        }
        notes.awaits("disconnected: the peer did not answer a ping within PT0.05S");
    }

    @Test
    void aPeerThatTakesNothingIsConnectedToAgain() throws IOException {
        CleverPeer peer = connect(options().stallTimeout(Duration.ofMillis(200)));
        try (RawServer.Link link = raw.accept()) {
            sendMuch(peer, 300);
            raw.accept().close();
            assertThat(link.socket().isConnected()).isTrue();
        }
        notes.awaits("disconnected: nothing left for the peer for PT0.2S");
    }

    @Test
    void aServerThatAcceptsAndClosesIsNotStormed() throws IOException {
        connect(options().reconnectDelays(Duration.ofMillis(80), Duration.ofSeconds(5)));
        long start = System.nanoTime();
        for (int i = 0; i < 4; i++) {
            raw.accept().close();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("half of 80, 160 and 320 ms at least")
                .isGreaterThan(Duration.ofMillis(280));
    }

    @Test
    void aKeptPeerIsTheSameWhenItComesAgain() {
        try (CleverServer server = CleverServer.listen("127.0.0.1:0", options().keepPeersByAddress())) {
            CleverHandlers never = new CleverHandlers().onRequestLater("id", call -> new CompletableFuture<>());
            CleverPeer first = client(server, options().handlers(never));
            CleverPeer kept = Pair.accepted(server);
            CompletableFuture<Value> answer = kept.request("id");
            Awaitility.await().until(() -> kept.queued() == 0);

            CleverPeer second = client(server, options());

            assertThat(answer.join()).isEqualTo(Value.of("copter-1"));
            assertThat(server.peers()).containsExactly(kept);
            notes.awaits("disconnected: a newer connection took its place");
            second.close();
            first.close();
        }
    }

    @Test
    void theProgramCanAskForANewConnection() throws IOException {
        CleverPeer peer = connect(options());
        try (RawServer.Link first = raw.accept()) {
            peer.connected().join().reconnect();
            raw.accept().close();
            assertThat(first.socket().isConnected()).isTrue();
        }
    }

    private CleverOptions options() {
        return Pair.options(notes);
    }

    private CleverPeer connect(CleverOptions options) {
        CleverPeer peer = CleverPeer.connect(raw.address(), options);
        peers.add(peer);
        return peer;
    }

    private CleverPeer client(CleverServer server, CleverOptions options) {
        CleverPeer peer = CleverPeer.connect(Pair.address(server), options);
        peers.add(peer);
        return peer.connected().join();
    }

    /** Sends more than the network takes from somebody who does not read, and waits until it takes no more. */
    private static void fill(CleverPeer peer) {
        sendMuch(peer, 300);
        Awaitility.await().until(() -> peer.queued() > 100);
    }

    private static void sendMuch(CleverPeer peer, int frames) {
        for (int i = 0; i < frames; i++) {
            peer.send(CleverCommand.of("bulk").arg(Value.of(BULK)));
        }
    }

    /** The names of all frames up to the action {@code last}. */
    private static List<String> upTo(RawServer.Link link, String last) throws IOException {
        List<String> names = new ArrayList<>();
        while (!names.contains(last)) {
            String frame = link.frame();
            names.add(
                    frame.contains("\"action\": ")
                            ? frame.replaceAll("(?s).*\"action\": \"(\\w+)\".*", "$1")
                            : "request");
        }
        return names;
    }

    private static int number(String frame) {
        return Integer.parseInt(frame.replaceAll("(?s).*\"args\": \\[(\\d+).*", "$1"));
    }
}
