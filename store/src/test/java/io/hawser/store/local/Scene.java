package io.hawser.store.local;

import io.hawser.core.message.TestMessages;
import io.hawser.core.store.StoreException;
import io.hawser.core.store.durable.DurableConsumer;
import io.hawser.core.store.durable.DurableLimits;
import io.hawser.core.store.durable.DurableName;
import io.hawser.core.store.durable.StoredMessage;
import io.hawser.core.store.engine.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A store in a folder that a test closes, kills and opens again. */
final class Scene {
    static final DurableName ONE = new DurableName("test", "one");
    static final DurableName TWO = new DurableName("test", "two");

    private final Path folder;
    private final DurableLimits limits;
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

    Scene(Path folder, DurableLimits limits) {
        this.folder = folder;
        this.limits = limits;
        this.store = LocalStore.open(folder, InstantSource.system(), limits, failures::add);
    }

    Path folder() {
        return folder;
    }

    LocalStore store() {
        return store;
    }

    List<StoreException> failures() {
        return failures;
    }

    /** As after an end of the hub and a start. */
    void restart() {
        store.close();
        store = LocalStore.open(folder, InstantSource.system(), limits, failures::add);
    }

    /** As after a kill: another store on a copy of what was on disk at this moment. */
    Scene killed(Path copy) {
        copy(folder, copy);
        return new Scene(copy, limits);
    }

    void define(DurableName... names) {
        for (DurableName name : names) {
            store.durables()
                    .define(name, name.name().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    .join();
        }
    }

    CompletableFuture<Long> append(long n, DurableName... names) {
        return store.durables().append(TestMessages.numbered(n), List.of(names));
    }

    Ear ear(DurableName name, int credit) {
        return new Ear(store, name, credit);
    }

    void close() {
        store.close();
    }

    /** Returns when the store has done all that was asked of it. */
    static void barrier(Store store) {
        store.durables()
                .definitions()
                .exceptionally(closed -> java.util.Map.of())
                .join();
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
