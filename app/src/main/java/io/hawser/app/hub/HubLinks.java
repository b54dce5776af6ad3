package io.hawser.app.hub;

import io.hawser.app.admin.Answers;
import io.hawser.app.admin.bus.LinkApi;
import io.hawser.app.config.HubConfig;
import io.hawser.core.link.Breaker;
import io.hawser.core.link.LinkLimits;
import io.hawser.core.link.Linkage;
import io.hawser.core.route.Bus;
import io.hawser.core.store.engine.Store;
import io.hawser.eftl.link.Link;
import io.hawser.eftl.link.LinkSettings;
import io.hawser.net.Loop;
import io.hawser.net.http.Route;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** The links of a hub and what they share, all on one loop. Owner of the list is whoever starts and closes the hub. */
final class HubLinks implements AutoCloseable {
    /** Messages that leave are numbered from anywhere up to here, so that two lives of a hub are told apart. */
    private static final long FIRST_NUMBERS = 1L << 52;

    private final Loop loop;
    private final SecureRandom random = new SecureRandom();
    private final List<Link> links = new ArrayList<>();

    /** None yet; {@code loop} will own them. */
    HubLinks(Loop loop) {
        this.loop = loop;
    }

    /** What the links of the hub share that {@code store} belongs to; without a way round there are no storms. Waits for the store. */
    Linkage linkage(Store store, HubConfig config) {
        String id = HubId.of(store.records(), random).id();
        boolean round = !config.links().isEmpty() || config.ivy().size() > 1;
        LinkLimits limits = new LinkLimits(
                config.linkLimits().hops(), round ? config.linkLimits().storm() : Breaker.Limits.NONE);
        return new Linkage(id, limits, 1 + random.nextLong(FIRST_NUMBERS), loop);
    }

    /** Starts a link for each of {@code all}. */
    void open(List<LinkSettings> all, Bus bus) {
        for (LinkSettings settings : all) {
            Link link = new Link(settings, bus, loop, random);
            link.start();
            links.add(link);
        }
    }

    /** What can be asked about them. */
    List<Route> routes(Answers answers) {
        return new LinkApi(answers, links).routes();
    }

    @Override
    public void close() {
        links.forEach(Link::close);
    }
}
