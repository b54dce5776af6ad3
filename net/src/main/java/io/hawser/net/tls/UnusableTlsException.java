package io.hawser.net.tls;

import java.io.Serial;

/** Keys or certificates cannot be used; the message says which file, why, and what to do. */
public final class UnusableTlsException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    UnusableTlsException(String message, Throwable cause) {
        super(message, cause);
    }

    UnusableTlsException(String message) {
        super(message);
    }
}
