package io.hawser.eftl.gateway.subscription;

/** One subscription that reads what the store keeps. Owner: the session's. */
interface Feed {
    /** The client reads on: what is there may be told. */
    void pump();

    /** Nothing more is told. */
    void close();
}
