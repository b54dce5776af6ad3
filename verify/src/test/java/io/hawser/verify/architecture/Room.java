package io.hawser.verify.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One line of the table "who may see what" (docs/ARCHITECTURE.md): a group of packages and everything outside the JDK
 * that its classes may depend on. A new module or room is a new line here.
 *
 * @param packages the room, as an ArchUnit package pattern
 * @param sees package patterns of everything it may depend on, itself included
 */
record Room(String packages, List<String> sees) {
    private static final String CORE = "io.hawser.core..";
    private static final String NET = "io.hawser.net..";
    private static final String VALUES = "io.hawser.core.value..";
    private static final String MATCHERS = "io.hawser.core.match..";
    private static final String LOG = "org.slf4j..";
    private static final String JSON = "com.fasterxml.jackson.core..";

    Room {
        sees = List.copyOf(sees);
    }

    /** The table. Each class of ours belongs to exactly one of these rooms. */
    static Stream<Room> all() {
        List<Room> rooms = new ArrayList<>();
        rooms.add(room(CORE, "com.google.re2j.."));
        rooms.add(room(NET, "io.netty..", LOG));
        rooms.addAll(store());
        rooms.addAll(eftl());
        rooms.addAll(protocol("io.hawser.ivy", "org.xml.sax.."));
        rooms.addAll(protocol("io.hawser.clever", JSON));
        rooms.addAll(iot());
        rooms.add(app());
        rooms.add(room("io.hawser.junit..", "io.hawser.app..", "org.junit.jupiter.api.."));
        rooms.add(room(
                "io.hawser.examples..",
                CORE,
                "io.hawser.eftl..",
                "io.hawser.ivy..",
                "io.hawser.clever..",
                "io.hawser.iot..",
                "io.hawser.app.."));
        rooms.add(room(
                "io.hawser.verify..", "io.hawser..", "org.openjdk.jmh..", "io.netty..", "org.rocksdb..", JSON, LOG));
        return rooms.stream();
    }

    private static Room app() {
        return room(
                "io.hawser.app..",
                CORE,
                NET,
                "io.hawser.store..",
                "io.hawser.eftl..",
                "io.hawser.ivy..",
                "io.hawser.clever..",
                "io.hawser.iot..",
                "com.password4j..",
                "picocli..",
                "org.jline..",
                "org.bouncycastle..",
                "com.typesafe.config..",
                "io.prometheus..",
                "org.HdrHistogram..",
                JSON,
                LOG,
                "ch.qos.logback..");
    }

    /** The rooms of the store: what engines of sorted bytes share, and each engine. */
    private static List<Room> store() {
        String root = "io.hawser.store";
        String rack = root + ".rack..";
        String disk = root + ".local.disk..";
        String durable = root + ".durable..";
        String object = root + ".object..";
        return List.of(
                room(rack, CORE, LOG),
                room(durable, rack, disk, CORE),
                room(object, rack, disk, CORE, LOG),
                room(root + ".copy..", rack, object, CORE),
                room(root + ".local..", root + "..", CORE, "org.rocksdb..", LOG),
                room(root + ".nats..", rack, durable, object, root + ".copy..", CORE, "io.nats..", LOG));
    }

    /**
     * The rooms of a protocol module: a pure wire, an engine and a library that know values and matchers only, and the
     * gateway, the one place that sees the bus.
     */
    private static List<Room> protocol(String root, String... libraries) {
        String wire = root + ".wire..";
        String engine = root + ".engine..";
        return List.of(
                room(wire, libraries, VALUES, MATCHERS),
                room(engine, libraries, wire, VALUES, MATCHERS, NET, LOG),
                room(root, libraries, wire, engine, VALUES, MATCHERS, NET, LOG),
                room(root + ".gateway..", libraries, root + "..", CORE, NET, LOG));
    }

    /** The rooms of eFTL: those of a protocol, its calls by plain HTTP, and its links to other hubs. */
    private static List<Room> eftl() {
        String root = "io.hawser.eftl";
        String wire = root + ".wire..";
        String gateway = root + ".gateway..";
        List<Room> rooms = new ArrayList<>(protocol(root, JSON));
        rooms.add(room(root + ".rest..", wire, gateway, CORE, NET, LOG));
        rooms.add(room(root + ".link..", wire, root + ".engine..", gateway, CORE, NET, LOG));
        return rooms;
    }

    /**
     * The rooms of the IoT module: a pure wire, pure device models and policies; the device library, from the way to the server
     * over the dispatcher of messages to devices, and that for operators; what the hub keeps of devices, and the gateway.
     */
    private static List<Room> iot() {
        String root = "io.hawser.iot";
        String wire = root + ".wire..";
        String model = root + ".model..";
        String policy = root + ".policy..";
        String link = root + ".link..";
        String dispatch = root + ".dispatch..";
        String storage = root + ".storage..";
        return List.of(
                room(wire, JSON, VALUES),
                room(model, JSON, wire, VALUES),
                room(policy, JSON, wire, model, VALUES),
                room(link, JSON, wire, model, VALUES, NET, LOG),
                room(dispatch, JSON, wire, link, VALUES, NET, LOG),
                room(storage, wire, link, VALUES, NET, LOG),
                room(root + ".device..", JSON, wire, model, policy, link, dispatch, storage, VALUES, NET, LOG),
                room(root + ".enterprise..", wire, model, link, storage, VALUES, NET, LOG),
                room(root + ".registry..", wire, model, CORE),
                room(root + ".gateway..", JSON, root + "..", CORE, NET, LOG));
    }

    private static Room room(String packages, String... sees) {
        return room(packages, new String[0], sees);
    }

    private static Room room(String packages, String[] libraries, String... sees) {
        return new Room(
                packages,
                Stream.of(
                                Stream.of(packages, "java..", "javax..", "org.jspecify.."),
                                Stream.of(libraries),
                                Stream.of(sees))
                        .flatMap(patterns -> patterns)
                        .toList());
    }
}
