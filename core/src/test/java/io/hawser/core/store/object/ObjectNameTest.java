package io.hawser.core.store.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"a", "logs/2024/a.bin", "a b", "...", "..a", "a\\b", "C:", "żółw", "\uD83D\uDE00", "*", "%2e%2e"
            })
    void anyTextIsAName(String name) {
        assertThat(new ObjectName("gcs-7", name)).hasToString("gcs-7/" + name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "/", "/a", "a/", "a//b", ".", "..", "a/..", "../a", "a/./b", "a\0", "a\nb", "\u0085", "\u2028",
                "\uD83D"
            })
    void whatCouldLeadElsewhereOrBreakALineIsNone(String name) {
        assertThatThrownBy(() -> new ObjectName("gcs-7", name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("[^\\p{Cc}\\p{Zl}]*must not[^\\p{Cc}\\p{Zl}]*");
        assertThatThrownBy(() -> new ObjectName(name, "a")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void lengthsAreBytesOfUtf8() {
        assertThat(new ObjectName("o", "é".repeat(120)).name()).hasSize(120);
        assertThatThrownBy(() -> new ObjectName("o", "é".repeat(120) + "e"))
                .hasMessageContaining("of 241 bytes is too long, the limit is 240");
        assertThatThrownBy(() -> new ObjectName("é".repeat(121), "a")).hasMessageContaining("the owner of an object");
        String longest = ("x".repeat(204) + '/').repeat(5).substring(0, 1024);
        assertThat(new ObjectName("o", longest).name()).hasSize(1024);
        assertThatThrownBy(() -> new ObjectName("o", longest + 'x'))
                .hasMessageContaining("1025 bytes is too long, the limit is 1024");
    }

    @Test
    void metadataIsSmallAndHasNoControlCharacters() {
        assertThat(new ObjectMetadata("t", Map.of("k", "v".repeat(1022))).fields())
                .hasSize(1);
        assertThatThrownBy(() -> new ObjectMetadata("t", Map.of("k", "v".repeat(1023))))
                .hasMessage("the metadata of an object takes 1025 bytes; the limit is 1024");
        assertThatThrownBy(() -> new ObjectMetadata("t", Map.of("k", "a\r\nb")))
                .hasMessageContaining("control characters");
    }

    @Test
    void aRequestPromisesWhatCanBe() {
        UploadRequest request = UploadRequest.of(new ObjectName("o", "n"));
        assertThatThrownBy(() -> request.withSize(-1)).hasMessageContaining("must not be negative: -1");
        assertThatThrownBy(() -> request.withSha256("AB".repeat(32))).hasMessageContaining("64 lower-case hexadecimal");
    }
}
