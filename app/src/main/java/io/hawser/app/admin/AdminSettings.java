package io.hawser.app.admin;

import io.hawser.net.tls.TlsIdentity;
import java.util.Optional;

/**
 * Where a hub tells about itself, and to whom.
 *
 * @param host the address to listen on
 * @param port the TCP port; 0: any that is free
 * @param token what a caller must show; empty: nobody may call, and nothing listens
 * @param tls who the hub is, for {@code https://}; empty: nothing is encrypted
 */
public record AdminSettings(String host, int port, Optional<String> token, Optional<TlsIdentity> tls) {
    /** Nothing listens. */
    public static final AdminSettings OFF = new AdminSettings("127.0.0.1", 0, Optional.empty(), Optional.empty());

    @Override
    public String toString() {
        return "AdminSettings[host=" + host + ", port=" + port + ", token=" + (token.isEmpty() ? "none" : "...") + "]";
    }
}
