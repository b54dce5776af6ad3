package io.hawser.core.access;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What somebody wants to do. The label is what rules call it. */
public enum Action {
    /** Bring a message onto the bus. */
    PUBLISH("publish"),
    /** Be told of messages. */
    SUBSCRIBE("subscribe"),
    /** Ask a party and get its answer. */
    REQUEST("request"),
    /** Read or watch a key-value map; the topic is {@code <map>/<key>}. */
    KV_READ("kv.read"),
    /** Change a key-value map. */
    KV_WRITE("kv.write"),
    /** Write an attribute of a device or call one of its actions. */
    DEVICE_CALL("device.call"),
    /** Read or list files. */
    FILE_READ("file.read"),
    /** Store a file, or have one sent to a party. */
    FILE_SEND("file.send"),
    /** Make an Ivy agent quit. */
    IVY_DIE("ivy.die"),
    /** Be another hub: bring and take messages as those who said them did; the topic is {@code hub/<its id>}. */
    LINK("link"),
    /** Look at the hub: its clients, subscriptions, durables; the topic is {@code admin/<resource>}. */
    ADMIN_READ("admin.read"),
    /** Act on who is there: end connections, command copters, ask devices, write maps; the topic is {@code admin/<resource>}. */
    ADMIN_OPERATE("admin.operate"),
    /** Change the hub: purge durables, register devices, reload, read the audit. */
    ADMIN_WRITE("admin.write");

    private final String label;

    Action(String label) {
        this.label = label;
    }

    /** What rules call it. */
    public String label() {
        return label;
    }

    /** The action that rules call {@code label}. */
    public static Optional<Action> labelled(String label) {
        return Arrays.stream(values())
                .filter(action -> action.label.equals(label))
                .findFirst();
    }

    /** Every label, in order. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(Action::label).toList();
    }
}
