package io.hawser.verify.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A ground station and two copters on three machines: the radio of one falls silent, and commands must not come when it is back. */
class FleetNetworkTest {
    private static final Duration HANG = Duration.ofSeconds(30);
    /** The default of {@code hawser.clever.command-expiry}. */
    private static final Duration EXPIRY = Duration.ofSeconds(5);
    /** What a call and a process may take on a busy machine, beside the network. */
    private static final Duration SLACK = Duration.ofMillis(700);

    private static final int LAND = 1;
    private static final int TO_THE_OTHER = 500;
    private static final int AFTER = 1_000;
    private static final Pattern TELEMETRY =
            Pattern.compile("\"copter\":\"silent\",\"state\":\"online\".*?\"telemetry_at\":\"([^\"]+)\"");

    private static final Pattern REASON = Pattern.compile("\"reason\":\"(it is offline"
            + "|(mark|land) (could not be sent|was sent, but the peer did not show) within PT5S"
            + "|the connection was lost before the peer showed that it has (mark|land))");

    private Lan lan;
    private final List<Machine> machines = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        String missing = Lan.missing();
        assumeTrue(missing.isEmpty(), missing);
        lan = new Lan(3);
        String server = Lan.address(1, 9) + ":25000";
        machines.add(new Machine(lan, 1, StationProgram.class));
        machines.add(new Machine(lan, 2, CopterProgram.class, "silent", server));
        machines.add(new Machine(lan, 3, CopterProgram.class, "other", server));
        machines.forEach(
                machine -> await().atMost(HANG).until(() -> machine.told().contains("up")));
        await().atMost(HANG).until(() -> list().contains("\"copter\":\"other\",\"state\":\"online\""));
        await().atMost(HANG).until(() -> !telemetry().isEmpty());
    }

    @AfterEach
    void stop() throws IOException {
        for (Machine machine : machines) {
            machine.close();
        }
        if (lan != null) {
            lan.close();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 35})
    @Tag("slow")
    void noCommandComesLateToACopterThatWasOutOfReach(int seconds) throws IOException {
        cut(seconds);
    }

    @Test
    @Tag("long")
    void norToOneThatWasOutOfReachForTwoMinutes() throws IOException {
        cut(120);
    }

    private void cut(int seconds) throws IOException {
        lan.outOfReach(2, 9);
        long cutAt = System.nanoTime();
        List<Integer> said = new ArrayList<>(List.of(LAND));
        station().say("tell silent land " + LAND);
        for (int second = 0; second < seconds; second++) {
            said.add(second + 2);
            station().say("tell silent mark " + (second + 2));
            if (second == 1) {
                station().say("tell other mark " + TO_THE_OTHER);
            }
            pass(Duration.ofSeconds(1));
        }
        lan.inReach(2, 9);
        long healedAt = System.nanoTime();
        String before = telemetry();
        await().atMost(HANG.plusSeconds(2L * seconds))
                .until(() -> !telemetry().isEmpty() && !telemetry().equals(before));
        long backAt = System.nanoTime();
        station().say("tell silent mark " + AFTER);
        await().atMost(HANG).until(() -> result(AFTER).contains(" done "));
        // What was still on its way would come with the next of TCP's attempts.
        pass(Duration.ofSeconds(3));

        System.out.println("cut for " + seconds + " s: back after ms: " + (backAt - healedAt) / 1_000_000
                + "; commands: " + said.size() + ", of which came: " + (heard().size() - 1));
        assertThat(result(TO_THE_OTHER)).contains(" done ");
        assertThat(heard(AFTER)).hasSize(1);
        said.forEach(number -> judge(number, cutAt, healedAt));
    }

    private void judge(int number, long cutAt, long healedAt) {
        long saidAt = time(station().told(), "said " + number + " ");
        await().atMost(HANG).until(() -> !result(number).isEmpty());
        List<Long> heard = heard(number);
        assertThat(heard).as("command %s", number).hasSizeLessThanOrEqualTo(1);
        assertThat(heard).as("command %s", number).allSatisfy(at -> assertThat(at - saidAt)
                .isLessThan(EXPIRY.plus(SLACK).toNanos()));
        assertThat(time(station().told(), "result " + number + " (done|failed) ") - saidAt)
                .as("the result of %s", number)
                .isLessThan(EXPIRY.plus(SLACK).toNanos());
        if (result(number).contains(" done ")) {
            assertThat(heard).as("command %s is said to be done", number).hasSize(1);
        } else {
            assertThat(result(number)).containsPattern(REASON);
        }
        if (saidAt > cutAt && saidAt + EXPIRY.plus(SLACK).toNanos() < healedAt) {
            assertThat(result(number)).contains(" failed ");
            assertThat(heard).as("command %s", number).isEmpty();
        }
    }

    private Machine station() {
        return machines.get(0);
    }

    private String result(int number) {
        return line(station().told(), "result " + number + " .*");
    }

    private List<String> heard() {
        return machines.get(1).told().stream()
                .filter(line -> line.startsWith("heard "))
                .toList();
    }

    /** When the copter heard it. */
    private List<Long> heard(int number) {
        String what = number == LAND ? "heard land null " : "heard mark " + number + " ";
        return heard().stream()
                .filter(line -> line.startsWith(what))
                .map(line -> Long.parseLong(line.substring(what.length())))
                .toList();
    }

    private static long time(List<String> told, String what) {
        Matcher found = Pattern.compile(what + "([0-9]+).*").matcher(line(told, what + "[0-9]+.*"));
        assertThat(found.matches()).as(what).isTrue();
        return Long.parseLong(found.group(found.groupCount()));
    }

    private static String line(List<String> told, String pattern) {
        return told.stream().filter(line -> line.matches(pattern)).findFirst().orElse("");
    }

    /** When the silent one has last told about itself, if it is there. */
    private String telemetry() {
        Matcher found = TELEMETRY.matcher(list());
        return found.find() ? found.group(1) : "";
    }

    private String list() {
        int before = station().told().size();
        station().say("ls");
        return await().atMost(HANG)
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> station().told().stream()
                                .skip(before)
                                .filter(line -> line.startsWith("ls "))
                                .findFirst()
                                .orElse(""),
                        line -> !line.isEmpty());
    }

    private static void pass(Duration time) {
        await().pollDelay(time).atMost(HANG).until(() -> true);
    }
}
