package io.hawser.core.bytes;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Values of every kind, made at random. */
public final class RandomValues {
    private static final String[] PIECES = {"", "a", "é", "\u0000", "\uD83D\uDE00", "\uD800", "\uFFFD", "/x=", "text"};

    private final Random random;

    /** Values that {@code random} chooses. */
    public RandomValues(Random random) {
        this.random = random;
    }

    /** Text with letters of every length in UTF-8, half surrogate pairs included. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    /** Fields that go at most {@code depth} deep. */
    public Fields fields(int depth) {
        Fields.Builder fields = Fields.builder();
        for (int i = random.nextInt(5); i > 0; i--) {
            fields.put(text(), value(depth));
        }
        return fields.build();
    }

    /** A value that goes at most {@code depth} deep. */
    public Value value(int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 7)) {
            case 0 -> Value.of(text());
            case 1 -> Value.of(random.nextLong() >> random.nextInt(64));
            case 2 -> Value.of(Double.longBitsToDouble(random.nextLong()));
            case 3 -> Value.of(random.nextBoolean());
            case 4 -> new Value.DateTime(random.nextLong());
            case 5 -> new Value.Opaque(text().getBytes(java.nio.charset.StandardCharsets.UTF_16));
            case 6 -> Value.Null.NULL;
            case 7 -> new Value.Nested(fields(depth - 1));
            default -> list(depth - 1);
        };
    }

    private Value list(int depth) {
        List<Value> values = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            values.add(value(depth));
        }
        return new Value.Sequence(values);
    }
}
