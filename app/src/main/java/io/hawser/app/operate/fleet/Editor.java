package io.hawser.app.operate.fleet;

import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The user's editor. */
final class Editor {
    private Editor() {}

    /**
     * Opens {@code file} in what {@code VISUAL} or {@code EDITOR} names, and waits until that is closed.
     *
     * @throws Failure if there is none, or it says that nothing shall come of it
     */
    static void open(Terminal terminal, Path file) {
        Map<String, String> environment = terminal.environment();
        String editor = environment.getOrDefault("VISUAL", environment.getOrDefault("EDITOR", "vi"));
        try {
            int ended = new ProcessBuilder("sh", "-c", editor + " \"$1\"", "hawser", file.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
            if (ended != 0) {
                throw new Failure(
                        Exit.FAILED, "'" + editor + "' ended with " + ended + "; nothing was changed: " + file);
            }
        } catch (IOException none) {
            throw new Failure(Exit.FAILED, "'" + editor + "' cannot be run: " + none.getMessage(), none);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Failure(Exit.FAILED, "stopped; nothing was changed: " + file, stopped);
        }
    }
}
