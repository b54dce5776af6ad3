package io.hawser.app.config;

import io.hawser.eftl.gateway.EftlSettings;
import io.hawser.eftl.rest.RestLimits;
import io.hawser.net.tls.TlsIdentity;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Reads the section {@code eftl}: where eFTL clients connect. */
final class EftlSection {
    /** What clients are told when the hub stops. */
    private enum OnStop {
        SHUTDOWN,
        RESTART
    }

    private final Settings eftl;

    EftlSection(Settings eftl) {
        this.eftl = eftl;
    }

    /** The settings; {@code groups} are those that users are in, {@code everybody} is true if there are no users. */
    EftlSettings read(Set<String> groups, boolean everybody) {
        String host = eftl.text("host");
        Optional<TlsIdentity> tls =
                new ClientSection(eftl.section("tls")).asking(new TlsSection(eftl.section("tls")).read());
        Loopback.orEncrypted(eftl, tls.isPresent(), host);
        if (tls.isPresent() && everybody) {
            String danger = "without users everybody there may do what the rules allow";
            eftl.address("host", Loopback.is(host), danger, "name hawser.users, ");
        }
        return new EftlSettings(
                host,
                eftl.count("port", 0, 65_535),
                new EftlChannels(eftl, groups).read(),
                eftl.duration("login-timeout", Duration.ofMillis(100), Duration.ofMinutes(10)),
                eftl.duration("request-timeout", Duration.ofSeconds(1), Duration.ofHours(1)),
                eftl.count("max-subscriptions", 1, 1_000_000),
                eftl.choice("on-stop", OnStop.class) == OnStop.RESTART,
                Set.copyOf(eftl.texts("origins", EftlSection::objectionToOrigin)),
                tls);
    }

    /** How much callers of its REST may ask for. */
    RestLimits rest() {
        Settings rest = eftl.section("rest");
        return new RestLimits(
                rest.count("max-polls", 1, 1_000_000),
                rest.duration("longest-poll", Duration.ZERO, Duration.ofHours(1)),
                rest.count("max-messages", 1, 100_000),
                rest.bytes("max-bytes", 1L << 10, 1L << 30));
    }

    private static String objectionToOrigin(String origin) {
        return origin.matches("\\*|https?://[^/?#*\\s]+(:\\*)?")
                ? ""
                : "must be the origin of web pages such as https://app.example or http://localhost:*";
    }
}
