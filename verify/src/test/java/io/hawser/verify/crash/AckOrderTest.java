package io.hawser.verify.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hawser.app.Hawser;
import io.hawser.core.value.Fields;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The operating system is the witness: no byte of an acknowledgement leaves the real hub before a sync that covers what it
 * acknowledges, and a sync that failed is followed by no acknowledgement but by the end of the hub.
 */
class AckOrderTest {
    private static final int WINDOW = 10;

    @TempDir
    private Path folder;

    @BeforeEach
    void needsStrace() {
        assumeTrue(Strace.missing().isEmpty(), Strace::missing);
    }

    @Test
    void everyAcknowledgementFollowsItsSync() throws Exception {
        inOrder(50);
    }

    @Test
    @Tag("slow")
    void aThousandAcknowledgementsFollowTheirSyncs() throws Exception {
        inOrder(1_000);
    }

    private void inOrder(int count) throws Exception {
        AckOrder order = trace(Hawser.class, count);
        System.out.println(order.acknowledged().size() + " acknowledgements, "
                + order.violations().size() + " before their sync");
        assertThat(order.acknowledged())
                .isEqualTo(LongStream.rangeClosed(1, count).boxed().collect(Collectors.toSet()));
        assertThat(order.violations()).isEmpty();
    }

    @Test
    void aHubThatDoesNotSyncIsFoundOut() throws Exception {
        AckOrder order = trace(UnsyncedHub.class, 20);
        assertThat(order.acknowledged()).hasSize(20);
        assertThat(order.violations()).hasSize(20);
    }

    private AckOrder trace(Class<?> program, int count) throws Exception {
        try (HubProcess hub = HubProcess.start(folder, program)) {
            EftlConnection publisher = prepare(hub);
            try (Strace strace = Strace.attach(hub, folder.resolve("trace"))) {
                List<CompletableFuture<Integer>> open = new ArrayList<>();
                for (int n = 1; n <= count; n++) {
                    open.add(publisher.publish(marked(n)));
                    if (open.size() == WINDOW) {
                        open.forEach(CompletableFuture::join);
                        open.clear();
                    }
                }
                open.forEach(CompletableFuture::join);
                hub.kill();
                return new AckOrder(strace.lines());
            }
        }
    }

    @Test
    void afterAFailedSyncNothingIsAcknowledgedAndTheHubEnds() throws Exception {
        List<Long> acknowledged = new ArrayList<>();
        AckOrder order;
        try (HubProcess hub = HubProcess.start(folder)) {
            EftlConnection publisher = prepare(hub);
            String fault = "inject=fdatasync:error=EIO:when=3";
            try (Strace strace = Strace.attach(hub, folder.resolve("trace"), "-e", fault)) {
                long n = 0;
                boolean going = true;
                while (going) {
                    CompletableFuture<Integer> next = publisher.publish(marked(++n));
                    going = next.handle((receivers, failure) -> failure == null).join();
                    if (going) {
                        acknowledged.add(n);
                    }
                }
                assertThat(hub.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(hub.process().exitValue()).isEqualTo(1);
                order = new AckOrder(strace.lines());
            }
        }
        assertThat(HubProcess.log(folder))
                .containsPattern("hawser serve: the data in .* cannot be written: .*Input/output error");
        assertThat(acknowledged).containsExactly(1L, 2L);
        assertThat(order.violations()).isEmpty();
        assertThat(order.acknowledged()).containsExactlyInAnyOrder(1L, 2L);
    }

    /** A durable that wants everything, and a publisher that has said nothing yet. */
    private static EftlConnection prepare(HubProcess hub) {
        Witness witness = new Witness("d1");
        EftlConnection consumer = witness.connect(hub);
        witness.listen(consumer);
        consumer.close();
        return hub.client("publisher");
    }

    /** The mark stands twice, so that it is found in the log even where a block of it ends. */
    private static EftlMessage marked(long n) {
        String mark = "mark-" + n + "-";
        return EftlMessage.of(Fields.builder()
                .put("a", mark)
                .put("filler", "y".repeat(100))
                .put("b", mark)
                .build());
    }
}
