package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code bench} against a hub of its own: what it counts, never how fast that was. */
@Timeout(60)
class BenchTest extends AdminStage {
    private static final String BUS = freeBus();

    BenchTest() {
        super(Map.of("ivy.lab.bus", BUS, "clever.enabled", true, "clever.port", 0, "clever.announce.enabled", false));
    }

    private static String freeBus() {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            return "127.255.255.255:" + socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    @Test
    void eachVerbCountsAllThatItDoesOrdersTheTimesAndLeavesNothingBehind() {
        for (String each : List.of(
                "pub 50 50", "sub 50 50", "fanout 20 60", "req 20 20", "durable 50 50", "kv 50 50", "file 4 4")) {
            String[] verb = each.split(" ", -1);
            Fields row =
                    json("bench", verb[0], "--clients", "3", "--msgs", verb[1], "--size", "64", "-s", hub.eftlUrl());
            assertThat(row.string("bench")).contains(verb[0]);
            assertThat(number(row, "begun")).as(each).isEqualTo(Long.parseLong(verb[1]));
            assertThat(number(row, "done")).as(each).isEqualTo(Long.parseLong(verb[2]));
            assertThat(number(row, "failed")).as(each).isZero();
            assertThat(number(row, "lost")).as(each).isZero();
            assertThat(row.get("corrected")).contains(Value.of(false));
            inOrder(row);
        }
        String fleet = "127.0.0.1:" + hub.cleverAddress().orElseThrow().getPort();
        for (String other : List.of(
                "pub --proto ivy --bus " + BUS,
                "pub --proto clever --fleet " + fleet,
                "req --proto clever --fleet " + fleet)) {
            Fields row = json(("bench " + other + " --clients 2 --msgs 20 -s " + hub.eftlUrl()).split(" ", -1));
            assertThat(number(row, "done")).as(other).isEqualTo(20);
            assertThat(number(row, "failed")).as(other).isZero();
            inOrder(row);
        }
        assertThat(lines("durable", "ls")).isEmpty();
        assertThat(lines("kv", "ls")).isEmpty();
        assertThat(lines("file", "ls")).isEmpty();
    }

    private static long number(Fields row, String name) {
        return row.find(name) instanceof Value.Int count ? count.value() : -1;
    }

    private static void inOrder(Fields row) {
        assertThat(Stream.of("p50_ms", "p99_ms", "p99_9_ms", "max_ms")
                        .map(name -> Double.parseDouble(String.valueOf(row.find(name))))
                        .toList())
                .isSorted()
                .allMatch(time -> time > 0);
    }

    @Test
    void aRateSaysWhenEachIsDueAndADurationWhenItEnds(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("runs.csv");
        for (int run = 0; run < 2; run++) {
            Fields row = json(
                    "bench",
                    "pub",
                    "--rate",
                    "100",
                    "--duration",
                    "500ms",
                    "--csv",
                    file.toString(),
                    "-s",
                    hub.eftlUrl());
            assertThat(number(row, "begun")).isEqualTo(50);
            assertThat(number(row, "done")).isEqualTo(50);
            assertThat(row.get("corrected")).contains(Value.of(true));
            inOrder(row);
        }
        assertThat(Files.readAllLines(file))
                .hasSize(3)
                .first()
                .isEqualTo(
                        "bench,proto,clients,size,rate,begun,done,failed,lost,seconds,per_second,p50_ms,p99_ms,p99_9_ms,"
                                + "max_ms,corrected");
    }

    @Test
    void whatCannotBeDoneIsRefused() {
        assertThat(run("bench", "kv", "--proto", "ivy")).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "--proto ivy cannot kv; eftl can pub, sub, req, fanout, durable, kv, file; ivy can pub; clever can pub, req");
        assertThat(run("bench", "pub", "--clients", "0")).isEqualTo(2);
        assertThat(run("bench", "pub", "--msgs", "0")).isEqualTo(2);
        assertThat(run("bench", "sleep")).isEqualTo(2);
        assertThat(run("bench", "pub", "-s", "ws://127.0.0.1:1/channel")).isEqualTo(3);
    }
}
