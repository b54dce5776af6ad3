package io.hawser.verify.crash;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.engine.Store;
import io.hawser.core.store.engine.StoreLimits;
import io.hawser.store.nats.NatsSettings;
import io.hawser.store.nats.NatsStore;
import io.hawser.verify.bench.store.NatsServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The same with a store on NATS, which stays where it is while hubs are killed. */
@Tag("slow")
class NatsCrashTest extends CrashTest {
    @TempDir
    private Path streams;

    private Optional<NatsServer> server = Optional.empty();

    @BeforeEach
    void startServer() throws Exception {
        server = NatsServer.start(streams);
        assumeTrue(server.isPresent(), "nats-server is not installed");
    }

    @AfterEach
    void stopServer() {
        server.ifPresent(NatsServer::close);
    }

    private NatsSettings settings() {
        return NatsSettings.DEFAULT.withUrl(server.orElseThrow().url()).withLease(Duration.ofSeconds(1));
    }

    @Override
    HubProcess hub(Path folder) throws IOException {
        return HubProcess.start(folder, NatsKillTest.onNats(settings().url()));
    }

    @Override
    Store store(Path folder) {
        return NatsStore.open(
                settings(),
                "whoever looks at it",
                InstantSource.system(),
                DurableListener.NONE,
                StoreLimits.ON_DISK,
                failure -> {
                    throw failure;
                });
    }
}
