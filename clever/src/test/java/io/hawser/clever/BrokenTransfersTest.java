package io.hawser.clever;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of all sizes between one of ours and twenty others, over connections that are lost again and again. */
@Tag("slow")
class BrokenTransfersTest {
    private static final int PEERS = 20;
    private static final int CHUNK = 64 * 1024;
    private static final long LARGEST = 256L << 20;
    /** What is this small is broken at each percent, or in each chunk; larger ones nine times. */
    private static final long SMALL = 16L << 20;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final List<CleverPeer> peers = new ArrayList<>();
    private final AtomicInteger breaks = new AtomicInteger();
    private final List<String> partial = new CopyOnWriteArrayList<>();

    @TempDir
    private Path theirs;

    @TempDir
    private Path ours;

    @AfterEach
    void close() {
        peers.forEach(CleverPeer::close);
    }

    @Test
    void filesThatAreFetchedGoOnWhereTheyEnded() throws IOException {
        AtomicLong again = new AtomicLong();
        try (CleverServer server = CleverServer.listen("127.0.0.1:0", options().files(theirs))) {
            List<CompletableFuture<Long>> files = new ArrayList<>();
            for (int number = 0; number < PEERS; number++) {
                CleverPeer peer = connect(server);
                String name = "file-" + number;
                long size = write(theirs.resolve(name), number);
                Breaker breaker = new Breaker(peer, size, ours.resolve(name));
                files.add(peer.getFile(name, ours.resolve(name), (bytes, total) -> {
                    // One piece more than what was there when it went on.
                    again.accumulateAndGet(breaker.furthest() - bytes, Math::max);
                    breaker.bytes(bytes, total);
                }));
            }
            awaitAll(files);
        }
        told("fetched; at most " + again.get() + " bytes came twice at a break");
        assertThat(again.get()).as("seed %d", seed).isLessThanOrEqualTo(CHUNK);
        same();
    }

    @Test
    void filesThatAreSentGoOnWhereTheyEnded() throws IOException {
        try (CleverServer server = CleverServer.listen("127.0.0.1:0", options().files(ours))) {
            List<CompletableFuture<Void>> files = new ArrayList<>();
            for (int number = 0; number < PEERS; number++) {
                CleverPeer peer = connect(server);
                String name = "file-" + number;
                long size = write(theirs.resolve(name), number);
                files.add(peer.sendFile(theirs.resolve(name), name, new Breaker(peer, size, ours.resolve(name))));
            }
            awaitAll(files);
        }
        told("sent");
        same();
    }

    /** Looks that nothing is there that is not whole, and breaks the connection now and then. Called on the loop. */
    private final class Breaker implements CleverProgress {
        private final CleverPeer peer;
        private final Path place;
        private final long step;
        private long next;
        private long furthest;

        Breaker(CleverPeer peer, long size, Path place) {
            this.peer = peer;
            this.place = place;
            this.step = size / (size <= SMALL ? 100 : 10);
            this.next = step;
        }

        long furthest() {
            return furthest;
        }

        @Override
        public void bytes(long bytes, long total) {
            if (Files.exists(place) && place.toFile().length() != total) {
                partial.add(place + " had " + place.toFile().length() + " of " + total + " bytes");
            }
            furthest = Math.max(furthest, bytes);
            if (bytes >= next && bytes < total) {
                next = bytes + step;
                breaks.incrementAndGet();
                peer.reconnect();
            }
        }
    }

    private CleverPeer connect(CleverServer server) {
        CleverPeer peer = CleverPeer.connect(Pair.address(server), options().resumeQueue(true));
        peers.add(peer);
        return peer;
    }

    private static CleverOptions options() {
        return CleverOptions.defaults()
                .executor(Runnable::run)
                .reconnectDelays(Duration.ofMillis(1), Duration.ofMillis(10));
    }

    /** The first is empty, the second a byte, the last as large as can be; the others are of all magnitudes. */
    private long write(Path file, int number) throws IOException {
        long size =
                number < 2 ? number : number == PEERS - 1 ? LARGEST : (long) Math.pow(2, 3 + random.nextDouble() * 21);
        byte[] piece = new byte[(int) Math.min(size, 1 << 20)];
        random.nextBytes(piece);
        try (RandomAccessFile to = new RandomAccessFile(file.toFile(), "rw")) {
            for (long at = 0; at < size; at += piece.length) {
                to.write(piece, 0, (int) Math.min(piece.length, size - at));
                piece[0]++;
            }
        }
        return size;
    }

    private void awaitAll(List<? extends CompletableFuture<?>> files) {
        CompletableFuture.allOf(files.toArray(CompletableFuture[]::new))
                .orTimeout(2, TimeUnit.MINUTES)
                .join();
    }

    private void told(String what) {
        System.out.println(PEERS + " files " + what + ", over " + breaks.get() + " breaks, seed " + seed);
        assertThat(breaks.get()).isGreaterThan(PEERS);
        assertThat(partial).as("seed %d", seed).isEmpty();
    }

    /** Byte by byte, and nothing beside them. */
    private void same() throws IOException {
        for (int number = 0; number < PEERS; number++) {
            assertThat(Files.mismatch(theirs.resolve("file-" + number), ours.resolve("file-" + number)))
                    .as("file %d, seed %d", number, seed)
                    .isEqualTo(-1);
        }
        try (var files = Files.list(ours)) {
            assertThat(files).hasSize(PEERS);
        }
    }
}
