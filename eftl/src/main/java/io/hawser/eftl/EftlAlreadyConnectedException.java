package io.hawser.eftl;

/** A reconnect was asked for while the client is connected, or on its way to be or to leave. */
public final class EftlAlreadyConnectedException extends EftlException {
    private static final long serialVersionUID = 1L;

    EftlAlreadyConnectedException(String message) {
        super(0, message);
    }
}
