package io.hawser.iot.enterprise;

import io.hawser.core.value.Fields;
import io.hawser.iot.link.LinkException;
import io.hawser.iot.wire.operator.Latest;
import io.hawser.net.Backoff;
import io.hawser.net.Loop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Virtual devices that are asked after in one call, again and again, each time from where the answer before ended ({@code
 * specs/iot.md} 1.9). Owner: the loop.
 *
 * <p>A device that joins is asked after once without a beginning, for what is known of it; that is no event. The others are asked
 * after just before, so that from then on one beginning holds for all.
 */
final class Bulk {
    private static final Logger LOG = LoggerFactory.getLogger(EnterpriseClient.class);
    private static final int MOST = 200;
    private static final Duration SOON = Duration.ofMillis(20);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Server server;
    private final Loop loop;
    private final Watching watching;
    private final Backoff backoff;
    private final Backlog backlog;
    private final List<VirtualDevice> members = new ArrayList<>();
    private final Map<VirtualDevice, CompletableFuture<Void>> joining = new LinkedHashMap<>();
    private long since;
    private int failures;
    private boolean asking;
    private boolean again;
    private boolean closed;
    private Loop.@Nullable Timer next;

    /**
     * How devices are watched.
     *
     * @param interval from one question to the next
     * @param formatLimit how many messages of each format may come at once
     * @param random for waits after failures
     * @param failed hears on the loop of a server that does not answer, once until it does again
     */
    record Watching(Duration interval, int formatLimit, RandomGenerator random, Consumer<LinkException> failed) {}

    Bulk(Server server, Loop loop, Watching watching) {
        this.server = server;
        this.loop = loop;
        this.watching = watching;
        this.backlog = new Backlog(server, watching.formatLimit());
        Duration longest = watching.interval().compareTo(LONGEST) > 0 ? watching.interval() : LONGEST;
        this.backoff = new Backoff(watching.interval(), longest, 0.5);
    }

    boolean hasRoom() {
        return members.size() + joining.size() < MOST;
    }

    /** Watches {@code device} from now on; {@code joined} completes on the loop when it has its first values. */
    void join(VirtualDevice device, CompletableFuture<Void> joined) {
        joining.put(device, joined);
        again = true;
        if (!asking) {
            schedule(Duration.ZERO);
        }
    }

    void leave(VirtualDevice device) {
        members.remove(device);
        Optional.ofNullable(joining.remove(device))
                .ifPresent(joined -> joined.completeExceptionally(LinkException.closed()));
    }

    /** Asks before its time, as there may be news. */
    void soon() {
        again = true;
        if (!asking) {
            schedule(SOON);
        }
    }

    void close() {
        closed = true;
        schedule(Duration.ZERO);
        fail(joining.values(), LinkException.closed());
        joining.clear();
        members.clear();
    }

    private void schedule(Duration wait) {
        if (next != null) {
            next.cancel();
            next = null;
        }
        if (!closed && !(members.isEmpty() && joining.isEmpty())) {
            next = loop.schedule(wait, this::ask);
        }
    }

    private void ask() {
        next = null;
        asking = true;
        again = false;
        CompletableFuture<Void> known = members.isEmpty() ? CompletableFuture.completedFuture(null) : refresh();
        known.thenComposeAsync(done -> joining.isEmpty() ? CompletableFuture.completedFuture(null) : welcome(), loop)
                .whenCompleteAsync((done, failure) -> ended(Optional.ofNullable(failure)), loop);
    }

    private CompletableFuture<Void> refresh() {
        List<VirtualDevice> asked = List.copyOf(members);
        String query = "devices/data?formatLimit=" + watching.formatLimit() + "&since=" + since;
        return server.fetch(query, question(asked), Latest::read).thenComposeAsync(latest -> hear(asked, latest), loop);
    }

    private CompletableFuture<Void> hear(List<VirtualDevice> asked, Latest latest) {
        long before = since;
        since = latest.until();
        CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
        for (VirtualDevice device : asked) {
            Optional<Latest.News> news = news(latest, device);
            if (news.isPresent()) {
                all = all.thenCompose(done -> backlog.whole(device, news.get(), before, latest.until()))
                        .thenAcceptAsync(device::hear, loop);
            }
        }
        return all;
    }

    private CompletableFuture<Void> welcome() {
        List<VirtualDevice> asked = List.copyOf(joining.keySet());
        return server.fetch("devices/data?formatLimit=0", question(asked), Latest::read)
                .thenAcceptAsync(
                        latest -> {
                            since = latest.until();
                            asked.forEach(device -> welcome(device, latest));
                        },
                        loop);
    }

    private void welcome(VirtualDevice device, Latest latest) {
        CompletableFuture<Void> joined = joining.remove(device);
        if (joined != null) {
            news(latest, device).ifPresent(device::learn);
            members.add(device);
            joined.complete(null);
        }
    }

    private void ended(Optional<Throwable> failure) {
        asking = false;
        if (failure.isEmpty()) {
            if (failures > 0) {
                LOG.info("iot: devices are watched again");
            }
            failures = 0;
            schedule(again ? SOON : watching.interval());
        } else if (!closed) {
            failed(Orders.cause(failure.get()));
        }
    }

    private void failed(Throwable cause) {
        fail(joining.values(), cause);
        joining.clear();
        failures++;
        Duration wait = backoff.after(failures, watching.random()::nextDouble);
        if (cause instanceof LinkException why) {
            Duration wanted = why.retryAfter().orElse(Duration.ZERO);
            wait = wanted.compareTo(wait) > 0 ? wanted : wait;
            if (failures == 1 && !members.isEmpty()) {
                LOG.warn("iot: {} devices cannot be watched now: {}", members.size(), why.getMessage());
                watching.failed().accept(why);
            }
        } else {
            LOG.error("iot: news of devices were not understood", cause);
        }
        schedule(wait);
    }

    private static void fail(Collection<CompletableFuture<Void>> joined, Throwable cause) {
        joined.forEach(each -> each.completeExceptionally(cause));
    }

    private static Optional<Latest.News> news(Latest latest, VirtualDevice device) {
        return Optional.ofNullable(latest.data().get(device.getEndpointId()))
                .flatMap(models ->
                        Optional.ofNullable(models.get(device.getDeviceModel().urn())));
    }

    private static Fields question(List<VirtualDevice> devices) {
        Map<String, Set<String>> wanted = new LinkedHashMap<>();
        for (VirtualDevice device : devices) {
            wanted.computeIfAbsent(device.getEndpointId(), id -> new TreeSet<>())
                    .add(device.getDeviceModel().urn());
        }
        return Latest.question(wanted);
    }
}
