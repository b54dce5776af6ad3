package io.hawser.store.local;

import static io.hawser.store.local.Scene.ONE;
import static io.hawser.store.local.Scene.TWO;

import io.hawser.core.message.Message;
import io.hawser.core.message.TestMessages;
import io.hawser.core.store.durable.DurableName;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.io.IOException;
import java.io.OutputStream;
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
 */
final class Keepsake {
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
