package io.hawser.app.probe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Where a probe's commands come from. Closed by another thread than the one that reads. */
public interface ProbeInput extends AutoCloseable {
    /** The next line; empty at the end. Waits for it. */
    Optional<String> next() throws IOException;

    @Override
    void close();

    /** The lines of a pipe or a file. */
    static ProbeInput of(InputStream pipe) {
        BufferedReader lines = new BufferedReader(new InputStreamReader(pipe, StandardCharsets.UTF_8));
        return new ProbeInput() {
            @Override
            public Optional<String> next() throws IOException {
                return Optional.ofNullable(lines.readLine());
            }

            @Override
            public void close() {
                // a read that waits cannot be ended; the process ends without it
            }
        };
    }
}
