package io.hawser.app.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is typed at a terminal: the keys are those that xterm sends. */
class TypedInputTest {
    private static final String UP = "\u001bOA";

    private final PipedOutputStream keys = new PipedOutputStream();
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final TypedInput input;
    private final Path history;

    TypedInputTest(@TempDir Path temp) throws IOException {
        history = temp.resolve("state").resolve("history");
        Terminal terminal = TerminalBuilder.builder()
                .system(false)
                .streams(new PipedInputStream(keys), shown)
                .encoding(StandardCharsets.UTF_8)
                .type("xterm")
                .size(new Size(80, 24))
                .build();
        input = new TypedInput(
                terminal,
                Optional.of(history),
                line -> line.startsWith(".die ") ? List.of("GCS") : List.of(".die", ".who"));
    }

    @AfterEach
    void leave() throws IOException {
        keys.close();
        input.close();
    }

    @Test
    void linesComeBackFromHistory() throws IOException {
        press("hello\r" + UP + " you\r");

        assertThat(input.next()).contains("hello");
        assertThat(input.next()).contains("hello you");
        assertThat(history).content().contains("hello").contains("hello you");
    }

    @Test
    void commandsAndNamesAreCompleted() throws IOException {
        press(".d\t\t\r");

        assertThat(input.next())
                .hasValueSatisfying(line -> assertThat(line.strip()).isEqualTo(".die GCS"));
    }

    @Test
    void whatIsShownStandsAboveTheLineThatIsTyped() throws IOException {
        CompletableFuture<Optional<String>> line = CompletableFuture.supplyAsync(input::next);
        press("hel");
        await().until(() -> screen().contains("hel"));

        input.show("B sent  'x'");
        await().until(() -> screen().contains("B sent  'x'"));
        press("lo\r");

        assertThat(line.orTimeout(10, TimeUnit.SECONDS).join()).contains("hello");
    }

    @Test
    void closingTakesTheLineOff() throws IOException {
        CompletableFuture<Optional<String>> line = CompletableFuture.supplyAsync(input::next);
        press("hel");
        await().until(() -> screen().contains("hel"));

        input.close();

        assertThat(line.orTimeout(10, TimeUnit.SECONDS).join()).isEmpty();
        assertThat(input.next()).isEmpty();
    }

    private void press(String text) throws IOException {
        keys.write(text.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    private String screen() {
        return shown.toString(StandardCharsets.UTF_8);
    }
}
