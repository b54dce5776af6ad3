package io.hawser.store.nats;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Where a store on NATS is, and how it is kept there.
 *
 * @param url of one or more servers of one cluster, as {@code nats://a:4222,nats://b:4222}; user and password may stand in it
 * @param name of the store there: letters, digits, {@code _} and {@code -}, at most 32. Stores of other names are others
 * @param replicas on how many servers each stream is, 1 to 5; counts when a stream is made
 * @param answer how long to wait for an answer of a server before asking again
 * @param lease how long nobody else takes a store whose hub says nothing
 * @param access who the hub is there
 */
public record NatsSettings(String url, String name, int replicas, Duration answer, Duration lease, NatsAccess access) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,32}");

    /** A server on this machine. */
    public static final NatsSettings DEFAULT = new NatsSettings(
            "nats://127.0.0.1:4222", "hawser", 1, Duration.ofSeconds(5), Duration.ofSeconds(5), NatsAccess.NONE);

    /** Checks the name and the number of replicas. */
    public NatsSettings {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "the name of a store on NATS is 1 to 32 letters, digits, '_' and '-', not '" + name + "'");
        }
        if (replicas < 1 || replicas > 5) {
            throw new IllegalArgumentException("a stream has 1 to 5 replicas, not " + replicas);
        }
    }

    /** The same at another server. */
    public NatsSettings withUrl(String newUrl) {
        return new NatsSettings(newUrl, name, replicas, answer, lease, access);
    }

    /** The same under another name. */
    public NatsSettings withName(String newName) {
        return new NatsSettings(url, newName, replicas, answer, lease, access);
    }

    /** The same on so many servers. */
    public NatsSettings withReplicas(int newReplicas) {
        return new NatsSettings(url, name, newReplicas, answer, lease, access);
    }

    /** The same with another lease. */
    public NatsSettings withLease(Duration newLease) {
        return new NatsSettings(url, name, replicas, answer, newLease, access);
    }

    /** The same as somebody. */
    public NatsSettings withAccess(NatsAccess newAccess) {
        return new NatsSettings(url, name, replicas, answer, lease, newAccess);
    }

    /** The address without user and password. */
    String server() {
        return open(url);
    }

    /** {@code text} without the user and password of the addresses in it. */
    static String open(String text) {
        return text.replaceAll("//[^/@]*@", "//");
    }

    /** The address and the name, for people. */
    public String where() {
        return server() + " (store " + name + ")";
    }

    /** What the stream {@code part} of this store is called. */
    String stream(String part) {
        return "HAWSER_" + name + "_" + part;
    }

    /** The subject {@code part} of this store. */
    String subject(String part) {
        return "hawser.store." + name + "." + part;
    }
}
