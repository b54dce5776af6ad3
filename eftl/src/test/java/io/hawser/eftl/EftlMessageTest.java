package io.hawser.eftl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.eftl.EftlMessage.FieldType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The typed fields of messages ({@code specs/eftl.md} 1.8). */
class EftlMessageTest {
    private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_123L);
    private static final EftlMessage INNER =
            EftlMessage.builder().setString("inner", "x").build();
    private static final EftlMessage ALL = EftlMessage.builder()
            .setString("s", "text")
            .setLong("l", Long.MAX_VALUE)
            .setDouble("d", 1.5)
            .setDateTime("t", NOW)
            .setMessage("m", INNER)
            .setOpaque("o", new byte[] {0, 1, 2, -1})
            .setStringArray("sa", List.of("a", "b"))
            .setLongArray("la", List.of(1L, 2L))
            .setDoubleArray("da", List.of(1.5, Double.NaN))
            .setDateTimeArray("ta", List.of(NOW))
            .setMessageArray("ma", List.of(INNER, INNER))
            .setStringArray("empty", List.of())
            .build();

    @Test
    void everyTypeComesOutAsItWentIn() {
        assertThat(ALL.getString("s")).contains("text");
        assertThat(ALL.getLong("l")).hasValue(Long.MAX_VALUE);
        assertThat(ALL.getDouble("d")).hasValue(1.5);
        assertThat(ALL.getDateTime("t")).contains(NOW);
        assertThat(ALL.getMessage("m").orElseThrow().getString("inner")).contains("x");
        assertThat(ALL.getOpaque("o").orElseThrow()).containsExactly(0, 1, 2, -1);
        assertThat(ALL.getStringArray("sa")).contains(List.of("a", "b"));
        assertThat(ALL.getLongArray("la")).contains(List.of(1L, 2L));
        assertThat(ALL.getDoubleArray("da")).contains(List.of(1.5, Double.NaN));
        assertThat(ALL.getDateTimeArray("ta")).contains(List.of(NOW));
        assertThat(ALL.getMessageArray("ma").orElseThrow())
                .extracting(EftlMessage::fields)
                .containsExactly(INNER.fields(), INNER.fields());
    }

    @Test
    void whatIsNotThereIsEmpty() {
        assertThat(ALL.getString("none")).isEmpty();
        assertThat(ALL.getLong("none")).isEmpty();
        assertThat(ALL.getDouble("none")).isEmpty();
        assertThat(ALL.getDateTime("none")).isEmpty();
        assertThat(ALL.getMessage("none")).isEmpty();
        assertThat(ALL.getOpaque("none")).isEmpty();
        assertThat(ALL.getLongArray("none")).isEmpty();
    }

    @Test
    void anotherTypeIsAnErrorThatNamesBoth() {
        assertThatThrownBy(() -> ALL.getString("l"))
                .isInstanceOf(ClassCastException.class)
                .hasMessage("the field 'l' is a long, not a string");
        assertThatThrownBy(() -> ALL.getDouble("l")).isInstanceOf(ClassCastException.class);
        assertThatThrownBy(() -> ALL.getLongArray("sa"))
                .hasMessage("the field 'sa' is an array of strings, not an array of longs");
        assertThatThrownBy(() -> ALL.getLongArray("l")).hasMessage("the field 'l' is a long, not an array of longs");
    }

    @Test
    void theTypeOfAFieldIsKnown() {
        Map<String, FieldType> types = Map.ofEntries(
                Map.entry("s", FieldType.STRING),
                Map.entry("l", FieldType.LONG),
                Map.entry("d", FieldType.DOUBLE),
                Map.entry("t", FieldType.DATETIME),
                Map.entry("m", FieldType.MESSAGE),
                Map.entry("o", FieldType.OPAQUE),
                Map.entry("sa", FieldType.STRING_ARRAY),
                Map.entry("la", FieldType.LONG_ARRAY),
                Map.entry("da", FieldType.DOUBLE_ARRAY),
                Map.entry("ta", FieldType.DATETIME_ARRAY),
                Map.entry("ma", FieldType.MESSAGE_ARRAY),
                Map.entry("empty", FieldType.UNKNOWN),
                Map.entry("none", FieldType.UNKNOWN));
        types.forEach(
                (name, type) -> assertThat(ALL.getFieldType(name)).as(name).isEqualTo(type));
        EftlMessage foreign = EftlMessage.of(Fields.builder()
                .put("b", Value.of(true))
                .put("mixed", new Value.Sequence(List.of(Value.of(1), Value.of("x"))))
                .put("lists", new Value.Sequence(List.of(new Value.Sequence(List.of()))))
                .build());
        assertThat(foreign.getFieldNames())
                .allSatisfy(name -> assertThat(foreign.getFieldType(name)).isEqualTo(FieldType.UNKNOWN));
    }

    @Test
    void anEmptyArrayIsOneOfEveryType() {
        assertThat(ALL.getStringArray("empty")).contains(List.of());
        assertThat(ALL.getMessageArray("empty")).contains(List.of());
    }

    @Test
    void fieldsAreNamedSetAndCleared() {
        assertThat(ALL.getFieldNames())
                .containsExactly("s", "l", "d", "t", "m", "o", "sa", "la", "da", "ta", "ma", "empty");
        assertThat(ALL.isFieldSet("s")).isTrue();
        assertThat(ALL.isFieldSet("none")).isFalse();
        EftlMessage less = ALL.toBuilder()
                .clearField("l")
                .clearField("none")
                .setLong("s", 1)
                .build();
        assertThat(less.getFieldNames()).startsWith("s", "d").doesNotContain("l");
        assertThat(less.getFieldType("s")).isEqualTo(FieldType.LONG);
        assertThat(ALL.isFieldSet("l")).isTrue();
        assertThat(ALL.toBuilder().clearAllFields().build().getFieldNames()).isEmpty();
    }

    @Test
    void bytesAreCopied() {
        byte[] bytes = {1};
        EftlMessage message = EftlMessage.builder().setOpaque("o", bytes).build();
        bytes[0] = 2;
        message.getOpaque("o").orElseThrow()[0] = 3;
        assertThat(message.getOpaque("o").orElseThrow()).containsExactly(1);
    }

    @Test
    void aMessageOfOurOwnHasNothingFromAServer() {
        assertThat(ALL.storeMessageId()).isZero();
        assertThat(ALL.deliveryCount()).isZero();
        assertThat(ALL.isRequest()).isFalse();
        assertThat(ALL.topic()).isEmpty();
        assertThat(ALL.time()).isEmpty();
        assertThat(EftlMessage.ofText("x")).hasToString("{text=\"x\"}");
    }
}
