package io.hawser.verify.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ivy agents of ours on three machines: they find each other, lose each other, and find each other again. */
@Tag("slow")
class IvyNetworkTest {
    /** Ten times what it takes: longer is a hang. */
    private static final Duration HANG = Duration.ofSeconds(50);

    private static final String BROADCAST = "10.99.0:2010";
    private static final List<String> NAMES = List.of("ann", "bob", "eve");

    private final List<Machine> machines = new ArrayList<>();
    private Lan lan;

    @BeforeEach
    void start() throws IOException {
        String missing = Lan.missing();
        assumeTrue(missing.isEmpty(), missing);
        lan = new Lan(NAMES.size());
        for (int i = 0; i < NAMES.size(); i++) {
            machines.add(new Machine(lan, i + 1, AgentProgram.class));
        }
        machines.forEach(
                machine -> await().atMost(HANG).until(() -> machine.told().contains("up")));
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
    @CsvSource({"10.99.0:2010, false", "224.255.20.10:2010, true"})
    void theyComeAndGoTenTimesThoughHellosAreLost(String domain, boolean multicast) throws IOException {
        List<Long> took = new ArrayList<>();
        for (int round = 0; round < 10; round++) {
            int unlucky = round % 3;
            boolean lost = round % 2 == 1;
            for (int i = 0; i < NAMES.size(); i++) {
                if (lost && i == unlucky) {
                    lan.pull(i + 1, 9);
                }
                join(i, domain, multicast ? Lan.address(i + 1, 9) : "");
            }
            if (lost) {
                awaitWho(unlucky, "who ");
                lan.plug(unlucky + 1, 9);
            }
            long before = System.nanoTime();
            awaitMesh();
            took.add((System.nanoTime() - before) / 1_000_000);
            sayLeave();
        }
        System.out.println("full mesh over " + domain + " after ms: " + took);
    }

    @Test
    void onTwoNetworksTheyMeetOnce() throws IOException {
        for (int i = 0; i < NAMES.size(); i++) {
            lan.plug(i + 1, 8);
        }
        String both = "10.99.0:2010,10.98.0:2011";
        join(0, both, "");
        join(1, both, "");
        join(2, BROADCAST, "");
        awaitMesh();
        forget();
        machines.get(0).say("send once");
        machines.get(1).say("send twice");
        await().atMost(HANG).until(() -> machines.get(2).told().size() == 2);
        assertThat(machines.get(1).told()).containsExactly("heard ann once");
        assertThat(machines.get(0).told()).containsExactly("heard bob twice");
    }

    @Test
    void aShortCutLosesNothingAndALongOneIsNoticedAndHealed() throws IOException {
        for (int i = 0; i < NAMES.size(); i++) {
            join(i, BROADCAST, "");
        }
        awaitMesh();
        forget();
        lan.pull(3, 9);
        machines.get(0).say("send 1");
        await().atMost(HANG).until(() -> machines.get(1).told().contains("heard ann 1"));
        pass(Duration.ofSeconds(5));
        lan.plug(3, 9);
        machines.get(0).say("send 2");
        await().atMost(HANG).until(() -> machines.get(2).told().contains("heard ann 2"));
        assertThat(machines.get(2).told()).containsExactly("heard ann 1", "heard ann 2");

        forget();
        // Time for a beacon of each: who never said one is left alone.
        pass(Duration.ofSeconds(5));
        long before = System.nanoTime();
        lan.pull(3, 9);
        awaitWho(0, "who bob");
        awaitWho(1, "who ann");
        awaitWho(2, "who ");
        long noticed = System.nanoTime();
        assertThat(machines.get(0).told()).contains("left eve: nothing was heard of it any more");
        lan.plug(3, 9);
        long plugged = System.nanoTime();
        awaitMesh();
        System.out.println("a cut is noticed after ms: " + (noticed - before) / 1_000_000 + ", and healed after: "
                + (System.nanoTime() - plugged) / 1_000_000);
        machines.get(0).say("send 3");
        await().atMost(HANG).until(() -> machines.get(2).told().contains("heard ann 3"));
    }

    @Test
    void aMachineThatLostItsPowerIsNoGhost() throws IOException {
        for (int i = 0; i < NAMES.size(); i++) {
            join(i, BROADCAST, "");
        }
        awaitMesh();
        lan.pull(3, 9);
        machines.get(2).kill();
        lan.plug(3, 9);
        machines.set(2, new Machine(lan, 3, AgentProgram.class));
        join(2, BROADCAST, "");
        awaitMesh();
        machines.get(0).say("send 1");
        await().atMost(HANG).until(() -> machines.get(2).told().contains("heard ann 1"));
    }

    private static void pass(Duration time) {
        await().pollDelay(time).atMost(HANG).until(() -> true);
    }

    private void join(int who, String domain, String bindAddress) {
        machines.get(who).say(("join " + NAMES.get(who) + " " + domain + " " + bindAddress).strip());
    }

    private void sayLeave() {
        machines.forEach(machine -> machine.say("leave"));
    }

    private void forget() {
        machines.forEach(Machine::forget);
    }

    /** Each knows exactly the others. */
    private void awaitMesh() {
        IntStream.range(0, NAMES.size())
                .forEach(who -> awaitWho(
                        who,
                        "who "
                                + String.join(
                                        " ",
                                        NAMES.stream()
                                                .filter(name -> !name.equals(NAMES.get(who)))
                                                .toList())));
    }

    private void awaitWho(int who, String expected) {
        Machine machine = machines.get(who);
        await().atMost(HANG).pollInterval(Duration.ofMillis(50)).until(() -> {
            int before = machine.told().size();
            machine.say("who");
            await().atMost(HANG)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> machine.told().stream().skip(before).anyMatch(line -> line.startsWith("who")));
            return machine.told().stream().skip(before).anyMatch(expected::equals);
        });
    }
}
