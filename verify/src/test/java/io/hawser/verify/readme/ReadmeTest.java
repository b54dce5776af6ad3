package io.hawser.verify.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What README.md tells newcomers to type, typed: each command in a block, and each that begins with {@code ./hawser} in a sentence. */
@Timeout(300)
class ReadmeTest {
    private static final Path ROOT = Path.of("..");

    /** Lines that nobody types here, and why. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "./check  ", "it runs this test",
            "./check`", "it runs this test",
            "./check gates", "proves the gates, on its own",
            "./check format", "changes sources",
            "./check --on", "runs this test on another JDK",
            "./check packages", "builds, on its own",
            "./hawser demo  ", "DemoTest; and below with --for",
            "./hawser device set", "wants a device: DeviceTest");

    private static final List<Line> FIRST_MINUTE = List.of(
            Line.stays("./hawser serve --dev", "(admin|console) http://127.0.0.1:9190")
                    .exit(0),
            Line.stays("./hawser sub '>'", "listening", "robot/7 .*\"x\":1.5,\"text\":\"hello\"", "\"alarm\":\"fire\""),
            Line.ends("./hawser pub robot/7", "published 24 bytes → 1 receiver"),
            Line.ends("curl -d '{\"alarm\":true}'", "\\{\\}"),
            Line.ends("curl -d '{\"alarm\":\"fire\"}'", "\\{\"receivers\":2\\}"),
            Line.ends("curl '127.0.0.1", "\\{\"messages\":\\[\\{\"alarm\":\"fire\"\\}\\]"));

    private static final List<Line> PASSWORD =
            List.of(Line.ends("./hawser passwd alice", "\"alice\" \\{ password = \"\\$argon2id")
                    .typing("...\n"));

    private static final List<Line> USERS = List.of(
            Line.stays("./hawser serve -c hawser.conf", "eftl ws://127.0.0.1:9191")
                    .exit(0),
            Line.ends("HAWSER_PASSWORD=... ./hawser pub --user alice", "published 9 bytes"));

    private static final List<Line> MORE = List.of(
            Line.stays("./hawser serve --dev", "(admin|console) http://127.0.0.1:9190")
                    .exit(0),
            Line.stays("./hawser probe -b", "HAWSER connected from localhost").typing("hello\n"),
            Line.stays("./hawser demo fleet --count 5", "5 copters look for", "copter-5  land"),
            Line.ends("./hawser fleet ls", "copter"),
            Line.ends("./hawser fleet start --all", "copter-5  done=true"),
            Line.ends("./hawser fleet land --all", "copter-5  done=true"),
            Line.ends("./hawser doctor", "check=eftl  ok=true").exit(1),
            Line.ends("./hawser model add humidity_sensor.json", "model=urn:com:example:humidity_sensor"),
            Line.ends("./hawser device register hum-1", "device=hum-1 .*state=registered"),
            Line.ends("./hawser device provision hum-1", "hum-1.conf").typing("a passphrase\n"),
            Line.stays("./hawser record run.ndjson", "recording to run.ndjson"),
            Line.ends("./hawser pub robot/7", "published 24 bytes → 1 receiver"));

    private static final List<Line> REPLAY = List.of(Line.ends("./hawser replay run.ndjson", "published 1 messages "));

    private static final List<Line> DEMO = List.of(Line.ends("./hawser demo --for 10s", "eftl → iot → eftl"));

    @TempDir
    private Path folder;

    @BeforeEach
    void machine() throws InterruptedException {
        assumeTrue(Newcomer.missing().isEmpty(), Newcomer.missing());
    }

    /** Each line of the README that somebody can type. */
    private static List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        boolean block = false;
        for (String line : Files.readAllLines(ROOT.resolve("README.md"))) {
            if (line.startsWith("```")) {
                block = !block;
            } else if (block && line.matches("(\\./|curl |[A-Z_]+=\\S+ \\./).*")) {
                lines.add(line);
            } else if (!block) {
                Matcher inline = Pattern.compile("`(\\./[a-z]+[^`]*`)").matcher(line);
                while (inline.find()) {
                    lines.add(inline.group(1));
                }
            }
        }
        return lines;
    }

    private static List<String> typeable() throws IOException {
        return lines().stream().map(line -> line.replaceAll("`$", "")).toList();
    }

    @Test
    void everyLineIsTypedHereOrSomewhere() throws IOException {
        List<String> known = Stream.concat(
                        Stream.of(FIRST_MINUTE, PASSWORD, USERS, MORE, REPLAY, DEMO)
                                .flatMap(List::stream)
                                .map(Line::begins),
                        ELSEWHERE.keySet().stream())
                .toList();
        assertThat(lines()).hasSizeGreaterThan(20).allSatisfy(line -> assertThat(known)
                .as("README.md says '%s': let ReadmeTest type it, or say why not", line)
                .anyMatch(line::startsWith));
    }

    @Test
    void theFirstMinute() throws IOException, InterruptedException {
        try (Newcomer newcomer = new Newcomer(folder, typeable())) {
            newcomer.types(FIRST_MINUTE).endsAll();
        }
    }

    @Test
    @Tag("slow")
    void theRest() throws IOException, InterruptedException {
        Files.copy(ROOT.resolve("examples/models/humidity_sensor.json"), folder.resolve("humidity_sensor.json"));
        try (Newcomer newcomer = new Newcomer(folder, typeable())) {
            newcomer.types(MORE).endsAll();
            newcomer.types(FIRST_MINUTE.subList(0, 1)).types(REPLAY).endsAll();
            newcomer.types(DEMO);
        }
    }

    @Test
    @Tag("slow")
    void usersGetInByTheLineThatPasswdPrints() throws IOException, InterruptedException {
        try (Newcomer newcomer = new Newcomer(folder, typeable())) {
            newcomer.types(PASSWORD);
            String line = Files.readAllLines(folder.resolve("terminal-0")).stream()
                    .filter(each -> each.startsWith("\"alice\""))
                    .findFirst()
                    .orElseThrow();
            Files.writeString(
                    folder.resolve("hawser.conf"),
                    "hawser { users { " + line + " }\nrules = [\"allow alice * >\"] }\n");
            newcomer.types(USERS).endsAll();
        }
    }
}
