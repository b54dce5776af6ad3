package io.hawser.clever;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.clever.engine.CleverCount;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands that have left and must not come late. */
class LateCommandTest {
    private static final Duration NEVER = Duration.ofHours(1);

    private final Notebook notes = new Notebook();
    private final RawServer raw = new RawServer();
    private CleverPeer peer;
    private RawServer.Link link;

    LateCommandTest() throws IOException {}

    @BeforeEach
    void connect() throws IOException {
        peer = CleverPeer.connect(
                raw.address(), Pair.options(notes).withoutExtras().ping("time", NEVER, NEVER));
        link = raw.accept();
        peer.connected().join();
    }

    @AfterEach
    void close() throws IOException {
        peer.close();
        link.close();
        raw.close();
    }

    @Test
    void aCommandIsDoneWhenAnAnswerShowsThatItWasRead() throws IOException {
        CompletableFuture<Void> landed = peer.send(land(NEVER));
        assertThat(link.frame()).contains("\"action\": \"land\"");
        String ping = link.frame();
        assertThat(ping).contains("\"requested_value\": \"time\"");
        assertThat(landed).isNotDone();
        answer(ping);
        landed.join();
        assertThat(peer.pending()).isEmpty();
    }

    @Test
    void onePingShowsAllThatWentBeforeItAndNothingThatWentBehindIt() throws IOException {
        CompletableFuture<Void> first = peer.send(land(NEVER));
        link.frame();
        String ping = link.frame();
        List<CompletableFuture<Void>> later =
                Stream.generate(() -> peer.send(land(NEVER))).limit(3).toList();
        for (int i = 0; i < later.size(); i++) {
            assertThat(link.frame()).contains("\"action\": \"land\"");
        }
        answer(ping);
        first.join();
        assertThat(later).noneMatch(CompletableFuture::isDone);
        answer(link.frame());
        later.forEach(CompletableFuture::join);
        assertThat(peer.pending()).isEmpty();
    }

    @Test
    void aCommandThatDoesNotShowInTimeIsTakenBackWithItsConnection() throws IOException {
        CompletableFuture<Void> other = peer.send(land(NEVER));
        CompletableFuture<Void> landed = peer.send(land(Duration.ofMillis(50)));
        assertThatThrownBy(landed::join)
                .hasCauseInstanceOf(CleverExpiredException.class)
                .hasMessageContaining("land was sent, but the peer did not show within PT0.05S that it has it");
        assertThatThrownBy(other::join)
                .hasCauseInstanceOf(CleverClosedException.class)
                .hasMessageContaining("before the peer showed that it has land");
        assertThatIOException().isThrownBy(() -> link.in().readAllBytes()).withMessageContaining("reset");
        assertThat(peer.count(CleverCount.EXPIRED)).isEqualTo(1);
        raw.accept().close();
    }

    @Test
    void aCommandThatDoesNotExpireIsDoneWhenItHasLeft() throws IOException {
        peer.send("land").join();
        peer.send(land(NEVER));
        assertThat(link.frame()).contains("\"action\": \"land\"");
        assertThat(link.frame()).contains("\"action\": \"land\"");
        assertThat(link.frame()).contains("\"requested_value\": \"time\"");
    }

    @Test
    void betweenOursAnErrorIsAnAnswerToo() {
        try (Pair pair = new Pair(options -> options, options -> options.ping("nobody knows it", NEVER, NEVER))) {
            pair.client.send(land(NEVER)).join();
            pair.serverNotes.awaits("land [] {}");
        }
    }

    private void answer(String ping) throws IOException {
        String id = ping.replaceAll("(?s).*(\"request_id\": )(\"\\d+\").*", "$2");
        link.say(RawFrame.response(id, "{\"value\": 1.5}").with("requested_value", "\"time\""));
    }

    private static CleverCommand land(Duration expiry) {
        return CleverCommand.of("land").expiresAfter(expiry);
    }
}
