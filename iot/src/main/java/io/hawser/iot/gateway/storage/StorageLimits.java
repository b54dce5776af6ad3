package io.hawser.iot.gateway.storage;

/**
 * How much is kept of the files of devices. What is beyond is not taken.
 *
 * @param fileBytes the longest file
 * @param deviceBytes all files of one device
 * @param files how many files of one device
 * @param transfers how many files may go up or down at a time for one caller
 */
public record StorageLimits(long fileBytes, long deviceBytes, int files, int transfers) {
    /** 256 MiB a file, 1 GiB and 1,000 files a device, 8 at a time. */
    public static final StorageLimits DEFAULT = new StorageLimits(256L << 20, 1L << 30, 1_000, 8);
}
