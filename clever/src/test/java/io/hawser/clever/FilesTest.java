package io.hawser.clever;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilesTest {
    private static final int LARGE = 48 << 20;
    /** The connection's own thread, so that a cut comes at once where the progress says. */
    private static final Executor AT_ONCE = Runnable::run;

    @TempDir
    private Path folder;

    @TempDir
    private Path ours;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 256 * 1024, 256 * 1024 + 1, 3_000_000})
    void aFileGoesAndComesWithItsBytes(int size) throws IOException {
        try (Pair pair = pair()) {
            goesAndComes(pair, size);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3_000_000})
    void theSameAsOneFrameAsOriginalsDoIt(int size) throws IOException {
        try (Pair pair = pair(CleverOptions::withoutExtras)) {
            goesAndComes(pair, size);
        }
    }

    private void goesAndComes(Pair pair, int size) throws IOException {
        byte[] bytes = write(ours.resolve("mine"), size);
        Files.writeString(folder.resolve("there"), "an older file");
        pair.client.sendFile(ours.resolve("mine"), "there").join();
        pair.serverNotes.awaits("file there " + size);
        assertThat(folder.resolve("there")).hasBinaryContent(bytes);

        assertThat(pair.client.getFile("there", ours.resolve("back")).join()).isEqualTo(size);
        assertThat(ours.resolve("back")).hasBinaryContent(bytes);
        assertThat(pair.client.getFile("there").join()).isEqualTo(bytes);
        assertThat(names(folder)).containsExactly("there");
        assertThat(names(ours)).containsExactly("back", "mine");
    }

    @Test
    void whatFollowsAFileFindsItInItsPlace() throws IOException {
        CleverHandlers handlers =
                new CleverHandlers().onRequest("size", call -> Value.of(Files.size(folder.resolve("f"))));
        try (Pair pair = pair(options -> options.handlers(handlers).withoutExtras())) {
            write(ours.resolve("mine"), 2_000_000);
            pair.client.sendFile(ours.resolve("mine"), "f");
            assertThat(pair.client.request("size").join()).isEqualTo(Value.of(2_000_000));
        }
    }

    @Test
    void whatIsUrgentGoesBetweenTheChunksOfAFile() throws IOException {
        try (Pair pair = pair()) {
            write(ours.resolve("mine"), LARGE);
            AtomicBoolean sent = new AtomicBoolean();
            List<Long> progress = new CopyOnWriteArrayList<>();
            CompletableFuture<Void> file = pair.client.sendFile(ours.resolve("mine"), "large", (bytes, total) -> {
                progress.add(bytes);
                if (sent.compareAndSet(false, true)) {
                    pair.client.send(CleverCommand.of("test_command"));
                    pair.client.send(CleverCommand.of("land").urgent());
                }
            });
            file.join();
            pair.serverNotes.awaits("test_command [] {}");
            assertThat(pair.serverNotes.lines())
                    .containsExactly("connected", "land [] {}", "file large " + LARGE, "test_command [] {}");
            assertThat(progress).isSorted().last().isEqualTo((long) LARGE);
        }
    }

    @Test
    void aFileThatWasCutOffGoesOnWhereItEnded() throws IOException {
        try (Pair pair = new Pair(options -> options.files(folder), options -> options.resumeQueue(true)
                .executor(AT_ONCE))) {
            byte[] bytes = write(ours.resolve("mine"), LARGE);
            List<Long> progress = new CopyOnWriteArrayList<>();
            AtomicBoolean cut = new AtomicBoolean();
            pair.client
                    .sendFile(ours.resolve("mine"), "large", (done, total) -> {
                        progress.add(done);
                        if (done > total / 3 && cut.compareAndSet(false, true)) {
                            assertThat(folder.resolve("large")).doesNotExist();
                            pair.client.reconnect();
                        }
                    })
                    .join();
            assertThat(folder.resolve("large")).hasBinaryContent(bytes);
            assertThat(names(folder)).containsExactly("large");
            wentOn(pair, progress);
        }
    }

    @Test
    void aFileThatIsFetchedGoesOnWhereItEnded() throws IOException {
        try (Pair pair = new Pair(options -> options.files(folder), options -> options.executor(AT_ONCE))) {
            byte[] bytes = write(folder.resolve("large"), LARGE);
            List<Long> progress = new CopyOnWriteArrayList<>();
            AtomicInteger cuts = new AtomicInteger(1);
            pair.client
                    .getFile("large", ours.resolve("back"), (done, total) -> {
                        progress.add(done);
                        if (done > total * (1 + cuts.get()) / 6 && cuts.get() < 5) {
                            cuts.incrementAndGet();
                            pair.client.reconnect();
                        }
                    })
                    .join();
            assertThat(ours.resolve("back")).hasBinaryContent(bytes);
            assertThat(names(ours)).containsExactly("back");
            wentOn(pair, progress);
        }
    }

    /** The connection was cut, and what came after began behind a third of the file, not at its beginning. */
    private static void wentOn(Pair pair, List<Long> progress) {
        assertThat(pair.clientNotes.lines()).filteredOn("connected"::equals).hasSizeGreaterThan(1);
        for (int i = 1; i < progress.size(); i++) {
            if (progress.get(i) <= progress.get(i - 1)) {
                assertThat(progress.get(i)).isGreaterThan(LARGE / 4);
            }
        }
    }

    @Test
    void filesThatCannotBeReadOrWrittenAreTold() throws IOException {
        try (Pair pair = pair()) {
            write(ours.resolve("mine"), 10);
            failsWith(pair.client.sendFile(ours.resolve("absent"), "f"), CleverFileException.class, "absent");
            failsWith(pair.client.sendFile(ours.resolve("mine"), "../f"), CleverRefusedException.class, ". or ..");
            failsWith(pair.client.sendFile(ours.resolve("mine"), "no/f"), CleverRefusedException.class, "no folder no");
            failsWith(pair.client.getFile("absent"), CleverRefusedException.class, "there is no file absent");
            failsWith(pair.client.getFile("/etc/hostname"), CleverRefusedException.class, "must be relative");
            write(folder.resolve("there"), 10);
            failsWith(pair.client.getFile("there", ours.resolve("absent/back")), CleverFileException.class, "absent");
            assertThat(pair.client.getFile("there").join())
                    .as("the peers go on")
                    .hasSize(10);
            assertThat(names(folder)).containsExactly("there");
        }
    }

    @Test
    void aReceiverThatGivesUpInTheMiddleIsHeard() throws IOException {
        try (RawServer raw = new RawServer();
                CleverPeer peer = CleverPeer.connect(raw.address(), Pair.options(new Notebook()))) {
            write(ours.resolve("mine"), LARGE);
            try (RawServer.Link link = raw.accept()) {
                link.say(RawFrame.extra("hello", "", "{}"));
                CompletableFuture<Void> file = peer.sendFile(ours.resolve("mine"), "f");
                String offer = link.frame();
                assertThat(offer).contains("\"offer\"", "\"size\": " + LARGE);
                String id = offer.replaceAll("(?s).*\"hawser-id\": (\"[0-9a-f]{32}\").*", "$1");
                link.say(RawFrame.extra("accept", id, "{\"offset\": 0}"));
                link.say(RawFrame.extra("done", id, "{\"error\": \"the disk is full\"}"));
                failsWith(file, CleverRefusedException.class, "the disk is full");
            }
        }
    }

    @Test
    void withoutAFolderNoFileComesOrGoes() throws IOException {
        try (Pair pair = new Pair()) {
            write(ours.resolve("mine"), 10);
            failsWith(
                    pair.client.sendFile(ours.resolve("mine"), "f"),
                    CleverRefusedException.class,
                    "no folder for files");
            failsWith(pair.client.getFile("f"), CleverRefusedException.class, "no folder for files");
        }
    }

    @Test
    void aLinkLeadsNowhere() throws IOException {
        Files.createSymbolicLink(folder.resolve("out"), ours);
        write(ours.resolve("secret"), 10);
        Files.createSymbolicLink(folder.resolve("link"), ours.resolve("secret"));
        try (Pair pair = pair()) {
            failsWith(pair.client.getFile("link"), CleverRefusedException.class, "there is no file link");
            failsWith(pair.client.getFile("out/secret"), CleverRefusedException.class, "out");
            failsWith(pair.client.sendFile(ours.resolve("secret"), "out/f"), CleverRefusedException.class, "out");
            byte[] bytes = write(ours.resolve("mine"), 5);
            pair.client.sendFile(ours.resolve("mine"), "link").join();
            assertThat(Files.isSymbolicLink(folder.resolve("link"))).isFalse();
            assertThat(folder.resolve("link")).hasBinaryContent(bytes);
            assertThat(ours.resolve("secret")).hasSize(10);
        }
    }

    private static void failsWith(CompletableFuture<?> future, Class<? extends Throwable> kind, String part) {
        assertThatThrownBy(future::join).hasCauseInstanceOf(kind).hasMessageContaining(part);
    }

    private Pair pair() {
        return pair(options -> options);
    }

    private Pair pair(UnaryOperator<CleverOptions> more) {
        return new Pair(options -> more.apply(options.files(folder)), more);
    }

    private static byte[] write(Path file, int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        Files.write(file, bytes);
        return bytes;
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
