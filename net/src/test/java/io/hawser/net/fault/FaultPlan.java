package io.hawser.net.fault;

import java.util.Random;

/** What may happen to a connection; each is drawn for each direction of each connection. */
public interface FaultPlan {
    /** The faults of one direction, from {@code random} alone. */
    Faults draw(Random random);

    /** Nothing happens. */
    static FaultPlan none() {
        return random -> Faults.NONE;
    }

    /** Always the same. */
    static FaultPlan always(Faults faults) {
        return random -> faults;
    }

    /** Everything that a bad network does, somewhere in the first {@code bytes} bytes. */
    static FaultPlan everything(int bytes) {
        return random -> {
            int slice = random.nextInt(4) == 0 ? 1 : 1 + random.nextInt(4096);
            long end = random.nextInt(3) == 0 ? random.nextInt(bytes) : Long.MAX_VALUE;
            End how = End.values()[random.nextInt(End.values().length)];
            return new Faults(random.nextInt(20), Long.MAX_VALUE, slice, end, how);
        };
    }

    /** How a direction can end before its time. */
    enum End {
        /** Both sides see a reset. */
        RESET,
        /** The receiver sees FIN and can go on sending; what else comes is lost. */
        HALF_CLOSE,
        /** Nothing more arrives, and nobody is told. */
        BLACK_HOLE,
        /** Nothing arrives for {@link Faults#FROZEN_MILLIS}, and then all of it. */
        FREEZE
    }

    /**
     * The faults of one direction.
     *
     * @param delayMillis how much later each slice arrives
     * @param bytesPerSecond how much passes
     * @param slice the most bytes that arrive together
     * @param endAfter after how many bytes it ends; {@link Long#MAX_VALUE}: never
     * @param end how it ends
     */
    record Faults(long delayMillis, long bytesPerSecond, int slice, long endAfter, End end) {
        /** Nothing happens. */
        public static final Faults NONE =
                new Faults(0, Long.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE, End.BLACK_HOLE);

        /** How long a frozen direction stands still. */
        public static final long FROZEN_MILLIS = 3_000;

        /** These, with a delay of each slice. */
        public Faults delayed(long millis) {
            return new Faults(millis, bytesPerSecond, slice, endAfter, end);
        }

        /** These, with a limit of bytes a second. */
        public Faults throttled(long bytes) {
            return new Faults(delayMillis, bytes, slice, endAfter, end);
        }

        /** These, in slices. */
        public Faults sliced(int bytes) {
            return new Faults(delayMillis, bytesPerSecond, bytes, endAfter, end);
        }

        /** These, ending after some bytes. */
        public Faults ending(long bytes, End how) {
            return new Faults(delayMillis, bytesPerSecond, slice, bytes, how);
        }
    }
}
