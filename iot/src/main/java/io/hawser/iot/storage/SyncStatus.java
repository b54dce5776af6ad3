package io.hawser.iot.storage;

/** Whether the content on this side and at the server is the same, as far as is known ({@code specs/iot.md} 3.6). */
public enum SyncStatus {
    /** Nobody has tried yet to make it the same. */
    NOT_IN_SYNC,
    /** It is on its way, or about to be. */
    SYNC_PENDING,
    /** It was the same when the last transfer ended, by its hash. */
    IN_SYNC,
    /** The last transfer has failed. */
    SYNC_FAILED
}
