package io.hawser.core.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FieldsTest {
    @Test
    void agreesWithALinkedHashMap() {
        long seed = 20261121;
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            Map<String, Value> reference = new LinkedHashMap<>();
            Fields.Builder builder = Fields.builder();
            for (int i = random.nextInt(40); i > 0; i--) {
                String name = "f" + random.nextInt(30);
                Value value = Value.of(random.nextInt(5));
                reference.put(name, value);
                builder.put(name, value);
            }
            Fields fields = builder.build();
            assertThat(fields.names())
                    .as("seed %d round %d", seed, round)
                    .containsExactlyElementsOf(reference.keySet());
            for (int i = 0; i < 30; i++) {
                assertThat(fields.find("f" + i)).isEqualTo(reference.get("f" + i));
            }
        }
    }

    @Test
    void orderDoesNotMatterForEquality() {
        Fields one = Fields.builder().put("a", 1).put("b", "x").build();
        Fields two = Fields.builder().put("b", "x").put("a", 1).build();
        assertThat(one).isEqualTo(two).hasSameHashCodeAs(two);
        assertThat(one).isNotEqualTo(Fields.of("a", Value.of(1)));
        assertThat(one.names()).containsExactly("a", "b");
    }

    @Test
    void kindsNeverEqualEachOther() {
        assertThat(Value.of(1)).isNotEqualTo(Value.of(1.0)).isNotEqualTo(Value.of("1"));
    }

    @Test
    void listsKnowWhetherTheyAreUniform() {
        assertThat(new Value.Sequence(List.of()).uniform()).isTrue();
        assertThat(new Value.Sequence(List.of(Value.of(1), Value.of(2))).uniform())
                .isTrue();
        assertThat(new Value.Sequence(List.of(Value.of(1), Value.of("2"))).uniform())
                .isFalse();
    }

    @Test
    void opaqueValuesAreCopied() {
        byte[] bytes = {1, 2};
        Value.Opaque opaque = new Value.Opaque(bytes);
        bytes[0] = 9;
        opaque.bytes()[1] = 9;
        assertThat(opaque.bytes()).containsExactly(1, 2);
        assertThat(opaque).isEqualTo(new Value.Opaque(new byte[] {1, 2}));
    }
}
