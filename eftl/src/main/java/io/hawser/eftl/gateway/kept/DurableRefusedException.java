package io.hawser.eftl.gateway.kept;

import io.hawser.eftl.wire.EftlError;

/** Why a client cannot subscribe to a durable that is there. */
public final class DurableRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final EftlError error;

    DurableRefusedException(EftlError error, String reason) {
        super(reason, null, false, false);
        this.error = error;
    }

    /** The protocol's word for it. */
    public EftlError error() {
        return error;
    }
}
