package io.hawser.store.local;

import io.hawser.core.message.TestMessages;
import io.hawser.core.store.StoreException;
import io.hawser.core.store.durable.DurableConsumer;
import io.hawser.core.store.durable.DurableInfo;
import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.durable.DurableName;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.store.durable.MessageId;
import io.hawser.core.store.durable.StoredMessage;
import io.hawser.core.store.engine.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A store in a folder that a test closes, kills and opens again. */
final class Scene {
    static final DurableName ONE = new DurableName("test", "one");
    static final DurableName TWO = new DurableName("test", "two");
    static final DurableSettings ROOMY =
            DurableSettings.DEFAULT.withRoom(100_000, 1 << 30, DurableSettings.WhenFull.REJECT);

    private final Path folder;
    private final InstantSource clock;
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<StoreException> failures = new CopyOnWriteArrayList<>();
    private LocalStore store;

    /** Hears what a consumer hears. */
    static final class Ear implements DurableConsumer.Listener {
        final List<StoredMessage> heard = new CopyOnWriteArrayList<>();
        final DurableConsumer consumer;

        Ear(Store store, DurableName name, int credit) {
            consumer = store.durables().consume(name, Runnable::run, this);
            consumer.request(credit);
            barrier(store);
        }

        @Override
        public void delivered(List<StoredMessage> messages) {
            heard.addAll(messages);
        }

        @Override
        public void withdrawn(List<Long> ids) {}

        @Override
        public void displaced() {}

        List<String> texts() {
            return heard.stream()
                    .map(message -> message.message().fields().get("n").orElseThrow() + "x" + message.deliveryCount())
                    .toList();
        }

        List<Long> ids() {
            return heard.stream().map(StoredMessage::id).toList();
        }
    }

    Scene(Path folder) {
        this(folder, InstantSource.system());
    }

    Scene(Path folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
        this.store = open();
    }

    private LocalStore open() {
        return LocalStore.open(folder, clock, new Told(), failures::add);
    }

    /** Writes down what the store tells without being asked. */
    private final class Told implements DurableListener {
        @Override
        public void lost(DurableName name, long id, Loss why) {
            told.add(why + " " + name.name() + " " + id);
        }

        @Override
        public void filling(DurableInfo durable) {}

        @Override
        public void relieved(DurableInfo durable) {}

        @Override
        public void deleted(DurableName name) {
            told.add("deleted " + name.name());
        }
    }

    Path folder() {
        return folder;
    }

    LocalStore store() {
        return store;
    }

    List<String> told() {
        return told;
    }

    List<StoreException> failures() {
        return failures;
    }

    /** As after an end of the hub and a start. */
    void restart() {
        store.close();
        store = open();
    }

    /** As after a kill: another store on a copy of what was on disk at this moment. */
    Scene killed(Path copy) {
        copy(folder, copy);
        return new Scene(copy, clock);
    }

    void define(DurableName... names) {
        for (DurableName name : names) {
            define(name, ROOMY);
        }
    }

    void define(DurableName name, DurableSettings settings) {
        store.durables()
                .define(name, settings, name.name().getBytes(StandardCharsets.UTF_8))
                .join();
    }

    CompletableFuture<Long> append(long n, DurableName... names) {
        return store.durables().append(TestMessages.numbered(n), Optional.empty(), List.of(names));
    }

    CompletableFuture<Long> append(MessageId id, long n, DurableName... names) {
        return store.durables().append(TestMessages.numbered(n), Optional.of(id), List.of(names));
    }

    DurableInfo info(DurableName name) {
        return store.durables().find(name).join().orElseThrow();
    }

    Ear ear(DurableName name, int credit) {
        return new Ear(store, name, credit);
    }

    void close() {
        store.close();
    }

    /** Returns when the store has done all that was asked of it, and what follows from that. */
    static void barrier(Store store) {
        // what is done in the same turn after the first answer, is done before the second
        for (int i = 0; i < 2; i++) {
            store.durables().list().exceptionally(closed -> List.of()).join();
        }
    }

    /** Copies a folder in which nobody writes any more, though old files may still be tidied away. */
    static void copy(Path from, Path to) {
        List<String> before = list(from);
        while (!copied(from, to) || !before.equals(list(from))) {
            delete(to);
            before = list(from);
        }
    }

    private static boolean copied(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (!file.startsWith(from.resolve("native"))) {
                    Files.copy(file, target);
                }
            }
            return true;
        } catch (NoSuchFileException | UncheckedIOException tidied) {
            return false;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The files with their sizes; the database tidies up beside us, so a file may go while we look. */
    private static List<String> list(Path folder) {
        while (true) {
            try (Stream<Path> files = Files.walk(folder)) {
                return files.map(file -> file + " " + file.toFile().length())
                        .sorted()
                        .toList();
            } catch (NoSuchFileException | UncheckedIOException tidied) {
                // once more
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }
    }

    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
