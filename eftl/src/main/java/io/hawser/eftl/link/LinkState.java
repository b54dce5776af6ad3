package io.hawser.eftl.link;

/** How a link stands. */
public enum LinkState {
    /** It has not been up, or was lost, and is tried again and again. */
    CONNECTING,
    /** Messages cross. */
    UP,
    /** The other end does not want it, or is no hub; it is tried again all the same, in case that changes. */
    REFUSED
}
