package io.hawser.app.recording;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A recording that is being written, line by line; compressed if its name ends in .gz. Whatever file it replaces is there until it
 * begins. Callable from any thread: messages come on one, and it is ended on another.
 */
final class RecordingWriter implements Closeable {
    private final Path file;
    private final boolean replaces;
    private @Nullable Writer to;
    private long count;
    private boolean ended;

    /** Nothing is written yet; {@code replaces}: whatever is there already. */
    RecordingWriter(Path file, boolean replaces) {
        this.file = file;
        this.replaces = replaces;
    }

    /**
     * From now on there is a file, an empty one at first.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is one that must not be replaced
     */
    synchronized void begin() throws IOException {
        if (to == null && !ended) {
            OutputStream out = replaces
                    ? Files.newOutputStream(file)
                    : Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            boolean compressed = file.toString().endsWith(".gz");
            to = new BufferedWriter(
                    new OutputStreamWriter(compressed ? new GZIPOutputStream(out, true) : out, StandardCharsets.UTF_8));
        }
    }

    /** How many messages it has. */
    synchronized long count() {
        return count;
    }

    /** The next line, unless it has ended. */
    synchronized void add(RecordedMessage message) throws IOException {
        begin();
        if (to != null && !ended) {
            to.write(message.line());
            to.write('\n');
            to.flush();
            count++;
        }
    }

    /** Takes nothing more; how many messages it has. */
    synchronized long end() {
        ended = true;
        return count;
    }

    @Override
    public synchronized void close() throws IOException {
        ended = true;
        if (to != null) {
            to.close();
            to = null;
        }
    }
}
