package io.hawser.core.session;

/** What can happen to a party. */
public enum PartyEvent {
    /** It has come. */
    CONNECTED,
    /** Its login was refused. */
    DENIED,
    /** It is back on another connection. */
    RESUMED,
    /** Its connection is gone, and it may come back. */
    AWAY,
    /** It wants messages, and gets them from now on. */
    SUBSCRIBED,
    /** A subscription was refused or taken away. */
    UNSUBSCRIBED,
    /** What it published or asked for was refused. */
    REFUSED,
    /** It reads too slowly: messages for it are dropped. */
    SLOW,
    /** It has gone. */
    DISCONNECTED
}
