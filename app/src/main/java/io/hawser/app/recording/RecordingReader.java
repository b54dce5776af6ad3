package io.hawser.app.recording;

import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/** A recording that is read, line by line. Every error is a {@link Failure} that names the file and the line. One thread's. */
final class RecordingReader implements Closeable {
    /** The longest line, in characters: twice the longest message that a hub can be told to take. */
    static final int LONGEST_LINE = 128 << 20;

    private static final int PIECE = 8192;

    private final Path file;
    private final int longest;
    private final Consumer<String> warnings;
    private final Reader in;
    private final char[] piece = new char[PIECE];
    private int at;
    private int end;
    private int number;
    private boolean cut;

    /** What is compressed, to where it was cut off. */
    private final class Unzipped extends FilterInputStream {
        Unzipped(InputStream bytes) throws IOException {
            super(new GZIPInputStream(bytes));
        }

        @Override
        public int read(byte[] to, int from, int most) throws IOException {
            try {
                return super.read(to, from, most);
            } catch (EOFException off) {
                cut = true;
                return -1;
            }
        }
    }

    /** From the beginning of {@code file}, in lines of {@code longest} characters at most; {@code warnings} hears if it breaks off. */
    RecordingReader(Path file, int longest, Consumer<String> warnings) {
        this.file = file;
        this.longest = longest;
        this.warnings = warnings;
        try {
            this.in = open();
        } catch (NoSuchFileException missing) {
            throw new Failure(Exit.NOT_FOUND, "there is no file " + file, missing);
        } catch (EOFException empty) {
            throw new Failure(Exit.FAILED, file + " breaks off before its first line", empty);
        } catch (IOException unreadable) {
            throw unreadable(unreadable);
        }
    }

    private Reader open() throws IOException {
        InputStream bytes = Files.newInputStream(file);
        try {
            return new InputStreamReader(
                    file.toString().endsWith(".gz") ? new Unzipped(bytes) : bytes, StandardCharsets.UTF_8);
        } catch (IOException noZip) {
            bytes.close();
            throw noZip;
        }
    }

    /** The next message; empty at the end. A last line that was not written to its end is none. */
    Optional<RecordedMessage> next() {
        try {
            StringBuilder line = new StringBuilder();
            boolean whole = readLine(line);
            if (line.isEmpty() && !whole) {
                if (cut) {
                    warnings.accept("the recording breaks off behind line " + number);
                }
                return Optional.empty();
            }
            number++;
            return read(line.toString(), whole);
        } catch (IOException unreadable) {
            throw unreadable(unreadable);
        }
    }

    private Optional<RecordedMessage> read(String line, boolean whole) throws IOException {
        try {
            return Optional.of(RecordedMessage.read(line));
        } catch (IllegalArgumentException wrong) {
            if (number > 1 && (!whole || !filled())) {
                warnings.accept("line " + number + " is not complete; the recording breaks off there");
                return Optional.empty();
            }
            throw new Failure(Exit.FAILED, file + ", line " + number + ": " + wrong.getMessage(), wrong);
        }
    }

    /** Returns true if the line has an end. */
    private boolean readLine(StringBuilder line) throws IOException {
        while (filled()) {
            int from = at;
            while (at < end && piece[at] != '\n') {
                at++;
            }
            line.append(piece, from, at - from);
            if (line.length() > longest) {
                throw new Failure(
                        Exit.FAILED,
                        file + ", line " + (number + 1) + " is longer than " + longest
                                + " characters; no recording has such a line");
            }
            if (at < end) {
                at++;
                return true;
            }
        }
        return false;
    }

    /** Returns true if there is more to read. */
    private boolean filled() throws IOException {
        if (at == end) {
            at = 0;
            end = Math.max(0, in.read(piece));
        }
        return at < end;
    }

    private Failure unreadable(IOException why) {
        return new Failure(Exit.FAILED, "cannot read " + file + ": " + why.getMessage(), why);
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException closing) {
            throw unreadable(closing);
        }
    }
}
