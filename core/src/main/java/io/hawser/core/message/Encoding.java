package io.hawser.core.message;

/**
 * How one protocol writes a message's body. There is one instance a protocol; a message keeps the bytes of each encoding
 * that was asked for, by the instance's identity.
 */
@FunctionalInterface
public interface Encoding {
    /** The bytes of {@code message} in this protocol. Pure; may be called on any thread, and seldom twice. */
    byte[] encode(Message message);
}
