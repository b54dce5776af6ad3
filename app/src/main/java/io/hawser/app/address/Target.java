package io.hawser.app.address;

import io.hawser.net.tls.TlsTrust;
import java.time.Duration;
import java.util.Optional;

/**
 * Which hub, as whom and how long. Immutable; its text names no secret.
 *
 * @param server the hub's eFTL address
 * @param admin the hub's admin address
 * @param user who one is, empty if nobody said
 * @param password of the user, empty if nobody said
 * @param token what lets one in who names no user: one of {@code hawser.tokens}
 * @param adminToken what the admin listener is shown
 * @param trust who is believed behind {@code wss://} and {@code https://}, and what one shows there
 * @param timeout how long to wait for answers, if somebody said
 */
public record Target(
        String server,
        String admin,
        String user,
        String password,
        Optional<String> token,
        Optional<String> adminToken,
        TlsTrust trust,
        Optional<Duration> timeout) {
    @Override
    public String toString() {
        return "target " + server + " as '" + user + "'";
    }
}
