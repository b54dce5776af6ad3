package io.hawser.iot.gateway;

import io.hawser.iot.registry.Device;
import io.hawser.iot.registry.Registry;
import io.hawser.net.Loop;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which devices are there: those that have spoken lately, or whose poll waits. A device behind a gateway is there as long as that is,
 * once it has spoken. Owner: the gateway's loop.
 */
final class Presence {
    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);

    private final Registry registry;
    private final Loop loop;
    private final Duration silence;
    private final Predicate<String> polling;
    private final Teller teller;
    /** When each that is there spoke last, by the loop's clock. */
    private final Map<String, Long> heard = new HashMap<>();

    /** Is told who comes and goes. */
    interface Teller {
        /** {@code device} has come, or has gone for {@code reason}. */
        void changed(Device device, boolean online, String reason);
    }

    /**
     * Nobody is there.
     *
     * @param silence after so long without a sign a device is gone
     * @param polling whether a poll of the device waits
     */
    Presence(Registry registry, Loop loop, Duration silence, Predicate<String> polling, Teller teller) {
        this.registry = registry;
        this.loop = loop;
        this.silence = silence;
        this.polling = polling;
        this.teller = teller;
    }

    /** {@code device} has given a sign. */
    void heard(Device device) {
        registry.heard().heard(device).whenComplete((kept, failure) -> {
            if (failure != null) {
                LOG.debug("iot[{}] was heard, which is not kept: {}", device.hardwareId(), failure.getMessage());
            }
        });
        if (heard.put(device.id(), loop.nanoTime()) == null) {
            teller.changed(device, true, "");
        }
    }

    /** True if the device {@code id} is there. */
    boolean online(String id) {
        return heard.containsKey(id);
    }

    /** The endpoint ids of those that are there. */
    Set<String> online() {
        return Set.copyOf(heard.keySet());
    }

    /** Finds out who has gone; about once a second. */
    void look() {
        long now = loop.nanoTime();
        for (String id : List.copyOf(heard.keySet())) {
            Optional<Device> device = registry.devices().get(id);
            Optional<String> reason = device.isEmpty()
                    ? Optional.of("removed")
                    : !device.get().active() ? Optional.of(device.get().state().name()) : silent(device.get(), now);
            if (reason.isPresent()) {
                heard.remove(id);
                device.ifPresent(gone -> teller.changed(gone, false, reason.get()));
            }
        }
    }

    private Optional<String> silent(Device device, long now) {
        Long last = heard.get(device.mailbox());
        boolean there = last != null && (polling.test(device.mailbox()) || now - last < silence.toNanos());
        if (there) {
            return Optional.empty();
        }
        return Optional.of(device.gateway().isPresent() ? "its gateway is silent" : "silent");
    }
}
