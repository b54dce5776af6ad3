package io.hawser.iot.registry;

import io.hawser.iot.registry.kept.Image;
import io.hawser.iot.registry.kept.Keeper;
import io.hawser.iot.registry.kept.Schema;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * When devices were heard last, the table {@code iot-heard}, and whether since they were activated: from then on the key that they made
 * is known to be theirs. Kept once a minute at most. Owner only; every future completes on the owner.
 *
 * <pre>
 *   heard  text device, number time, number activated (of the device as it was then)
 * </pre>
 */
public final class LastHeard {
    private static final Schema<Heard> SCHEMA = new Schema<>(
            "iot-heard",
            Heard::device,
            (out, heard) -> out.text(heard.device()).number(heard.time()).number(heard.activated()),
            in -> new Heard(in.text(), in.number(), in.number()));
    private static final long BETWEEN = Duration.ofMinutes(1).toMillis();

    private final Keeper keeper;
    private final InstantSource clock;
    private final Image<Heard> image;
    private final Map<String, Long> newest = new HashMap<>();
    /** What is on its way into the store, for each device and each of its activations: one says it for all. */
    private final Map<String, CompletableFuture<Boolean>> coming = new HashMap<>();

    private record Heard(String device, long time, long activated) {}

    LastHeard(Keeper keeper, InstantSource clock) {
        this.keeper = keeper;
        this.clock = clock;
        this.image = new Image<>(keeper.records(), SCHEMA, (before, after) -> {});
    }

    CompletableFuture<Void> load() {
        return image.load(keeper.owner());
    }

    /** When {@code device}, an endpoint id, was heard last, in milliseconds since the epoch; empty if never. */
    public OptionalLong of(String device) {
        Long now = newest.get(device);
        if (now != null) {
            return OptionalLong.of(now);
        }
        return image.get(device).map(heard -> OptionalLong.of(heard.time())).orElse(OptionalLong.empty());
    }

    /**
     * {@code device} was heard. Completes when that is kept, if it is the first time since it was activated, or a minute after the last;
     * else at once.
     */
    public CompletableFuture<Boolean> heard(Device device) {
        newest.put(device.id(), clock.millis());
        if (!isDue(device)) {
            return CompletableFuture.completedFuture(true);
        }
        String life = device.id() + " " + device.activated();
        CompletableFuture<Boolean> before = coming.get(life);
        if (before != null) {
            return before;
        }
        CompletableFuture<Boolean> kept = keeper.inTurn(Devices.turn(device.hardwareId()), () -> keep(device));
        if (!kept.isDone()) {
            coming.put(life, kept);
            kept.whenComplete((done, failure) -> coming.remove(life));
        }
        return kept;
    }

    private CompletableFuture<Boolean> keep(Device device) {
        if (!isDue(device)) {
            return CompletableFuture.completedFuture(true);
        }
        Heard now = new Heard(device.id(), clock.millis(), device.activated());
        return keeper.commit(List.of(image.put(now)), true);
    }

    private boolean isDue(Device device) {
        return !isConfirmed(device)
                || image.get(device.id())
                        .filter(heard -> clock.millis() - heard.time() >= BETWEEN)
                        .isPresent();
    }

    /** Whether {@code device} was heard since it was activated the last time. */
    boolean isConfirmed(Device device) {
        return image.get(device.id())
                .filter(heard -> heard.activated() == device.activated())
                .isPresent();
    }

    List<String> devices() {
        return image.all().stream().map(Heard::device).toList();
    }

    void forget(String device) {
        newest.remove(device);
        if (image.get(device).isPresent()) {
            keeper.commit(List.of(image.remove(device)), true);
        }
    }
}
