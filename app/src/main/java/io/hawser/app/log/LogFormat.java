package io.hawser.app.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a line of the log looks like. */
public enum LogFormat {
    /** For people. */
    TEXT,
    /** A JSON object. */
    JSON,
    /** For people if stderr is a terminal, or nobody knows what it is; else JSON. */
    AUTO;

    /** What it comes to in this process: {@link #TEXT} or {@link #JSON}. */
    LogFormat here() {
        if (this != AUTO) {
            return this;
        }
        return isForPeople(Path.of("/proc/self/fd/2")) ? TEXT : JSON;
    }

    /** Java does not say what stderr alone is; where the system does not either, somebody tries things out. */
    private static boolean isForPeople(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().matches("/dev/(pts/|tty|console).*");
        } catch (IOException | UnsupportedOperationException elsewhere) {
            return true;
        }
    }
}
