package io.hawser.ivy.engine;

/** What a mesh counts. */
public enum IvyCount {
    /** Texts received from ready agents. */
    TEXTS_IN,
    /** Texts handed to connections. */
    TEXTS_OUT,
    /** Texts not sent because the agent had too much unsent. */
    TEXTS_DROPPED,
    /** Texts not sent because a capture cannot be put on the wire. */
    TEXTS_UNSENDABLE,
    /** Lines that were no frame, or held more than the limits allow. */
    BAD_LINES,
    /** Lines that were longer than the limit. */
    LONG_LINES,
    /** Datagrams that were no hello. */
    BAD_HELLOS,
    /** Datagrams on the beacon port that were no beacon. */
    BAD_BEACONS,
    /** Subscriptions that were not kept because they are for no message class of ours. */
    FILTERED,
    /** Hellos and beacons from other machines on a bus that is confined to this one. */
    FOREIGN_HELLOS,
    /** Second connections to an agent that was connected already. */
    DUPLICATES,
    /** Newcomers that could not be reached after all attempts. */
    UNREACHABLE,
    /** Connections refused because there were too many. */
    REFUSED
}
