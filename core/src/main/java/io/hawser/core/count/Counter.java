package io.hawser.core.count;

/** What is counted; the sentence is what an operator reads. */
public enum Counter {
    /** Messages that came onto the bus. */
    PUBLISHED("messages that came onto the bus"),
    /** Messages handed to live subscriptions. */
    ROUTED("messages handed to live subscriptions"),
    /** Messages that nobody wanted. */
    UNHEARD("messages that nobody wanted"),
    /** Messages stored for durables, once a message. */
    STORED("messages stored for durables"),
    /** Replies that came too late, or after another one. */
    LATE_REPLIES("replies that came too late, or after another one"),
    /** Publications that access rules refused, and what durables kept for somebody who may not hear it any more. */
    REFUSED("publications, and kept messages, that access rules refused"),
    /** Clients that were put out because what had let them in did so no more. */
    REVOKED("clients that were put out because what had let them in did so no more"),
    /** Messages that the border of a gateway did not let pass. */
    KEPT_AT_BORDER("messages that the border of a gateway did not let pass"),
    /** Messages beyond the rates of the border of a gateway. */
    THINNED_AT_BORDER("messages beyond the rates of the border of a gateway"),
    /** Messages of other hubs that were not let in: they are here already, or came too far. */
    TURNED_BACK("messages of other hubs that were not let in: they are here already, or came too far"),
    /** Publications that the store did not take. */
    STORE_FAILED("publications that the store did not take"),
    /** Times that the disk of the data folder ran low. */
    DISK_LOW("times that the disk of the data folder ran low"),
    /** Times that publishers began to be refused because the disk of the data folder was full. */
    DISK_FULL("times that publishers began to be refused because the disk of the data folder was full"),
    /** Times that NATS, which is the store, began not to take what was to be kept. */
    STORE_AWAY("times that NATS, which is the store, began not to take what was to be kept"),
    /** Deliveries dropped because the party they were for is slow. */
    DROPPED_SLOW_CONSUMER("deliveries dropped because the party they were for is slow"),
    /** Deliveries dropped because the party's protocol cannot say them. */
    DROPPED_UNSAYABLE("deliveries dropped because the party's protocol cannot say them"),
    /** Messages dropped because their durable was full. */
    DROPPED_FULL_DURABLE("messages dropped because their durable was full"),
    /** Messages dropped because they waited in a durable for too long. */
    EXPIRED("messages dropped because they waited in a durable for too long"),
    /** Messages dropped because they were delivered as often as is allowed. */
    UNDELIVERABLE("messages dropped because they were delivered as often as is allowed"),
    /** Messages not delivered because the store could not read them. */
    DAMAGED("messages not delivered because the store could not read them"),
    /** Times that a durable became four fifths full. */
    DURABLES_FILLED("times that a durable became four fifths full"),
    /** Durables deleted because nobody consumed from them for too long. */
    DURABLES_ABANDONED("durables deleted because nobody consumed from them for too long"),
    /** Sessions ended because too many parties were away. */
    SESSIONS_FORGOTTEN("sessions ended because too many parties were away"),
    /** Messages not retained because there was no room, or because their topic is too long for the store. */
    NOT_RETAINED("messages not retained because there was no room or their topic is too long"),
    /** Polls over REST that were refused because as many as are allowed waited. */
    POLLS_REFUSED("polls over REST that were refused because as many as are allowed waited"),
    /** Things of IoT devices that were refused because as many as are allowed are kept. */
    REGISTRY_FULL("things of IoT devices that were refused because as many as are allowed are kept"),
    /** Calls of IoT devices that were refused because they said more a second than is allowed. */
    DEVICES_SLOWED("calls of IoT devices that were refused because they said more a second than is allowed"),
    /** Files of IoT devices that were refused because of their limits. */
    FILES_REFUSED("files of IoT devices that were refused because of their limits"),
    /** Frames, lines and datagrams that made no sense. */
    MALFORMED("frames, lines and datagrams that made no sense");

    private final String meaning;

    Counter(String meaning) {
        this.meaning = meaning;
    }

    /** One sentence for people. */
    public String meaning() {
        return meaning;
    }
}
