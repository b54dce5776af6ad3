package io.hawser.eftl.rest;

import io.hawser.eftl.wire.EftlError;

/** What a caller wants to do, by how it is refused ({@code specs/eftl.md} 4, REST). */
enum Asked {
    /** Publish a message. */
    PUBLISH(EftlError.PUBLISH_FAILED, EftlError.PUBLISH_DISALLOWED),
    /** Publish a request and wait for its reply. */
    REQUEST(EftlError.REQUEST_FAILED, EftlError.REQUEST_DISALLOWED),
    /** Make, read or delete a durable. */
    SUBSCRIBE(EftlError.SUBSCRIPTION_FAILED, EftlError.SUBSCRIPTION_DISALLOWED),
    /** Use a map. */
    MAP(EftlError.MAP_REQUEST_FAILED, EftlError.MAP_REQUEST_DISALLOWED);

    private final EftlError failed;
    private final EftlError disallowed;

    Asked(EftlError failed, EftlError disallowed) {
        this.failed = failed;
        this.disallowed = disallowed;
    }

    /** It could not be done. */
    EftlError failed() {
        return failed;
    }

    /** The caller may not do it. */
    EftlError disallowed() {
        return disallowed;
    }

    /** What was asked can never be done as it was said. */
    EftlError invalid() {
        return this == SUBSCRIBE ? EftlError.SUBSCRIPTION_INVALID : failed;
    }
}
