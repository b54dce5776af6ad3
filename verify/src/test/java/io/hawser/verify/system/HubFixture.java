package io.hawser.verify.system;

import io.hawser.app.access.AccessSettings;
import io.hawser.app.admin.AdminSettings;
import io.hawser.app.config.Borders;
import io.hawser.app.config.HubConfig;
import io.hawser.app.hub.Hub;
import io.hawser.app.log.LogFormat;
import io.hawser.core.access.Rule;
import io.hawser.core.link.LinkLimits;
import io.hawser.core.route.RetainedSettings;
import io.hawser.core.session.OutboxLimits;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.store.engine.StoreLimits;
import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlOptions;
import io.hawser.eftl.gateway.EftlSettings;
import io.hawser.eftl.rest.RestLimits;
import io.hawser.ivy.IvyAgent;
import io.hawser.ivy.gateway.IvySettings;
import io.hawser.store.local.disk.DiskSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A whole hub on free ports of loopback, and the programs that a test connects to it; closing it closes them all. */
final class HubFixture implements AutoCloseable {
    private static final String GPS = "^(?<ac>\\S+) (?<msg>GPS) (?<lat>\\S+) (?<lon>\\S+)";

    private final int busPort = freeBusPort();
    private final Hub hub = Hub.start(new HubConfig(
            0,
            LogFormat.TEXT,
            Optional.empty(),
            new AccessSettings(List.of(), List.of(), List.of(Rule.parse("allow * * >"))),
            List.of(),
            List.of(),
            RetainedSettings.NONE,
            Borders.OPEN,
            EftlSettings.DEFAULT.withPort(0),
            RestLimits.DEFAULT,
            List.of(IvySettings.DEFAULT.withBus(domain()).withPatterns(List.of(GPS))),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            LinkLimits.DEFAULT,
            AdminSettings.OFF,
            OutboxLimits.DEFAULT,
            DurableSettings.DEFAULT,
            StoreLimits.IN_MEMORY,
            DiskSettings.DEFAULT,
            Optional.empty(),
            Duration.ofSeconds(30)));
    private final Deque<Runnable> programs = new ArrayDeque<>();

    private static int freeBusPort() {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    String domain() {
        return "127.255.255.255:" + busPort;
    }

    int busPort() {
        return busPort;
    }

    String url() {
        return hub.eftlUrl();
    }

    /** An eFTL client. */
    EftlConnection client(String id) {
        EftlConnection connection =
                Eftl.connect(url(), EftlOptions.defaults().clientId(id)).join();
        programs.push(connection::close);
        return connection;
    }

    /** An Ivy agent. */
    IvyAgent agent(String name) {
        IvyAgent agent = IvyAgent.join(name, domain());
        programs.push(agent::close);
        return agent;
    }

    @Override
    public void close() {
        while (!programs.isEmpty()) {
            programs.pop().run();
        }
        hub.close();
    }
}
