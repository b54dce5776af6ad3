package io.hawser.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** The rules for the console's own files: text stays text, nothing stands inline, files end at 400 lines, all of it is small. */
class ConsoleFilesTest {
    private static final Path FOLDER = Path.of("src/main/resources/io/hawser/app/console");
    private static final Pattern MARKUP =
            Pattern.compile("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|DOMParser"
                    + "|createContextualFragment|setHTML|srcdoc|\\beval\\(|new Function|javascript:");
    private static final Pattern INLINE = Pattern.compile("<style|\\sstyle=|\\son\\w+=|<script(?![^>]*\\ssrc=)");
    private static final Pattern IMPORT = Pattern.compile("from \"\\./([\\w-]+\\.js)\"");
    private static final int LONGEST = 400;
    private static final int LARGEST = 150 << 10;

    private static List<Path> files(String ending) throws IOException {
        try (Stream<Path> all = Files.list(FOLDER)) {
            List<Path> found =
                    all.filter(file -> file.toString().endsWith(ending)).toList();
            assertThat(found).isNotEmpty();
            return found;
        }
    }

    @Test
    void noFileMakesMarkupOfText() throws IOException {
        assertThat("node.innerHTML = text").containsPattern(MARKUP);
        for (Path file : files(".js")) {
            assertThat(Files.readString(file)).as(file.toString()).doesNotContainPattern(MARKUP);
        }
    }

    @Test
    void nothingStandsInlineInThePage() throws IOException {
        assertThat("<p style=\"color:red\">").containsPattern(INLINE);
        for (Path file : files(".html")) {
            assertThat(Files.readString(file)).as(file.toString()).doesNotContainPattern(INLINE);
        }
    }

    @Test
    void everyModuleThatIsImportedIsThere() throws IOException {
        for (Path file : files(".js")) {
            Matcher imported = IMPORT.matcher(Files.readString(file));
            while (imported.find()) {
                assertThat(FOLDER.resolve(imported.group(1)))
                        .as("imported by " + file)
                        .exists();
            }
        }
    }

    @Test
    void filesAreShortAndAllOfThemSmall() throws IOException {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(sent)) {
            for (Path file : files("")) {
                packed.write(Files.readAllBytes(file));
                assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(LONGEST);
            }
        }
        assertThat(sent.size()).isLessThan(LARGEST);
    }
}
