package io.hawser.core.message;

/**
 * Where a message came onto the bus.
 *
 * @param protocol the protocol's short name, such as {@code eftl}
 * @param party who sent it, by the name it has in that protocol
 * @param origin what the message must not be sent back into, where a gateway stands for a whole domain or for a party: its
 *     name, such as {@code ivy/local}; what no gateway shields from itself has the name of its connection point
 */
public record Source(String protocol, String party, String origin) {
    @Override
    public String toString() {
        return protocol + ':' + party;
    }
}
