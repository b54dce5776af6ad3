package io.hawser.app.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;

/** Runs what a user wrote for a shell. */
public final class Shell {
    private static final int MAX_OUTPUT = 1 << 20;

    private Shell() {}

    /**
     * What {@code command} prints when it is given {@code input}, less one line end.
     *
     * @throws IOException with a text for the user if it ends with another code than 0
     */
    public static String run(String command, String input) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var to = process.getOutputStream()) {
            to.write(input.getBytes(UTF_8));
        }
        byte[] output = process.getInputStream().readNBytes(MAX_OUTPUT);
        process.getInputStream().close();
        int code = process.waitFor();
        if (code != 0) {
            throw new IOException("'" + command + "' ended with " + code);
        }
        return new String(output, UTF_8).replaceFirst("\\r?\\n\\z", "");
    }
}
