package io.hawser.store.local;

import static io.hawser.store.local.Scene.ONE;
import static io.hawser.store.local.Scene.TWO;

import io.hawser.core.message.Message;
import io.hawser.core.message.TestMessages;
import io.hawser.core.store.durable.DurableName;
import io.hawser.core.store.map.MapName;
import io.hawser.core.store.map.MapSettings;
import io.hawser.core.store.map.Maps;
import io.hawser.core.store.object.ObjectName;
import io.hawser.core.store.object.StoredObjects;
import io.hawser.core.store.object.Upload;
import io.hawser.core.store.object.UploadRequest;
import io.hawser.core.store.record.User;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Makes a data folder of the format that this program writes and packs it: {@code src/test/resources/.../format-N.zip}, which
 * {@link FormatTest} opens for ever after. To be run once a format, before anything is changed that raises it:
 *
 * <pre>
 *   java -cp (test class path of store) io.hawser.store.local.Keepsake format-N.zip
 * </pre>
 *
 * One has had three messages, got two and acknowledged the first; two has those and one with every kind of value; a third
 * durable is deleted. One part of it is in tables, the rest in the log of a hub that was killed.
 *
 * <p>Since format 2: a shared durable has had three messages and the first was acknowledged, a last-value durable the same
 * three; there are a map with a key that was set twice and one that was removed, a table, a log, an object, and an upload that
 * is not over.
 */
final class Keepsake {
    static final DurableName SHARED = new DurableName("test", "shared");
    static final DurableName LAST = new DurableName("test", "last");
    static final MapName MAP = new MapName("test", "map");
    static final ObjectName WHOLE = new ObjectName("test", "whole");
    static final ObjectName HALF = new ObjectName("test", "half");

    private static final DurableName DELETED = new DurableName("test", "deleted");

    private Keepsake() {}

    /** A message with every kind of value. */
    static Message everyKind() {
        Fields inner = Fields.builder().put("a", "b").build();
        return TestMessages.on(
                "kinds/of/value",
                Fields.builder()
                        .put("string", "Zürich \uD83D\uDE81")
                        .put("long", Long.MIN_VALUE)
                        .put("double", -0.5)
                        .put("bool", Value.Bool.TRUE)
                        .put("datetime", new Value.DateTime(1_700_000_000_000L))
                        .put("opaque", new Value.Opaque(new byte[] {0, -1, 7}))
                        .put("message", new Value.Nested(inner))
                        .put("list", new Value.Sequence(List.of(new Value.Int(1), new Value.Str("x"))))
                        .put("null", Value.Null.NULL)
                        .build());
    }

    /** More than a chunk, of which a zip makes little. */
    static byte[] content() {
        byte[] bytes = new byte[StoredObjects.CHUNK + 1_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i % 251);
        }
        return bytes;
    }

    private static void since2(Scene scene) {
        scene.define(SHARED, Scene.ROOMY.shared());
        scene.define(LAST, Scene.ROOMY.lastValue("n"));
        for (int n : List.of(1, 2, 2)) {
            scene.append(n, SHARED, LAST).join();
        }
        Scene.Ear ear = scene.ear(SHARED, 1);
        ear.consumer.acknowledge(ear.ids());
        Maps maps = scene.store().maps();
        maps.define(MAP, MapSettings.DEFAULT.withHistory(3)).join();
        maps.set(MAP, "twice", everyKind().fields()).join();
        maps.set(MAP, "twice", Fields.builder().put("n", 2).build()).join();
        maps.set(MAP, "removed", Fields.EMPTY).join();
        maps.remove(MAP, "removed").join();
        scene.store().records().table(User.TYPE).put(new User("ada", 7)).join();
        scene.store().records().log(User.AUDIT).append(new User("ada", 8)).join();
        Upload whole = scene.store().objects().begin(UploadRequest.of(WHOLE)).join();
        whole.write(ByteBuffer.wrap(content())).join();
        whole.commit().join();
        Upload half = scene.store().objects().begin(UploadRequest.of(HALF)).join();
        half.write(ByteBuffer.wrap(content())).join();
    }

    public static void main(String[] arguments) throws IOException {
        Path temp = Files.createTempDirectory("hawser-keepsake");
        Scene scene = new Scene(temp.resolve("data"));
        scene.define(ONE, TWO, DELETED);
        for (int n = 1; n <= 3; n++) {
            scene.append(n, ONE, TWO, DELETED).join();
        }
        Scene.Ear ear = scene.ear(ONE, 2);
        ear.consumer.acknowledge(ear.ids().subList(0, 1));
        scene.restart();
        scene.store().durables().delete(DELETED).join();
        scene.store()
                .durables()
                .append(everyKind(), Optional.empty(), List.of(TWO))
                .join();
        since2(scene);
        Scene.barrier(scene.store());
        Path killed = temp.resolve("killed");
        Scene.copy(scene.folder(), killed);
        scene.close();
        pack(killed, Path.of(arguments[0]));
        Scene.delete(temp);
    }

    private static void pack(Path folder, Path zip) throws IOException {
        try (OutputStream file = Files.newOutputStream(zip);
                ZipOutputStream out = new ZipOutputStream(file);
                Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.filter(Files::isRegularFile).sorted().toList()) {
                if (each.toFile().length() > 0 && !each.getFileName().toString().startsWith("LOG")) {
                    ZipEntry entry = new ZipEntry(folder.relativize(each).toString());
                    entry.setTime(0);
                    out.putNextEntry(entry);
                    Files.copy(each, out);
                    out.closeEntry();
                }
            }
        }
    }
}
