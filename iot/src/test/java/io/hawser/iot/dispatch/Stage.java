package io.hawser.iot.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.time.ManualClock;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.link.LinkException;
import io.hawser.iot.link.MessageLink;
import io.hawser.iot.wire.IotHead;
import io.hawser.iot.wire.IotHead.Priority;
import io.hawser.iot.wire.IotHead.Reliability;
import io.hawser.iot.wire.IotMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A dispatcher, and a server that the test plays by hand: no network, no threads, time turned by hand. What the dispatcher sends and
 * what its program hears is one line each:
 *
 * <pre>{@code
 *   post a b            a call with the messages of these client ids; REPORT is the resources', RESPONSE 200 of REQUEST an answer
 *   poll 4190 held      a long poll for so many bytes; "now" instead of "held" without long polling
 *   cancelled           the call that waits was taken back
 *   delivered a b       the program hears this
 *   failed a: BUSY      and this, with the kind of the cause
 * }</pre>
 */
final class Stage {
    static final String ENDPOINT = "EP";

    private final ManualClock clock;
    private final List<String> lines = new ArrayList<>();
    private List<IotMessage> posted = List.of();
    private final MessageDispatcher dispatcher;
    private @Nullable CompletableFuture<List<IotMessage.Request>> post;
    private @Nullable CompletableFuture<List<IotMessage.Request>> poll;

    Stage(DispatcherOptions options) {
        this(new ManualClock(), options, new Random(1));
    }

    Stage(ManualClock clock, DispatcherOptions options, Random chance) {
        this.clock = clock;
        HandLoop loop = new HandLoop(clock);
        dispatcher = MessageDispatcher.open(
                ENDPOINT, new HandLink(), options, new Surroundings(loop, clock, chance, clock, clock));
        dispatcher.onDelivery(messages -> lines.add("delivered " + ids(messages)));
        dispatcher.onError((messages, cause) -> lines.add("failed " + ids(messages) + ": " + name(cause)));
        clock.run();
    }

    /** Without jitter, and with the report of resources already delivered. */
    static Stage started(DispatcherOptions options) {
        Stage stage = new Stage(options.jitter(0));
        stage.accepts();
        stage.hearsAnything();
        return stage;
    }

    static Stage started() {
        return started(options());
    }

    /** Without jitter. */
    static DispatcherOptions options() {
        return DispatcherOptions.defaults().jitter(0);
    }

    // ---- messages ----

    static IotMessage data(String id) {
        return data(id, Priority.LOW, Reliability.BEST_EFFORT);
    }

    static IotMessage data(String id, Priority priority, Reliability reliability) {
        return new IotMessage.Data(
                IotHead.of(id, ENDPOINT, 7).with(priority, reliability), "urn:f", Fields.of("a", Value.of(1)));
    }

    static IotMessage guaranteed(String id) {
        return data(id, Priority.LOW, Reliability.GUARANTEED_DELIVERY);
    }

    static IotMessage alert(String id) {
        return new IotMessage.Alert(
                IotHead.of(id, ENDPOINT, 7).with(Priority.HIGHEST, Reliability.BEST_EFFORT),
                "urn:f",
                IotMessage.Severity.NORMAL,
                "",
                Fields.EMPTY);
    }

    static IotMessage.Request request(String id, String method, String url, String body) {
        IotHead head = IotHead.of(id, "ENT", 7).withId(id).between("ENT", ENDPOINT);
        return new IotMessage.Request(
                head, method, url, Map.of(), Fields.EMPTY, new Value.Opaque(body.getBytes(UTF_8)));
    }

    // ---- the program ----

    MessageDispatcher dispatcher() {
        return dispatcher;
    }

    Receipt queue(IotMessage message) {
        Receipt receipt = dispatcher.queue(message);
        clock.run();
        return receipt;
    }

    void queue(String... ids) {
        for (String id : ids) {
            dispatcher.queue(data(id));
        }
        clock.run();
    }

    // ---- the server ----

    boolean isPosting() {
        return post != null;
    }

    /** The messages of the call that waits. */
    List<IotMessage> posted() {
        return posted;
    }

    /** The call is accepted, with these requests. */
    void accepts(IotMessage.Request... requests) {
        answer().complete(List.of(requests));
        clock.run();
    }

    void fails(LinkException why) {
        answer().completeExceptionally(why);
        clock.run();
    }

    void busy() {
        fails(LinkException.busy("later", Optional.empty()));
    }

    void busy(Duration retryAfter) {
        fails(LinkException.busy("later", Optional.of(retryAfter)));
    }

    void unreachable() {
        fails(LinkException.unreachable("nobody", new IOException("nobody")));
    }

    void refuses(int status) {
        fails(LinkException.answered(LinkException.Kind.REFUSED, status, "no"));
    }

    void pollBrings(IotMessage.Request... requests) {
        CompletableFuture<List<IotMessage.Request>> waiting = Objects.requireNonNull(poll, "no poll");
        poll = null;
        waiting.complete(List.of(requests));
        clock.run();
    }

    void pollFails(LinkException why) {
        CompletableFuture<List<IotMessage.Request>> waiting = Objects.requireNonNull(poll, "no poll");
        poll = null;
        waiting.completeExceptionally(why);
        clock.run();
    }

    // ---- time, and what has happened ----

    void advance(long millis) {
        clock.advance(Duration.ofMillis(millis));
    }

    void run() {
        clock.run();
    }

    ManualClock clock() {
        return clock;
    }

    void note(String line) {
        lines.add(line);
    }

    /** Exactly these lines have come since it was asked last. */
    void hears(String... expected) {
        clock.run();
        assertThat(lines).containsExactly(expected);
        lines.clear();
    }

    void hearsAnything() {
        clock.run();
        lines.clear();
    }

    /** The next call comes just {@code millis} from now, and not before. */
    void hearsAfter(long millis, String expected) {
        advance(millis - 1);
        hears();
        advance(1);
        hears(expected);
    }

    private CompletableFuture<List<IotMessage.Request>> answer() {
        CompletableFuture<List<IotMessage.Request>> waiting = Objects.requireNonNull(post, "no call");
        post = null;
        return waiting;
    }

    static String name(Throwable cause) {
        if (cause instanceof LinkException link) {
            return link.kind().name();
        }
        return cause instanceof DispatchException dispatch ? dispatch.reason().name() : cause.toString();
    }

    static String ids(List<? extends IotMessage> messages) {
        return messages.stream().map(Stage::id).collect(Collectors.joining(" "));
    }

    private static String id(IotMessage message) {
        if (message instanceof IotMessage.Response response) {
            return "RESPONSE " + response.statusCode() + " of " + response.requestId();
        }
        return message instanceof IotMessage.ResourcesReport
                ? "REPORT"
                : message.head().clientId();
    }

    private final class HandLink implements MessageLink {
        @Override
        public CompletableFuture<List<IotMessage.Request>> post(List<IotMessage> messages, int acceptBytes) {
            posted = messages;
            lines.add("post " + ids(messages) + (acceptBytes == 0 ? "" : " for " + acceptBytes));
            assertThat(post).as("one call at a time").isNull();
            post = noted();
            return post;
        }

        @Override
        public CompletableFuture<List<IotMessage.Request>> poll(int acceptBytes, boolean wait) {
            lines.add("poll " + acceptBytes + (wait ? " held" : " now"));
            assertThat(poll).as("one poll at a time").isNull();
            poll = noted();
            return poll;
        }

        private CompletableFuture<List<IotMessage.Request>> noted() {
            CompletableFuture<List<IotMessage.Request>> answer = new CompletableFuture<>();
            answer.whenComplete((requests, failure) -> {
                if (answer.isCancelled()) {
                    lines.add("cancelled");
                    post = answer == post ? null : post;
                    poll = answer == poll ? null : poll;
                }
            });
            return answer;
        }
    }
}
