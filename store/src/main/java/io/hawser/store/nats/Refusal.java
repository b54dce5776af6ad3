package io.hawser.store.nats;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * Why a connection cannot be made, which jnats tells its listener alone, on a thread of its own. What happens later whoever asks for
 * something hears.
 */
final class Refusal implements ErrorListener {
    private static final long PATIENCE_MILLIS = 1_000;

    private final CompletableFuture<Throwable> first = new CompletableFuture<>();

    @Override
    public void exceptionOccurred(Connection connection, Exception failure) {
        Throwable said = failure;
        for (Throwable cause = failure; cause != null && !(said instanceof SSLException); cause = cause.getCause()) {
            said = cause;
        }
        first.complete(said);
    }

    /** What is wrong and what to do, for the user, of a connection as {@code settings} want it that failed with {@code thrown}. */
    String text(NatsSettings settings, Exception thrown) {
        Throwable why = first.completeOnTimeout(thrown, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .join();
        String words = NatsSettings.open(String.valueOf(why.getMessage()));
        if (why instanceof SSLException) {
            return "there is no TLS with the NATS server at " + settings.server() + ": " + words
                    + "; store.nats.trust must be the authority of its certificate, which must be for the host in"
                    + " store.nats.url, and store.nats.certificate one that the server trusts, if it asks";
        }
        if (words.contains("SSL")) {
            return settings.access().tls().isPresent()
                    ? "the NATS server at " + settings.server() + " has no TLS: " + words
                            + "; give it a certificate, or leave out tls:// and store.nats.trust"
                    : "the NATS server at " + settings.server() + " talks with TLS alone: " + words
                            + "; say tls:// in store.nats.url, and in store.nats.trust whom to believe";
        }
        return "no NATS server answers at " + settings.server() + ": " + words
                + "; start nats-server there, or correct store.nats.url";
    }
}
