package io.hawser.eftl.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.match.ContentMatcher;
import io.hawser.core.value.Fields;
import io.hawser.eftl.wire.ClientFrame;
import io.hawser.eftl.wire.EftlCodec;
import io.hawser.eftl.wire.EftlLimits;
import io.hawser.eftl.wire.ProtocolException;
import io.hawser.eftl.wire.ReplyAddress;
import io.hawser.eftl.wire.ServerFrame;
import io.hawser.eftl.wire.Vectors;
import io.hawser.net.Loops;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What TIBCO's own Java, JavaScript and Python clients sent, played against the gateway: each frame must get the answer
 * that {@code specs/eftl.md} 1 gives it, once, and each live subscription every message that it matches. The server's half
 * of the captures is not looked at: it comes from a stand-in.
 */
class OriginalClientsTest {
    private static final EftlCodec CODEC = new EftlCodec(EftlLimits.DEFAULT);

    private final Loops loops = Loops.start(1, "unused");
    private final TestHub hub = new TestHub(loops);
    private final Map<Integer, Client> clients = new HashMap<>();

    /** One connection of the original. */
    private static final class Client {
        final List<String> heard = new ArrayList<>();
        final Map<String, ContentMatcher> live = new HashMap<>();
        Optional<TestSocket> socket = Optional.empty();
        Optional<ReplyAddress> asked = Optional.empty();

        void note(ClientFrame frame) {
            if (frame instanceof ClientFrame.Subscribe subscribe
                    && subscribe.durable().isEmpty()
                    && owed(frame).startsWith("subscribed")) {
                live.put(subscribe.id(), matcher(subscribe.matcher()).orElseThrow());
            } else if (frame instanceof ClientFrame.Unsubscribe unsubscribe) {
                live.remove(unsubscribe.id());
            }
        }
    }

    static Stream<String> files() {
        return Vectors.FILES.stream();
    }

    @AfterEach
    void stop() {
        loops.close();
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyFrameGetsItsAnswer(String file) throws ProtocolException {
        int said = 0;
        for (Vectors.Line line : Vectors.lines(file)) {
            Client client = clients.computeIfAbsent(line.connection(), number -> new Client());
            switch (line.direction()) {
                case "HTTP" ->
                    client.socket = hub.connect(line.text().replaceAll("GET (/[^? ]*).*", "$1"), client.heard::add);
                case "C>S" -> {
                    say(client, line.text());
                    said++;
                }
                case "S--", "C--" -> end(client);
                default -> assertThat(line.direction()).isEqualTo("S>C");
            }
        }
        assertThat(said).isPositive();
    }

    private void end(Client client) {
        client.socket.ifPresent(TestSocket::lose);
        client.socket = Optional.empty();
        client.live.clear();
        hub.clock.run();
    }

    private void say(Client client, String text) throws ProtocolException {
        clients.values().forEach(other -> other.heard.clear());
        ClientFrame frame = asWeWereAsked(client, CODEC.readClient(text.getBytes(StandardCharsets.UTF_8)));
        client.socket.orElseThrow().client(new String(CODEC.write(frame), StandardCharsets.UTF_8));
        hub.clock.run();
        client.note(frame);
        List<String> answers = new ArrayList<>();
        for (String line : client.heard) {
            if (line.startsWith("< ") && read(line) instanceof ServerFrame.Event event) {
                client.asked = event.replyTo().or(() -> client.asked);
            }
            String answer = line.startsWith("< ") ? answer(read(line)) : line.strip();
            if (!answer.startsWith("event")) {
                answers.add(answer);
            }
        }
        assertThat(answers).as(text).containsExactlyInAnyOrderElementsOf(owed(client, frame));
        if (frame instanceof ClientFrame.Publish publish) {
            for (Client other : clients.values()) {
                hears(other, publish.body().fields());
            }
        }
    }

    /** The stand-in asked with other addresses than the gateway. */
    private static ClientFrame asWeWereAsked(Client client, ClientFrame frame) {
        return frame instanceof ClientFrame.Reply reply
                ? new ClientFrame.Reply(reply.seq(), client.asked.orElseThrow(), reply.body())
                : frame;
    }

    /** All that {@code frame} must lead to: its own answer, and with a reply the answer to the request. */
    private static List<String> owed(Client client, ClientFrame frame) {
        if (frame instanceof ClientFrame.Request request
                && client.live.values().stream()
                        .anyMatch(matcher -> matcher.matches(request.body().fields()))) {
            return List.of();
        } else if (frame instanceof ClientFrame.Reply reply) {
            return List.of(owed(frame), "reply " + reply.to().request());
        }
        return Stream.of(owed(frame)).filter(answer -> !answer.isEmpty()).toList();
    }

    private static void hears(Client client, Fields fields) throws ProtocolException {
        List<String> wanted = client.live.entrySet().stream()
                .filter(wish -> wish.getValue().matches(fields))
                .map(Map.Entry::getKey)
                .toList();
        List<String> told = new ArrayList<>();
        for (String line : client.heard) {
            if (line.startsWith("< ")
                    && read(line) instanceof ServerFrame.Event event
                    && client.live.containsKey(event.to())) {
                assertThat(event.body().fields()).isEqualTo(fields);
                told.add(event.to());
            }
        }
        assertThat(told).containsExactlyInAnyOrderElementsOf(wanted);
    }

    private static ServerFrame read(String line) throws ProtocolException {
        return CODEC.readServer(line.substring(2).getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<ContentMatcher> matcher(String text) {
        try {
            return Optional.of(CODEC.matcher(text));
        } catch (ProtocolException invalid) {
            return Optional.empty();
        }
    }

    /** What the gateway said, in short. */
    private static String answer(ServerFrame frame) {
        if (frame instanceof ServerFrame.Welcome welcome) {
            return "welcome " + welcome.clientId().replaceFirst("^client-[0-9a-f]{12}$", "");
        } else if (frame instanceof ServerFrame.Subscribed subscribed) {
            return "subscribed " + subscribed.id();
        } else if (frame instanceof ServerFrame.Unsubscribed refused) {
            return "unsubscribed " + refused.id() + " " + refused.refusal().code();
        } else if (frame instanceof ServerFrame.Acknowledged acknowledged) {
            return "acknowledged " + acknowledged.seq()
                    + acknowledged
                            .refusal()
                            .map(refusal -> " " + refusal.code())
                            .orElse("");
        } else if (frame instanceof ServerFrame.RequestReply reply) {
            return "reply " + reply.seq()
                    + reply.refusal().map(refusal -> " " + refusal.code()).orElse("");
        } else if (frame instanceof ServerFrame.MapResponse map) {
            return "map " + map.seq()
                    + map.refusal().map(refusal -> " " + refusal.code()).orElse("");
        } else if (frame instanceof ServerFrame.Started started) {
            return "started " + started.to();
        } else if (frame instanceof ServerFrame.Failure failure) {
            return "failure " + failure.refusal().code();
        }
        return frame instanceof ServerFrame.Event ? "event" : String.valueOf(frame);
    }

    /** What the specification and this version owe {@code frame}; empty: nothing. */
    private static String owed(ClientFrame frame) {
        if (frame instanceof ClientFrame.Login login) {
            return "welcome " + login.clientId();
        } else if (frame instanceof ClientFrame.Subscribe subscribe) {
            boolean invalid = matcher(subscribe.matcher()).isEmpty();
            return invalid ? "unsubscribed " + subscribe.id() + " 22" : "subscribed " + subscribe.id();
        } else if (frame instanceof ClientFrame.Publish publish) {
            return "acknowledged " + publish.seq().orElseThrow();
        } else if (frame instanceof ClientFrame.Request request) {
            return "reply " + request.seq() + " 41";
        } else if (frame instanceof ClientFrame.Reply reply) {
            return "acknowledged " + reply.seq().orElseThrow();
        } else if (frame instanceof ClientFrame.MapSet map) {
            return "map " + map.seq().orElseThrow();
        } else if (frame instanceof ClientFrame.MapGet map) {
            return "map " + map.seq().orElseThrow();
        } else if (frame instanceof ClientFrame.MapRemove map) {
            return "map " + map.seq().orElseThrow();
        } else if (frame instanceof ClientFrame.Start start) {
            return "started " + start.id();
        } else if (frame instanceof ClientFrame.Disconnect goodbye) {
            return ("closed 1000 " + goodbye.reason()).strip();
        }
        return "";
    }
}
