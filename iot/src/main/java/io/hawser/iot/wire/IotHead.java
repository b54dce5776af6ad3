package io.hawser.iot.wire;

import io.hawser.core.value.Fields;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The members that all messages have in common ({@code specs/iot.md} 1.7.1).
 *
 * @param id what the hub calls the message, the id that the response to a request repeats; empty if it has none yet
 * @param clientId what its maker calls it, a UUID; empty if it was left out. A request must have one
 * @param source the endpoint that it comes from: a connected device's when its gateway posts; empty if it was left out
 * @param destination the endpoint that it goes to; empty for what a device says to the hub
 * @param sender empty as a rule
 * @param priority how urgent it is
 * @param reliability how hard its maker tries
 * @param eventTime milliseconds since 1970, by the clock of its maker; a request must have it
 * @param properties names with texts, for the programs alone
 * @param diagnostics names with strings, numbers and bools, for the programs alone
 * @param stamp what the hub adds when it keeps the message
 */
public record IotHead(
        String id,
        String clientId,
        String source,
        String destination,
        String sender,
        Priority priority,
        Reliability reliability,
        OptionalLong eventTime,
        Map<String, List<String>> properties,
        Fields diagnostics,
        Optional<Stamp> stamp) {

    /** How urgent a message is, the least urgent first. */
    public enum Priority {
        LOWEST,
        LOW,
        MEDIUM,
        HIGH,
        HIGHEST
    }

    /** How hard the maker of a message tries to get it across. */
    public enum Reliability {
        NO_GUARANTEE,
        BEST_EFFORT,
        GUARANTEED_DELIVERY
    }

    /** Which way a message went, seen from the hub. */
    public enum Direction {
        FROM_DEVICE,
        TO_DEVICE
    }

    /**
     * What the hub adds to a message that it keeps. A device's word on it is not read.
     *
     * @param receivedTime milliseconds since 1970, by the clock of the hub
     * @param sentTime when it went out, likewise
     */
    public record Stamp(Direction direction, OptionalLong receivedTime, OptionalLong sentTime) {}

    /** A head with copies of the properties. */
    public IotHead {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        properties.forEach((name, texts) -> copy.put(name, List.copyOf(texts)));
        properties = Collections.unmodifiableMap(copy);
    }

    /** The head of a message that {@code source} made at {@code eventTime}; all else as the original Java library leaves it. */
    public static IotHead of(String clientId, String source, long eventTime) {
        return new IotHead(
                "",
                clientId,
                source,
                "",
                "",
                Priority.LOW,
                Reliability.BEST_EFFORT,
                OptionalLong.of(eventTime),
                Map.of(),
                Fields.EMPTY,
                Optional.empty());
    }

    /** This head with another id. */
    public IotHead withId(String other) {
        return new IotHead(
                other,
                clientId,
                source,
                destination,
                sender,
                priority,
                reliability,
                eventTime,
                properties,
                diagnostics,
                stamp);
    }

    /** This head with another name by its maker. */
    public IotHead withClientId(String other) {
        return new IotHead(
                id,
                other,
                source,
                destination,
                sender,
                priority,
                reliability,
                eventTime,
                properties,
                diagnostics,
                stamp);
    }

    /** This head with other diagnostics. */
    public IotHead withDiagnostics(Fields other) {
        return new IotHead(
                id, clientId, source, destination, sender, priority, reliability, eventTime, properties, other, stamp);
    }

    /** This head with another source and destination. */
    public IotHead between(String from, String to) {
        return new IotHead(
                id, clientId, from, to, sender, priority, reliability, eventTime, properties, diagnostics, stamp);
    }

    /** This head with another priority and reliability. */
    public IotHead with(Priority urgent, Reliability trying) {
        return new IotHead(
                id, clientId, source, destination, sender, urgent, trying, eventTime, properties, diagnostics, stamp);
    }

    /** This head with a stamp of the hub. */
    public IotHead stamped(Stamp mark) {
        return new IotHead(
                id,
                clientId,
                source,
                destination,
                sender,
                priority,
                reliability,
                eventTime,
                properties,
                diagnostics,
                Optional.of(mark));
    }
}
