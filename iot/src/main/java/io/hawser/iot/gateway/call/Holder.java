package io.hawser.iot.gateway.call;

/** Whom a token stands for. */
public sealed interface Holder {
    /** Its id, unique among its kind. */
    String id();

    /** Of its keys: a token of an older epoch is void. */
    long epoch();

    /**
     * A device that may activate itself and nothing else.
     *
     * @param id its endpoint id, which it does not know yet
     */
    record Newcomer(String id, long epoch) implements Holder {}

    /**
     * An activated device.
     *
     * @param id its endpoint id
     */
    record Endpoint(String id, long epoch) implements Holder {}

    /**
     * A program that acts on the devices of an application.
     *
     * @param id the integration's id
     */
    record Program(String id, long epoch) implements Holder, Operator {}

    /**
     * Whoever may move files for {@code sender} and do nothing else: what {@code X-Auth-Token} stands for ({@code specs/iot.md} 1.8).
     *
     * @param sender a device or an operator's program
     */
    record Courier(Holder sender) implements Holder {
        @Override
        public String id() {
            return sender.id();
        }

        @Override
        public long epoch() {
            return sender.epoch();
        }
    }
}
