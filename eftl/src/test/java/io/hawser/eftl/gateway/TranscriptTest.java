package io.hawser.eftl.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.count.Counter;
import io.hawser.net.Loops;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Plays the files in {@code transcripts/} against the gateway: every line that goes in, every line that must come out and
 * no other, in this order.
 *
 * <pre>{@code
 *   # a promise, in words
 *   A connect /channel          a client connects (any one word names it)
 *   A connect /channel as u:pw  the same, with an Authorization header
 *   users 1s u:pw v:pw          another hub, where only these may log in; to find out who it is takes 1 s
 *   A> {"op":1,...}             it sends a frame; TOKEN(B) in it is the id_token, REPLY_TO(B) the reply_to that B was told last
 *   A< {"op":2,"id_token":"~"}  the server answers; ~ stands for anything within a string
 *   A<? {"op":7,...}            the same, before or after what else comes now
 *   counted 2 NAME              so often a counter has counted
 *   A closed 1002 reason        the server closes; A dropped: without a Close frame; A refused 404 reason
 *   A lost                      TCP is lost
 *   A closes 1001               the client closes
 *   A slow / A fast             the client reads slowly, reads on
 *   ivy TEXT                    an Ivy agent says a text
 *   advance 240s                time passes
 *   shutdown                    the server stops
 * }</pre>
 */
class TranscriptTest {
    private static final Loops LOOPS = Loops.start(1, "transcript");

    @AfterAll
    static void stop() {
        LOOPS.close();
    }

    @TestFactory
    Stream<DynamicTest> plays() throws IOException, URISyntaxException {
        URI folder = Objects.requireNonNull(TranscriptTest.class.getResource("/transcripts"))
                .toURI();
        List<Path> files;
        try (Stream<Path> found = Files.list(Path.of(folder))) {
            files = found.sorted().toList();
        }
        assertThat(files).hasSizeGreaterThan(10);
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(
                        String.valueOf(file.getFileName()), () -> new Stage().play(Files.readAllLines(file))));
    }

    private static final class Stage {
        private TestHub hub = new TestHub(LOOPS);
        private final Map<String, TestSocket> sockets = new HashMap<>();
        private final Deque<String> heard = new ArrayDeque<>();
        private final Map<String, String> told = new HashMap<>();

        void play(List<String> lines) {
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                if (isExpectation(line)) {
                    expect(line, i + 1);
                } else {
                    assertThat(heard).as("before line %d: %s", i + 1, line).isEmpty();
                    perform(line);
                    hub.clock.run();
                }
            }
            assertThat(heard).as("at the end").isEmpty();
        }

        private void expect(String line, int number) {
            Pattern pattern = pattern(line.replaceFirst("<\\?", "<"));
            if (line.contains("<?")) {
                assertThat(heard).as("line %d", number).anyMatch(pattern.asMatchPredicate());
                heard.removeFirstOccurrence(heard.stream()
                        .filter(pattern.asMatchPredicate())
                        .findFirst()
                        .orElseThrow());
            } else {
                String next = heard.isEmpty() ? "(nothing)" : heard.removeFirst();
                assertThat(next).as("line %d", number).matches(pattern);
            }
        }

        private static boolean isExpectation(String line) {
            return line.matches("[\\w~]+(<| closed | dropped| refused | reading| not reading).*");
        }

        private static Pattern pattern(String line) {
            StringBuilder pattern = new StringBuilder();
            for (String part : line.split("~", -1)) {
                pattern.append(pattern.isEmpty() ? "" : "[^\"]*").append(Pattern.quote(part));
            }
            return Pattern.compile(pattern.toString());
        }

        private void perform(String line) {
            String[] words = line.split(" ", 2);
            String rest = words.length > 1 ? words[1] : "";
            if (words[0].endsWith(">")) {
                socket(words[0].substring(0, words[0].length() - 1)).client(filled(rest));
            } else if (words[0].equals("advance")) {
                hub.clock.advance(Duration.ofSeconds(Long.parseLong(rest.replace("s", ""))));
            } else if (words[0].equals("ivy")) {
                hub.ivy(rest);
            } else if (words[0].equals("counted")) {
                String[] counted = rest.split(" ", 2);
                assertThat(hub.counters.get(Counter.valueOf(counted[1]))).isEqualTo(Long.parseLong(counted[0]));
            } else if (words[0].equals("users")) {
                users(rest.split(" ", -1));
            } else if (words[0].equals("shutdown")) {
                hub.close();
            } else {
                connection(words[0], rest);
            }
        }

        private void users(String... words) {
            Map<String, String> passwords = new HashMap<>();
            for (String word : words) {
                if (word.contains(":")) {
                    passwords.put(word.split(":", 2)[0], word.split(":", 2)[1]);
                }
            }
            hub = new TestHub(LOOPS, Duration.ofSeconds(Long.parseLong(words[0].replace("s", ""))), passwords);
        }

        private static Map<String, String> basic(String pair) {
            byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
            return Map.of("authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
        }

        private String filled(String text) {
            return Pattern.compile("(TOKEN|REPLY_TO)\\((\\w+)\\)").matcher(text).replaceAll(found -> {
                String member = found.group(1).equals("TOKEN") ? "id_token" : "reply_to";
                return Objects.requireNonNull(told.get(found.group(2) + " " + member), found.group());
            });
        }

        private void hear(String name, String said) {
            heard.add(name + said);
            Matcher member =
                    Pattern.compile("\"(id_token|reply_to)\":\"([^\"]*)\"").matcher(said);
            while (member.find()) {
                told.put(name + " " + member.group(1), member.group(2));
            }
        }

        private void connection(String name, String what) {
            switch (what) {
                case "lost" -> socket(name).lose();
                case "closes 1001" -> socket(name).leave(1001);
                case "slow" -> socket(name).writable(false);
                case "fast" -> socket(name).writable(true);
                default -> {
                    assertThat(what).startsWith("connect ");
                    String[] how = what.substring("connect ".length()).split(" as ", 2);
                    hub.connect(how[0], how.length > 1 ? basic(how[1]) : Map.of(), said -> hear(name, said))
                            .ifPresent(socket -> sockets.put(name, socket));
                }
            }
        }

        private TestSocket socket(String name) {
            return Objects.requireNonNull(sockets.get(name), () -> "no connection " + name);
        }
    }
}
