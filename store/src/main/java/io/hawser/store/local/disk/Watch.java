package io.hawser.store.local.disk;

import io.hawser.core.store.StoreException;
import io.hawser.store.rack.Gate;
import io.hawser.store.rack.Round;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/**
 * Keeps the disk from running full: the database must never meet the end of it, because what it was told to write would then
 * be lost or half written. Owner: the writer; what is volatile or atomic may be asked by others.
 *
 * <p>Asks how much is left every second and whenever a good piece was written. Below the alarm somebody is told. Below the
 * floor whatever makes the data grow is refused, and the reserve is given up, so that acknowledging, deleting and tidying go
 * on. Each state ends only well above where it began: the floor's when the reserve can be built again and as much is left.
 */
public final class Watch implements Gate {
    private static final long PERIOD_MILLIS = 1_000;
    private static final long TIDY_MILLIS = 2_000;
    /** Asks again when so much was written, or would be written by a whole turn. */
    private static final long PIECE = 8 << 20;

    private static final long MIB = 1 << 20;

    private final DiskSettings settings;
    private final Space space;
    private final Reserve reserve;
    /** Begins to tidy; false if it is still at it. */
    private final BooleanSupplier tidying;

    private final BiConsumer<Level, String> listener;
    private Level level = Level.AMPLE;
    private volatile Optional<StoreException> refusal = Optional.empty();
    /** Bytes written into other files since the last turn. */
    private final AtomicLong beside = new AtomicLong();

    private long left;
    private long written;
    private long deleted;
    private long nextCheck;
    private long nextTidying;

    /**
     * Watches the room of {@code disk}.
     *
     * @param listener told, on the writer's thread, of each new level, with a text for people
     */
    public Watch(Disk disk, DiskSettings settings, Space space, BiConsumer<Level, String> listener) {
        this(settings, space, disk.reserve(settings.reserve()), disk::tidy, listener);
    }

    Watch(
            DiskSettings settings,
            Space space,
            Reserve reserve,
            BooleanSupplier tidying,
            BiConsumer<Level, String> listener) {
        this.settings = settings;
        this.space = space;
        this.reserve = reserve;
        this.tidying = tidying;
        this.listener = listener;
        this.nextCheck = settings.watched() ? 0 : Long.MAX_VALUE;
    }

    /** A watch that takes {@code disk} to have room. */
    public static Watch asleep(Disk disk) {
        return new Watch(disk, DiskSettings.UNWATCHED, Space.of(Path.of(".")), (level, text) -> {});
    }

    @Override
    public Optional<StoreException> refusal() {
        return refusal;
    }

    /** A disk makes nobody wait. */
    @Override
    public Optional<StoreException> outage() {
        return Optional.empty();
    }

    @Override
    public boolean beside(long bytes) {
        return beside.addAndGet(bytes) >= PIECE && settings.watched();
    }

    @Override
    public void turn(Round round) {
        written(round.bytes(), round.deletes(), round.now());
    }

    /** So much is about to be written. */
    void written(long bytes, int deletes, long now) {
        written += bytes + beside.getAndSet(0);
        deleted += deletes;
        if (settings.watched() && (now >= nextCheck || written >= PIECE || left - written < settings.floor())) {
            check(now);
        }
    }

    @Override
    public long due() {
        return nextCheck;
    }

    private void check(long now) {
        Level before = level;
        try {
            left = space.left();
            if (before != Level.FULL && left >= settings.floor() && reserve.isThere()) {
                level = isLow(before == Level.LOW) ? Level.LOW : Level.AMPLE;
            } else if (left >= settings.enough() && reserve.build()) {
                left = space.left();
                level = isLow(true) ? Level.LOW : Level.AMPLE;
            } else {
                reserve.release();
                left = space.left();
                level = Level.FULL;
            }
        } catch (IOException unknown) {
            throw new StoreException("nobody can say how much room the data folder has: " + unknown, unknown);
        }
        written = 0;
        nextCheck = now + PERIOD_MILLIS;
        refusal = level == Level.FULL ? Optional.of(new StoreException(text())) : Optional.empty();
        if (level != before) {
            listener.accept(level, text());
        }
        if (level != Level.AMPLE && deleted > 0 && now >= nextTidying && left >= settings.writeBuffers()) {
            nextTidying = now + TIDY_MILLIS;
            deleted = tidying.getAsBoolean() ? 0 : deleted;
        }
    }

    private boolean isLow(boolean already) throws IOException {
        long counted = already ? left - settings.reserve() : left;
        return counted < settings.alarm() || counted < space.total() / 100 * settings.alarmPercent();
    }

    private String text() {
        String room = "the disk of the data folder has " + left / MIB + " MiB left";
        return switch (level) {
            case AMPLE -> room + ", which is enough";
            case LOW -> room + "; below " + settings.floor() / MIB + " MiB nothing new is taken: make room there";
            case FULL ->
                room + "; nothing new is taken until it has " + settings.enough() / MIB
                        + " MiB: make room there, consume what waits, or delete what nobody needs";
        };
    }
}
