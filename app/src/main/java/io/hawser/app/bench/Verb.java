package io.hawser.app.bench;

/** What is done again and again, and from when to when its time is taken. */
enum Verb {
    /** Messages are published, until the hub acknowledges; of protocols that do not, until somebody has heard. */
    PUB,
    /** Each client hears a publisher and a topic of its own. */
    SUB,
    /** Each client asks, until it has the answer. */
    REQ,
    /** One publishes, and each client hears everything. */
    FANOUT,
    /** Messages are published that a durable keeps, until they are safe. */
    DURABLE,
    /** Values are put into a map, until they are safe. */
    KV,
    /** Files are given to the hub, until it has them. */
    FILE
}
