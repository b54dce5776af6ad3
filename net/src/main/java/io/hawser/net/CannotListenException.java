package io.hawser.net;

import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Locale;

/** A port could not be bound; the message says which, why, and what to do. */
public final class CannotListenException extends UncheckedIOException {
    @Serial
    private static final long serialVersionUID = 1;

    CannotListenException(InetSocketAddress at, Throwable cause) {
        super(text(at, cause), cause instanceof IOException io ? io : new IOException(cause));
    }

    private static String text(InetSocketAddress at, Throwable cause) {
        String why = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        String advice;
        if (why.contains("in use")) {
            why = "address already in use";
            advice = "stop the other program or choose another port";
        } else if (why.contains("permission denied")) {
            advice = "choose a port above 1023, or give this program the right to use this one";
        } else if (why.contains("cannot assign") || at.isUnresolved()) {
            advice = "choose an address of this machine";
        } else {
            advice = "check the address and the port";
        }
        return "cannot listen on " + at.getHostString() + ":" + at.getPort() + ": " + why + "; " + advice;
    }
}
