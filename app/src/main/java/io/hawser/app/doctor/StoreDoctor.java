package io.hawser.app.doctor;

import io.hawser.core.value.Fields;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what keeps a hub's store, and what that outlives (docs/nats.md). */
public final class StoreDoctor {
    private static final String WHAT = "store";
    private static final String SYNC = "sync";
    private static final Pattern VERSION = Pattern.compile("([0-9]{1,4})\\.([0-9]{1,4}).*");
    /** From 2.10 on a server can be told when it syncs. */
    private static final int MAJOR = 2;

    private static final int MINOR = 10;
    /** So many outlive the loss of one. */
    private static final int ENOUGH = 3;

    private StoreDoctor() {}

    /** What {@code store}, which the hub says of itself in {@code /store}, means. */
    public static List<Finding> look(Fields store) {
        String place = text(store, "place");
        return switch (text(store, "engine")) {
            case "nats" -> List.of(nats(store, place), sync(store));
            case "memory" ->
                List.of(new Finding(
                        WHAT,
                        true,
                        "in memory: nothing outlives this hub",
                        "set hawser.data to keep what is kept for others"));
            default ->
                List.of(Finding.good(
                        WHAT, "in the folder " + place + ", which is synced before anything is acknowledged"));
        };
    }

    private static Finding nats(Fields store, String place) {
        String why = text(store, "why");
        if (!why.isEmpty()) {
            return Finding.bad(WHAT, why, "start the servers, or free their disks; the hub goes on by itself");
        }
        return Finding.good(
                WHAT,
                place + ": nats-server " + text(store, "version") + ", servers: " + number(store, "servers")
                        + ", replicas: " + number(store, "replicas"));
    }

    /** Whether a server can be told when it syncs is known, whether it was told is not. */
    private static Finding sync(Fields store) {
        String version = text(store, "version");
        long replicas = number(store, "replicas");
        boolean several = replicas >= ENOUGH;
        String risk = several
                ? "two servers whose power fails at the same time can lose what was acknowledged last"
                : "a server whose power fails can lose what was acknowledged last";
        String servers = "three servers with store.nats.replicas = 3 (nats stream edit --replicas 3)";
        if (!tellable(version)) {
            String seen = "nats-server " + version + " acknowledges before it syncs, which it does every two minutes: "
                    + risk;
            return new Finding(SYNC, several, seen, several ? "" : "use " + servers);
        }
        String seen = "nats-server " + version
                + " acknowledges before it syncs, unless it is told jetstream { sync_interval: always }: " + risk;
        return new Finding(SYNC, true, seen, several ? "" : "tell it so, or use " + servers);
    }

    private static boolean tellable(String version) {
        Matcher numbers = VERSION.matcher(version);
        if (!numbers.matches()) {
            return false;
        }
        int major = Integer.parseInt(numbers.group(1));
        return major > MAJOR || (major == MAJOR && Integer.parseInt(numbers.group(2)) >= MINOR);
    }

    private static String text(Fields row, String name) {
        return row.string(name).orElse("");
    }

    private static long number(Fields row, String name) {
        return row.get(name)
                .filter(value -> value.toString().matches("[0-9]{1,9}"))
                .map(value -> Long.parseLong(value.toString()))
                .orElse(0L);
    }
}
