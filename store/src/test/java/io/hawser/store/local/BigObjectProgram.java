package io.hawser.store.local;

import io.hawser.core.message.TestMessages;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.store.object.ObjectLimits;
import io.hawser.core.store.object.ObjectReader;
import io.hawser.core.store.object.StoredObjects;
import io.hawser.core.store.object.Upload;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A process with little memory that stores a big object, reads it back, and appends messages all the while. */
final class BigObjectProgram {
    static final long SIZE = 256L << 20;

    private static final int APPENDS = 1_000;

    private BigObjectProgram() {}

    /** Works in the folder that the first argument names; says what came of it, line by line. */
    public static void main(String[] arguments) {
        ObjectScene scene = new ObjectScene(Path.of(arguments[0]), ObjectLimits.DEFAULT);
        scene.store()
                .durables()
                .define(Scene.ONE, DurableSettings.DEFAULT, new byte[0])
                .join();
        appends(scene, CompletableFuture.completedFuture(""));
        System.out.println("appends alone: " + appends(scene, CompletableFuture.completedFuture("")));
        CompletableFuture<String> sent = CompletableFuture.supplyAsync(() -> upload(scene));
        System.out.println("appends beside an upload: " + appends(scene, sent));
        CompletableFuture<String> read = CompletableFuture.supplyAsync(() -> read(scene));
        System.out.println("appends beside a reader: " + appends(scene, read));
        System.out.println("sent " + sent.join());
        System.out.println("read " + read.join());
        scene.close();
    }

    /** Appends one message after the other until {@code other} is done, and says how long one takes. */
    private static String appends(ObjectScene scene, CompletableFuture<String> other) {
        Scene.Ear ear = new Scene.Ear(scene.store(), Scene.ONE, 0);
        List<Long> micros = new ArrayList<>();
        while (micros.size() < APPENDS || !other.isDone()) {
            long start = System.nanoTime();
            long id = scene.store()
                    .durables()
                    .append(TestMessages.numbered(micros.size()), Optional.empty(), List.of(Scene.ONE))
                    .join();
            micros.add((System.nanoTime() - start) / 1_000);
            ear.consumer.request(1);
            ear.consumer.acknowledge(List.of(id));
        }
        micros.sort(null);
        return String.format(
                Locale.ROOT,
                "%d, p50 %d us, p99 %d us, most %d us",
                micros.size(),
                micros.get(micros.size() / 2),
                micros.get(micros.size() * 99 / 100),
                micros.get(micros.size() - 1));
    }

    private static String upload(ObjectScene scene) {
        long start = System.nanoTime();
        byte[] piece = new byte[64 * 1024];
        Upload upload = scene.begin();
        for (long at = 0; at < SIZE; at += piece.length) {
            ByteBuffer.wrap(piece).putLong(at);
            ObjectScene.done(upload.write(ByteBuffer.wrap(piece)));
        }
        String sha256 = ObjectScene.done(upload.commit()).sha256();
        return sha256 + rate(start);
    }

    private static String read(ObjectScene scene) {
        long start = System.nanoTime();
        ObjectReader reader =
                ObjectScene.done(scene.objects().open(ObjectScene.NAME)).orElseThrow();
        MessageDigest digest = sha256();
        for (long at = 0; at < SIZE; at += StoredObjects.CHUNK) {
            digest.update(ObjectScene.done(reader.read(at, StoredObjects.CHUNK)));
        }
        reader.close();
        return HexFormat.of().formatHex(digest.digest()) + rate(start);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String rate(long start) {
        return String.format(Locale.ROOT, " at %.0f MB/s", SIZE * 1e3 / (System.nanoTime() - start));
    }
}
