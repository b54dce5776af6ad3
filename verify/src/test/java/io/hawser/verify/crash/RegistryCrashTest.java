package io.hawser.verify.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A registry of devices is killed in the middle of its work again and again: no command that was queued is lost, none is handed
 * out twice, how each ended stays, and each message of a device is kept once, in order.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class RegistryCrashTest {
    @TempDir
    private Path folder;

    /** What was promised of each command: the state it must have, or a later one. */
    private final Map<String, String> promised = new HashMap<>();

    private final Set<String> handedOut = new HashSet<>();
    private final Map<String, Integer> kept = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();

    @Test
    @Tag("slow")
    void whatWasPromisedOfCommandsAndMessagesSurvivesSixtyKills() throws Exception {
        survive(60, new Random(2));
    }

    private void survive(int kills, Random random) throws Exception {
        for (int i = 0; i < kills; i++) {
            live(100 + random.nextInt(600));
        }
        live(0);
        assertThat(wrong).isEmpty();
        assertThat(handedOut).isNotEmpty();
        System.out.println(kills + " kills, " + promised.size() + " commands, "
                + kept.values().stream().mapToInt(each -> each).sum() + " messages");
    }

    /** Until the registry has promised {@code lines} things. */
    private void live(int lines) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RegistryProgram.class.getName(),
                        folder.resolve("data").toString())
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("registry.log").toFile()))
                .start();
        try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            found(out);
            for (int i = 0; i < lines; i++) {
                promise(line(out));
            }
            process.toHandle().destroyForcibly();
            // what was still said before the kill is promised too; the last line may have been cut off
            String last = null;
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (last != null) {
                    promise(last);
                }
                last = line;
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static String line(BufferedReader out) throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new IOException("the registry ended by itself");
        }
        return line;
    }

    private void found(BufferedReader out) throws IOException {
        Map<String, String> states = new HashMap<>();
        Map<String, List<String>> said = new HashMap<>();
        for (String line = line(out); !line.equals("ready"); line = line(out)) {
            String[] words = line.split(" ", -1);
            if (words[0].equals("has")) {
                states.put(words[1], words[2]);
            } else {
                said.computeIfAbsent(words[1], device -> new ArrayList<>()).add(words[2]);
            }
        }
        promised.forEach((id, state) -> {
            String has = states.getOrDefault(id, "lost");
            boolean right =
                    switch (state) {
                        case "QUEUED" -> !has.equals("lost") && !has.equals("EXPIRED") && !has.equals("FAILED");
                        case "DELIVERED" -> has.equals("DELIVERED") || has.equals("COMPLETED");
                        default -> has.equals(state);
                    };
            check(right, "command " + id + " was promised " + state + " and is " + has);
        });
        kept.forEach((device, count) -> {
            List<String> all = said.getOrDefault(device, List.of());
            List<String> once =
                    IntStream.range(0, all.size()).mapToObj(String::valueOf).toList();
            check(all.equals(once), device + " said not each message once in order: " + all);
            check(all.size() >= count, device + " was promised " + count + " messages and has " + all.size());
        });
    }

    private void promise(String line) {
        String[] words = line.split(" ", -1);
        switch (words[0]) {
            case "queued" -> promised.put(words[1], "QUEUED");
            case "cancelled" -> promised.put(words[1], "CANCELLED");
            case "done" -> promised.put(words[1], "COMPLETED");
            case "kept" -> kept.merge(words[1], Integer.parseInt(words[2]), Math::max);
            default -> {
                check(handedOut.add(words[1]), "command " + words[1] + " was handed out twice");
                promised.put(words[1], "DELIVERED");
            }
        }
    }

    private void check(boolean right, String what) {
        if (!right) {
            wrong.add(what);
        }
    }
}
