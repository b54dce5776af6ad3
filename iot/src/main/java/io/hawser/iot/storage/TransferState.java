package io.hawser.iot.storage;

/** How far a transfer is. */
public enum TransferState {
    /** Others are before it. */
    QUEUED,
    /** Bytes move. */
    IN_PROGRESS,
    /** It has ended well. */
    COMPLETED,
    /** Somebody did not want it any more. */
    CANCELLED,
    /** It has ended, and the content is not the same on both sides. */
    FAILED
}
