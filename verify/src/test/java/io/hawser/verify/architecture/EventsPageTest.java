package io.hawser.verify.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.event.EventCode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/events.md} lists the codes of the log as they are. */
class EventsPageTest {
    @Test
    void everyCodeIsListedWithItsMeaning() throws IOException {
        assertThat(Files.readAllLines(House.file("docs/events.md")).stream().filter(line -> line.startsWith("| HUB-")))
                .containsExactlyElementsOf(Stream.of(EventCode.values())
                        .map(code -> "| " + code + " | " + code.meaning() + " |")
                        .toList());
    }

    @Test
    void noNumberStandsForTwo() {
        assertThat(Stream.of(EventCode.values()).map(code -> code.toString()
                        .substring(0, code.toString().indexOf(' '))))
                .isSorted()
                .doesNotHaveDuplicates();
    }
}
