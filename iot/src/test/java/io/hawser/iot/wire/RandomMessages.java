package io.hawser.iot.wire;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.wire.IotHead.Direction;
import io.hawser.iot.wire.IotHead.Priority;
import io.hawser.iot.wire.IotHead.Reliability;
import io.hawser.iot.wire.IotHead.Stamp;
import io.hawser.iot.wire.IotMessage.ResourcesReport;
import io.hawser.iot.wire.IotMessage.ResourcesReport.Resource;
import io.hawser.iot.wire.IotMessage.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Supplier;

/** Messages of a seeded generator, of what JSON tells apart: no datetimes, and no small double that is an integer. */
public final class RandomMessages {
    private static final String[] PIECES = {
        "a",
        "Z9",
        " ",
        "\"",
        "\\",
        "/",
        "\n",
        "\t",
        "\u0000",
        "\u001f",
        "\u007f",
        "\u00e9",
        "\u20ac",
        "\u2028",
        "\ud83d\ude00",
        "\ud800",
        "\udc00",
        "\ufeff",
        "<&>",
        "{",
        "}",
        "{}",
        ":",
        "%"
    };
    private static final double[] DOUBLES = {
        -0.0, 1.5, 1e15 + 0.5, 1e-300, Double.MIN_VALUE, Double.MAX_VALUE, 0x1p53, -1e22
    };
    private static final String[] METHODS = {"GET", "PUT", "POST", "PATCH", "DELETE"};

    private final Random random;

    /** Messages by {@code random}. */
    public RandomMessages(Random random) {
        this.random = random;
    }

    /** Any message. */
    public IotMessage message() {
        return switch (random.nextInt(5)) {
            case 0 -> new IotMessage.Data(head(false), some(), items(1));
            case 1 -> new IotMessage.Alert(head(false), some(), one(Severity.values()), text(), items(0));
            case 2 ->
                new IotMessage.Request(head(true), METHODS[random.nextInt(5)], some(), headers(), any(2), bytes());
            case 3 ->
                new IotMessage.Response(head(false), 100 + random.nextInt(500), some(), text(), headers(), bytes());
            default ->
                new ResourcesReport(
                        head(false),
                        one(ResourcesReport.Change.values()),
                        text(),
                        random.nextBoolean() ? Optional.of(text()) : Optional.empty(),
                        list(this::resource));
        };
    }

    /** Anything that JSON can say, nested at most {@code depth} deep. */
    Value value(int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0 -> Value.of(text());
            case 1 -> Value.of(random.nextInt(3) == 0 ? random.nextLong() : random.nextInt(200) - 100);
            case 2 -> Value.of(DOUBLES[random.nextInt(DOUBLES.length)]);
            case 3 -> Value.of(random.nextBoolean());
            case 4 -> Value.Null.NULL;
            case 5 -> new Value.Nested(any(depth - 1));
            default -> new Value.Sequence(list(() -> value(depth - 1)));
        };
    }

    private IotHead head(boolean whole) {
        Supplier<String> text = whole ? this::some : this::text;
        return new IotHead(
                text(),
                text.get(),
                text.get(),
                text(),
                text(),
                one(Priority.values()),
                one(Reliability.values()),
                whole || random.nextBoolean() ? OptionalLong.of(random.nextLong()) : OptionalLong.empty(),
                texts(),
                items(0),
                Optional.empty());
    }

    /** The head that a hub has kept. */
    Stamp stamp() {
        return new Stamp(one(Direction.values()), OptionalLong.of(random.nextInt()), OptionalLong.empty());
    }

    private Resource resource() {
        List<String> methods = new ArrayList<>();
        for (String method : METHODS) {
            if (random.nextBoolean()) {
                methods.add(method);
            }
        }
        return new Resource(text(), text(), some(), one(ResourcesReport.Status.values()), methods);
    }

    private Fields items(int least) {
        Fields.Builder items = Fields.builder();
        for (int i = random.nextInt(4) + least; i > 0; i--) {
            Value value = value(0);
            items.put(name(), value == Value.Null.NULL ? Value.of(7) : value);
        }
        return items.build();
    }

    private Fields any(int depth) {
        Fields.Builder fields = Fields.builder();
        for (int i = random.nextInt(4); i > 0; i--) {
            fields.put(name(), value(depth));
        }
        return fields.build();
    }

    private Map<String, List<String>> headers() {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            headers.put("X-" + random.nextInt(9), list(this::text));
        }
        return headers;
    }

    private Map<String, List<String>> texts() {
        Map<String, List<String>> texts = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            texts.put(name(), list(this::text));
        }
        return texts;
    }

    private <T> List<T> list(Supplier<T> each) {
        List<T> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(each.get());
        }
        return list;
    }

    private Value.Opaque bytes() {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return new Value.Opaque(bytes);
    }

    private String some() {
        return text() + "x";
    }

    /** Halves of characters are no names. */
    private String name() {
        return text().replaceAll("\\p{Cs}", "?");
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private <T> T one(T[] of) {
        return of[random.nextInt(of.length)];
    }
}
