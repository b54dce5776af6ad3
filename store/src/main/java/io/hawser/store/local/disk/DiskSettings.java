package io.hawser.store.local.disk;

/**
 * How much of the disk is left to whom.
 *
 * @param alarm with fewer bytes left than this somebody is told
 * @param alarmPercent with a smaller part of the disk left than this somebody is told
 * @param floor with fewer bytes left than this nothing is taken that makes the data grow
 * @param reserve bytes of a file that is given up when the floor is reached, so that acknowledging and tidying go on
 * @param writeBuffers bytes of memory for what is not in tables yet; the floor must have room for it twice
 */
public record DiskSettings(long alarm, int alarmPercent, long floor, long reserve, long writeBuffers) {
    private static final long MIB = 1 << 20;

    /** Alarm below 1 GiB or 5 %, floor 256 MiB, reserve 64 MiB, write buffers 96 MiB. */
    public static final DiskSettings DEFAULT = new DiskSettings(1024 * MIB, 5, 256 * MIB, 64 * MIB, 96 * MIB);

    /** Takes whatever the disk takes. */
    public static final DiskSettings UNWATCHED = new DiskSettings(0, 0, 0, 0, 96 * MIB);

    boolean watched() {
        return alarm > 0 || alarmPercent > 0 || floor > 0;
    }

    /** What must be left, once the floor was reached, until anything is taken again: room for the reserve, and as much. */
    public long enough() {
        return floor + 2 * reserve;
    }
}
