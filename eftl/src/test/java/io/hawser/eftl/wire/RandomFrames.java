package io.hawser.eftl.wire;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Supplier;

/** Frames and bodies of a seeded generator, within the default limits and of eFTL's own kinds. */
final class RandomFrames {
    private static final String[] PIECES = {
        "a", "Z9", " ", "\"", "\\", "/", "\n", "\t", "\u0000", "\u001f", "\u007f", "é", "€", "\u2028", "\u2029", "😀",
        "\ud800", "\udc00", "\ufeff", "<&>"
    };
    private static final double[] DOUBLES = {
        0.0,
        -0.0,
        3.0,
        1.5,
        1e15,
        1e-300,
        Double.MIN_VALUE,
        Double.MAX_VALUE,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
    };

    private final Random random;
    private final EftlBody bodies;

    RandomFrames(Random random, EftlBody bodies) {
        this.random = random;
        this.bodies = bodies;
    }

    ClientFrame client() throws ProtocolException {
        return switch (random.nextInt(18)) {
            case 0 -> new ClientFrame.Heartbeat();
            case 1 -> login();
            case 2 -> subscribe();
            case 3 -> new ClientFrame.Unsubscribe(name(), random.nextBoolean());
            case 4 -> new ClientFrame.Publish(maybeNumber(), body(), origin());
            case 5 -> new ClientFrame.Acknowledge(number(), maybe(this::name));
            case 6 -> new ClientFrame.Disconnect(text());
            case 7 -> new ClientFrame.Request(number(), body());
            case 8 -> new ClientFrame.Reply(maybeNumber(), new ReplyAddress(name(), number()), body());
            case 9 -> new ClientFrame.MapCreate(maybeNumber(), name());
            case 10 -> new ClientFrame.MapDestroy(maybeNumber(), name());
            case 11 -> new ClientFrame.MapSet(maybeNumber(), name(), name(), body(), maybeNumber());
            case 12 -> new ClientFrame.MapGet(maybeNumber(), name(), name());
            case 13 -> new ClientFrame.MapRemove(maybeNumber(), name(), name(), maybeNumber());
            case 16 -> new ClientFrame.MapKeys(maybeNumber(), name(), text(), text());
            case 14 -> new ClientFrame.Stop(name(), number());
            case 15 -> new ClientFrame.Start(name());
            default -> new ClientFrame.Unknown(100 + random.nextInt(1000));
        };
    }

    ServerFrame server() throws ProtocolException {
        return switch (random.nextInt(12)) {
            case 0 -> new ServerFrame.Heartbeat();
            case 1 -> welcome();
            case 2 -> new ServerFrame.Subscribed(name(), maybeNumber());
            case 3 -> new ServerFrame.Unsubscribed(name(), refusal());
            case 4 -> random.nextBoolean() ? event() : changed();
            case 5 -> new ServerFrame.Acknowledged(number(), maybe(this::refusal), maybeNumber());
            case 6 -> new ServerFrame.Failure(refusal());
            case 7 -> new ServerFrame.Goodbye(refusal());
            case 8 -> new ServerFrame.RequestReply(number(), Optional.of(body()), maybe(this::refusal));
            case 9 -> new ServerFrame.MapResponse(number(), Optional.of(body()), maybe(this::refusal), maybeNumber());
            case 10 -> new ServerFrame.Started(name());
            default -> new ServerFrame.Unknown(-1 - random.nextInt(1000));
        };
    }

    ServerFrame.Event event() throws ProtocolException {
        Optional<ReplyAddress> replyTo = maybe(() -> new ReplyAddress(name(), number()));
        return new ServerFrame.Event(
                name(),
                OptionalLong.of(number()),
                random.nextInt(3),
                random.nextInt(3),
                replyTo,
                body(),
                origin(),
                Optional.empty());
    }

    private ServerFrame.Origin origin() {
        return new ServerFrame.Origin(
                maybe(this::name),
                maybe(this::name),
                maybeNumber(),
                maybe(() -> new ServerFrame.Passage(name(), 1 + random.nextInt(1_000_000), 1 + random.nextInt(9))));
    }

    private ClientFrame login() {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            options.put(name(), text());
        }
        int protocol = random.nextInt(2);
        return new ClientFrame.Login(
                protocol, text(), text(), text(), text(), text(), text(), random.nextInt(), options);
    }

    private ClientFrame subscribe() {
        ClientFrame.AckMode[] modes = ClientFrame.AckMode.values();
        ClientFrame.DurableType[] types = ClientFrame.DurableType.values();
        return new ClientFrame.Subscribe(
                name(),
                text(),
                maybe(this::name),
                modes[random.nextInt(modes.length)],
                types[random.nextInt(types.length)],
                maybe(this::name),
                random.nextBoolean(),
                maybe(this::name),
                maybe(this::feed));
    }

    /** One without a map has a place where it begins. */
    private ClientFrame.Feed feed() {
        return random.nextBoolean()
                ? new ClientFrame.Feed(Optional.of(name()), text(), maybeNumber())
                : new ClientFrame.Feed(Optional.empty(), text(), OptionalLong.of(number()));
    }

    private ServerFrame.Event changed() throws ProtocolException {
        ServerFrame.Origin time = new ServerFrame.Origin(Optional.empty(), Optional.empty(), maybeNumber());
        return new ServerFrame.Event(
                name(), OptionalLong.of(number()), 0, 0, Optional.empty(), body(), time, Optional.of(change()));
    }

    private ServerFrame.Change change() {
        ServerFrame.ChangeKind[] kinds = ServerFrame.ChangeKind.values();
        return new ServerFrame.Change(kinds[random.nextInt(kinds.length)], text(), number());
    }

    private ServerFrame welcome() {
        return new ServerFrame.Welcome(
                name(),
                text(),
                number(),
                number(),
                number(),
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextInt(2),
                random.nextBoolean(),
                random.nextBoolean(),
                maybe(this::name));
    }

    private ServerFrame.Refusal refusal() {
        return new ServerFrame.Refusal(1 + random.nextInt(99), text());
    }

    Body body() throws ProtocolException {
        return bodies.encode(fields(0));
    }

    private Fields fields(int depth) {
        Fields.Builder builder = Fields.builder();
        for (int i = random.nextInt(depth == 0 ? 20 : 4); i > 0; i--) {
            builder.put(name(), value(depth));
        }
        return builder.build();
    }

    private Value value(int depth) {
        int kind = random.nextInt(depth > 4 ? 5 : 7);
        if (kind == 6) {
            int element = random.nextInt(6);
            List<Value> values = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                values.add(value(element, depth + 1));
            }
            return new Value.Sequence(values);
        }
        return value(kind, depth);
    }

    private Value value(int kind, int depth) {
        return switch (kind) {
            case 0 -> Value.of(text());
            case 1 -> Value.of(number());
            case 2 -> Value.of(real());
            case 3 -> new Value.DateTime(number());
            case 4 -> opaque();
            default -> new Value.Nested(fields(depth + 1));
        };
    }

    private Value opaque() {
        byte[] bytes = new byte[random.nextInt(6)];
        random.nextBytes(bytes);
        return new Value.Opaque(bytes);
    }

    private double real() {
        double any = Double.longBitsToDouble(random.nextLong());
        return random.nextBoolean() ? DOUBLES[random.nextInt(DOUBLES.length)] : any;
    }

    private long number() {
        return switch (random.nextInt(5)) {
            case 0 -> random.nextLong();
            case 1 -> Long.MIN_VALUE;
            case 2 -> Long.MAX_VALUE;
            default -> random.nextInt(100) - 10L;
        };
    }

    private OptionalLong maybeNumber() {
        return random.nextBoolean() ? OptionalLong.of(number()) : OptionalLong.empty();
    }

    private <T> Optional<T> maybe(Supplier<T> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }

    /** Not empty, and without half characters: no field name may hold them. */
    private String name() {
        return "n" + text().replace("\ud800", "").replace("\udc00", "");
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }
}
