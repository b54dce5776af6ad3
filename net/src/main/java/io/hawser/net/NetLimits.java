package io.hawser.net;

import java.time.Duration;

/**
 * What a connection may cost.
 *
 * @param maxMessageBytes longest WebSocket message that is taken, over all its frames; a longer one ends with 1009
 * @param maxLineBytes longest line that is taken, LF not counted; a longer one is skipped
 * @param maxHeaderBytes longest HTTP request line, and longest sum of HTTP headers
 * @param handshakeTimeout how long the other side may take for the HTTP part of a WebSocket
 * @param tlsTimeout how long a TLS handshake may take
 * @param connectTimeout how long TCP may take to connect
 * @param closeTimeout how long the other side may take to answer when we close
 * @param writeHigh bytes waiting to leave from which on a connection is not writable
 * @param writeLow bytes waiting to leave below which it is writable again
 */
public record NetLimits(
        int maxMessageBytes,
        int maxLineBytes,
        int maxHeaderBytes,
        Duration handshakeTimeout,
        Duration tlsTimeout,
        Duration connectTimeout,
        Duration closeTimeout,
        int writeHigh,
        int writeLow) {
    private static final int KIB = 1024;

    /** Checked limits: all positive, {@code writeLow} not above {@code writeHigh}. */
    public NetLimits {
        positive("maxMessageBytes", maxMessageBytes);
        positive("maxLineBytes", maxLineBytes);
        positive("maxHeaderBytes", maxHeaderBytes);
        positive("handshakeTimeout", handshakeTimeout.toMillis());
        positive("tlsTimeout", tlsTimeout.toMillis());
        positive("connectTimeout", connectTimeout.toMillis());
        positive("closeTimeout", closeTimeout.toMillis());
        positive("writeLow", writeLow);
        if (writeHigh < writeLow) {
            throw new IllegalArgumentException("writeHigh " + writeHigh + " is below writeLow " + writeLow);
        }
    }

    /** Good for most. */
    public static NetLimits defaults() {
        return new NetLimits(
                KIB * KIB,
                KIB * KIB,
                8 * KIB,
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(2),
                256 * KIB,
                64 * KIB);
    }

    /** These, with another limit of a WebSocket message. */
    public NetLimits withMaxMessageBytes(int bytes) {
        return new NetLimits(
                bytes,
                maxLineBytes,
                maxHeaderBytes,
                handshakeTimeout,
                tlsTimeout,
                connectTimeout,
                closeTimeout,
                writeHigh,
                writeLow);
    }

    /** These, with another limit of a line. */
    public NetLimits withMaxLineBytes(int bytes) {
        return new NetLimits(
                maxMessageBytes,
                bytes,
                maxHeaderBytes,
                handshakeTimeout,
                tlsTimeout,
                connectTimeout,
                closeTimeout,
                writeHigh,
                writeLow);
    }

    /** These, with other times for handshake, connect and close. */
    public NetLimits withTimeouts(Duration handshake, Duration connect, Duration close) {
        return new NetLimits(
                maxMessageBytes,
                maxLineBytes,
                maxHeaderBytes,
                handshake,
                tlsTimeout,
                connect,
                close,
                writeHigh,
                writeLow);
    }

    /** These, with another time for a TLS handshake. */
    public NetLimits withTlsTimeout(Duration tls) {
        return new NetLimits(
                maxMessageBytes,
                maxLineBytes,
                maxHeaderBytes,
                handshakeTimeout,
                tls,
                connectTimeout,
                closeTimeout,
                writeHigh,
                writeLow);
    }

    private static void positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive, not " + value);
        }
    }
}
