package io.hawser.app.config;

import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.store.durable.DurableSettings.WhenFull;
import io.hawser.core.store.engine.StoreLimits;
import io.hawser.core.store.map.MapLimits;
import io.hawser.core.store.map.MapSettings;
import io.hawser.core.store.object.ObjectLimits;
import io.hawser.core.store.record.RecordLimits;
import io.hawser.net.tls.TlsTrust;
import io.hawser.net.tls.UnusableTlsException;
import io.hawser.store.local.disk.DiskSettings;
import io.hawser.store.nats.NatsAccess;
import io.hawser.store.nats.NatsSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Reads the sections {@code store}, {@code durable}, {@code maps}, {@code objects}, {@code records} and {@code disk}: what each part of the store may hold. */
final class StoreSections {
    private static final Duration MOST = Duration.ofDays(36_500);

    private final Settings hub;

    StoreSections(Settings hub) {
        this.hub = hub;
    }

    /** What keeps everything. */
    private enum Engine {
        LOCAL,
        NATS
    }

    /** The store on NATS, if that is the engine. */
    Optional<NatsSettings> nats() {
        Settings store = hub.section("store");
        Settings nats = store.section("nats");
        String name = nats.text("name");
        int replicas = nats.count("replicas", 1, 5);
        Duration lease = nats.duration("lease", Duration.ofSeconds(1), Duration.ofMinutes(5));
        Optional<NatsSettings> settings = Optional.empty();
        try {
            settings = nats.hidden("url", url -> NatsSettings.DEFAULT
                            .withUrl(url)
                            .withReplicas(replicas)
                            .withLease(lease))
                    .map(there -> there.withName(name).withAccess(access(nats, there.url())));
        } catch (IllegalArgumentException wrong) {
            nats.problem("name", String.valueOf(wrong.getMessage()));
        }
        return store.choice("engine", Engine.class) == Engine.NATS ? settings : Optional.empty();
    }

    /** Who the hub is at servers at {@code url}. */
    private static NatsAccess access(Settings nats, String url) {
        Optional<String> trust = nats.textIfAny("trust");
        Optional<String> certificate = nats.textIfAny("certificate");
        Optional<String> key = nats.textIfAny("key");
        Optional<String> creds = nats.textIfAny("creds");
        Optional<String> token = nats.hidden("token", text -> text).filter(text -> !text.isEmpty());
        if (certificate.isPresent() != key.isPresent()) {
            nats.problem(
                    certificate.isPresent() ? "certificate" : "key",
                    "needs " + nats.path(certificate.isPresent() ? "key" : "certificate") + " too");
            return NatsAccess.NONE;
        }
        if (creds.isPresent() && token.isPresent()) {
            nats.problem("creds", "and a token are two ways to say who the hub is; say one");
        }
        try {
            Optional<SSLContext> tls = Optional.empty();
            if (trust.isPresent() || certificate.isPresent() || url.contains("tls://")) {
                TlsTrust believed =
                        trust.map(file -> TlsTrust.pem(Path.of(file))).orElseGet(TlsTrust::system);
                tls = Optional.of(certificate
                        .map(chain -> believed.showing(Path.of(chain), Path.of(key.orElseThrow())))
                        .orElse(believed)
                        .sockets());
            }
            return new NatsAccess(tls, creds.map(Path::of), token);
        } catch (UnusableTlsException | InvalidPathException unusable) {
            nats.problem("trust", "or the certificate, the key or creds cannot be used: " + unusable.getMessage());
            return NatsAccess.NONE;
        }
    }

    /** What maps, objects and records may hold; of objects in memory never more than memory is made for. */
    StoreLimits limits(boolean onDisk) {
        ObjectLimits objects = objects(hub.section("objects"));
        return new StoreLimits(
                maps(hub.section("maps")),
                onDisk ? objects : objects.atMost(ObjectLimits.IN_MEMORY),
                records(hub.section("records")));
    }

    /** What a durable subscription is like. */
    DurableSettings durable() {
        Settings durable = hub.section("durable");
        return DurableSettings.DEFAULT
                .withRoom(
                        durable.count("messages", 1, 100_000_000),
                        durable.bytes("bytes", 1L << 10, 1L << 40),
                        durable.choice("when-full", WhenFull.class))
                .withMessageTtl(durable.duration("message-ttl", Duration.ZERO, MOST))
                .withDurableTtl(durable.duration("durable-ttl", Duration.ZERO, MOST))
                .withRedelivery(
                        durable.duration("ack-timeout", Duration.ZERO, MOST),
                        durable.count("max-deliveries", 0, 1_000_000));
    }

    /** How much of the disk may be filled. */
    DiskSettings disk() {
        Settings disk = hub.section("disk");
        DiskSettings settings = new DiskSettings(
                disk.bytes("alarm", 1L << 20, 1L << 40),
                disk.count("alarm-percent", 0, 50),
                disk.bytes("floor", 1L << 20, 1L << 40),
                disk.bytes("reserve", 1L << 20, 1L << 40),
                disk.bytes("write-buffers", 1L << 20, 1L << 40));
        if (settings.floor() < 2 * settings.writeBuffers()) {
            disk.problem("floor", "must be at least twice " + disk.path("write-buffers"));
        }
        if (settings.alarm() < settings.enough()) {
            disk.problem("alarm", "must be at least " + disk.path("floor") + " and twice " + disk.path("reserve"));
        }
        return settings;
    }

    private static MapLimits maps(Settings maps) {
        int deepest = maps.count("max-history", 0, 10_000);
        int history = maps.count("history", 0, 10_000);
        if (history > deepest) {
            maps.problem("history", "must be at most " + maps.path("max-history"));
        }
        return new MapLimits(
                maps.count("count", 1, 1_000_000),
                (int) maps.bytes("key-bytes", 16, 1L << 12),
                (int) maps.bytes("value-bytes", 1L << 10, 1L << 24),
                deepest,
                MapLimits.DEFAULT.page(),
                maps.count("removed", 1, 10_000_000),
                maps.count("watches", 0, 1_000_000),
                new MapSettings(
                        history,
                        maps.duration("ttl", Duration.ZERO, MOST),
                        maps.count("keys", 1, 100_000_000),
                        maps.bytes("bytes", 1L << 10, 1L << 40)));
    }

    private static ObjectLimits objects(Settings objects) {
        return new ObjectLimits(
                objects.bytes("object-bytes", 1L << 10, 1L << 50),
                objects.bytes("owner-bytes", 1L << 10, 1L << 50),
                objects.bytes("total-bytes", 1L << 10, 1L << 50),
                objects.count("count", 1, 10_000_000),
                objects.count("uploads", 1, 100_000),
                objects.count("readers", 1, 100_000),
                objects.duration("upload-age", Duration.ofMinutes(1), Duration.ofDays(365)));
    }

    private static RecordLimits records(Settings records) {
        return new RecordLimits(
                (int) records.bytes("key-bytes", 1L << 8, 1L << 12),
                (int) records.bytes("record-bytes", 1L << 16, 1L << 24),
                RecordLimits.DEFAULT.page(),
                RecordLimits.DEFAULT.changes());
    }
}
