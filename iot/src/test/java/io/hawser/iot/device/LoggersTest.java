package io.hawser.iot.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LoggersTest {
    private static final Pattern NAME = Pattern.compile("`io\\.hawser\\.iot\\.[a-z.]*([A-Z]\\w+)`");

    /** The names on the page are those under which something is logged. */
    @Test
    void eachLoggerOfThePageIsOneInTheCode() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "protocols", "iot-device.md"));
        String table = page.substring(page.indexOf("## Loggers"), page.indexOf("## Otherwise"));
        List<String> named = NAME.matcher(table)
                .results()
                .map(MatchResult::group)
                .map(text -> text.substring(1, text.length() - 1))
                .toList();
        assertThat(named).hasSizeGreaterThan(8);
        String code = code();
        for (String name : named) {
            String simple = name.substring(name.lastIndexOf('.') + 1);
            assertThat(Path.of("src", "main", "java", name.replace('.', '/') + ".java"))
                    .exists();
            assertThat(code).contains("LoggerFactory.getLogger(" + simple + ".class)");
        }
    }

    private static String code() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(LoggersTest::text)
                    .collect(Collectors.joining());
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new AssertionError(file.toString(), unreadable);
        }
    }
}
