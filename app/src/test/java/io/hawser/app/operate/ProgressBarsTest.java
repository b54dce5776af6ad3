package io.hawser.app.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgressBarsTest {
    private final StringWriter screen = new StringWriter();
    private final ProgressBars bars = new ProgressBars(new PrintWriter(screen), 60);

    @Test
    void barsAreDrawnOverAndWhatIsPrintedStaysAboveThem() {
        bars.show("a", 50, 100, "f");
        assertThat(take()).isEqualTo("a  [##########----------]  50 %  f\n");
        bars.show("b", 0, 0, "f");
        assertThat(take()).startsWith("\u001b[1A\u001b[Ja  [#").endsWith("\nb  [####################] 100 %  f\n");
        bars.end("a", "f", () -> screen.append("a is done\n"));
        assertThat(take()).isEqualTo("\u001b[2A\u001b[Ja is done\nb  [####################] 100 %  f\n");
        bars.clear();
        assertThat(take()).isEqualTo("\u001b[1A\u001b[J");
    }

    @Test
    void noMoreAreDrawnThanCanBeDrawnOver() {
        IntStream.range(0, 20).forEach(i -> bars.show("copter-" + i + "-of-a-very-long-name-of-a-copter", i, 20, "f"));
        String last = screen.toString().substring(screen.toString().lastIndexOf("\u001b[J"));
        assertThat(last.lines()).hasSize(17).allMatch(line -> line.length() <= 63);
        assertThat(last).endsWith("and 4 more\n");
    }

    private String take() {
        String drawn = screen.toString().replace(System.lineSeparator(), "\n");
        screen.getBuffer().setLength(0);
        return drawn;
    }
}
