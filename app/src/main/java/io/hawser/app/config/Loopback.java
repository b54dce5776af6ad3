package io.hawser.app.config;

import java.net.URI;
import java.util.regex.Pattern;

/** Whether what is listened on, or connected to, can be reached from this machine alone. */
final class Loopback {
    private static final Pattern HOSTS = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1|\\[::1]");

    private Loopback() {}

    /** True if {@code host} cannot be reached from other machines. */
    static boolean is(String host) {
        return HOSTS.matcher(host).matches();
    }

    /** True if {@code address} cannot be reached from other machines. */
    static boolean is(URI address) {
        return is(address.getHost());
    }

    /** Demands of {@code listener}, which listens on {@code host}, that it is one of the two, or that the user insists. */
    static void orEncrypted(Settings listener, boolean tls, String host) {
        if (!tls) {
            String remedy = "say who the hub is in " + listener.path("tls") + ", ";
            listener.address("host", is(host), "nothing is encrypted, passwords neither", remedy);
        }
    }
}
