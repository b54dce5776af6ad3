package io.hawser.verify.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small disk in memory, mounted for one test; only root can. */
record SmallDisk(Path path) implements AutoCloseable {
    /** Why there is none; empty if there is one. */
    static String missing() throws IOException {
        Path probe = Files.createTempDirectory("hawser-disk");
        try {
            String said = run(List.of("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", probe.toString()));
            if (said.isEmpty()) {
                run(List.of("umount", probe.toString()));
            }
            return said.isEmpty() ? "" : "no small disk can be mounted (root can): " + said;
        } finally {
            Files.delete(probe);
        }
    }

    static SmallDisk mount(int mib) throws IOException {
        Path path = Files.createTempDirectory("hawser-disk");
        String said = run(List.of("mount", "-t", "tmpfs", "-o", "size=" + mib + "m", "tmpfs", path.toString()));
        if (!said.isEmpty()) {
            throw new IOException(said);
        }
        return new SmallDisk(path);
    }

    private static String run(List<String> command) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException absent) {
            return String.valueOf(absent.getMessage());
        }
        return new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip();
    }

    /** Lazily: this process has the database's library in its memory, from a file there. */
    @Override
    public void close() throws IOException {
        run(List.of("umount", "-l", path.toString()));
        Files.delete(path);
    }
}
