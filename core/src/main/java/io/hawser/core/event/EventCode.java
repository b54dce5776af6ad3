package io.hawser.core.event;

/**
 * By what an operator finds a change of the hub's state in its log, whatever words the line has: {@code HUB-1106 LOGIN_REFUSED}. Codes
 * never change their meaning, and one that is not used any more is not used again. Whoever logs hands the code in as one more
 * argument of the line, behind those that the line shows and before what was thrown.
 */
public enum EventCode {
    // ---- 11: who is there
    /** A client, agent, copter or device has come. */
    PARTY_JOINED(1101, "a client, agent, copter or device has come"),
    /** A client has come back to its session. */
    PARTY_RETURNED(1102, "a client has come back to its session"),
    /** A client's connection was lost; its session is kept for a while. */
    PARTY_AWAY(1103, "a client's connection was lost; its session is kept for a while"),
    /** A client, agent, copter or device has gone. */
    PARTY_LEFT(1104, "a client, agent, copter or device has gone"),
    /** Somebody was silent for too long, or did not come back in time. */
    PARTY_LOST(1105, "somebody was silent for too long, or did not come back in time"),
    /** Somebody could not prove who it is. */
    LOGIN_REFUSED(1106, "somebody could not prove who it is"),
    /** The same id came again on another connection, which replaces the earlier one. */
    PARTY_REPLACED(1107, "the same id came again on another connection, which replaces the earlier one"),
    /** Somebody may not connect, or not now: a limit, or an address that is not let in. */
    PARTY_NOT_ADMITTED(1108, "somebody may not connect, or not now: a limit, or an address that is not let in"),
    /** A device was activated. */
    DEVICE_ACTIVATED(1109, "a device was activated"),

    // ---- 12: what they say
    /** Somebody sent what its protocol does not know. */
    MALFORMED(1201, "somebody sent what its protocol does not know"),
    /** What somebody published, or sent, was refused. */
    MESSAGE_REFUSED(1202, "what somebody published, or sent, was refused"),
    /** Somebody reads too slowly, and did not get what was for it. */
    SLOW_CONSUMER(1203, "somebody reads too slowly, and did not get what was for it"),
    /** A regexp costs too much time and is run by another engine. */
    COSTLY_REGEXP(1204, "a regexp costs too much time and is run by another engine"),
    /** What a device or copter was told to do is not done. */
    COMMAND_NOT_DONE(1205, "what a device or copter was told to do is not done"),
    /** An agent asked the hub to die. */
    DEATH_WISHED(1206, "an agent asked the hub to die"),
    /** Messages go round in a circle. */
    STORM(1207, "messages go round in a circle"),
    /** A message cannot be said in somebody's protocol. */
    UNSAYABLE(1208, "a message cannot be said in somebody's protocol"),

    // ---- 13: other hubs
    /** A link to another hub is up. */
    LIMIT_REACHED(1209, "a limit was reached: somebody was refused, put off or cut short"),
    LINK_UP(1301, "a link to another hub is up"),
    /** A link to another hub is lost; what waits for it is kept for a moment. */
    LINK_LOST(1302, "a link to another hub is lost; what waits for it is kept for a moment"),
    /** A link to another hub is down; what waited for it is lost. */
    LINK_DOWN(1303, "a link to another hub is down; what waited for it is lost"),
    /** A link to another hub cannot be made, or is refused. */
    LINK_REFUSED(1304, "a link to another hub cannot be made, or is refused"),

    // ---- 14: what is kept
    /** The disk of the data folder runs low. */
    DISK_LOW(1401, "the disk of the data folder runs low"),
    /** The disk of the data folder is full: nothing new is taken. */
    DISK_FULL(1402, "the disk of the data folder is full: nothing new is taken"),
    /** The disk of the data folder has room again. */
    DISK_AMPLE(1403, "the disk of the data folder has room again"),
    /** The disk has failed: nothing is acknowledged any more, and the hub ends. */
    STORE_FAILED(1404, "the disk has failed: nothing is acknowledged any more, and the hub ends"),
    /** A durable is nearly full. */
    DURABLE_NEARLY_FULL(1405, "a durable is nearly full"),
    /** A durable that was nearly full has room again. */
    DURABLE_HAS_ROOM(1406, "a durable that was nearly full has room again"),
    /** A durable was deleted, as nobody consumed from it for too long. */
    DURABLE_ABANDONED(1407, "a durable was deleted, as nobody consumed from it for too long"),
    /** A message was dropped, as it was delivered as often as is allowed. */
    MESSAGE_UNDELIVERABLE(1408, "a message was dropped, as it was delivered as often as is allowed"),
    /** A message is damaged in the data folder and cannot be delivered. */
    MESSAGE_DAMAGED(1409, "a message is damaged in the data folder and cannot be delivered"),
    /** What is retained could not be stored or read. */
    RETAINED_NOT_STORED(1410, "what is retained could not be stored or read"),
    /** NATS does not take what is to be kept: nothing new is taken until it does. */
    STORE_AWAY(1411, "NATS does not take what is to be kept: nothing new is taken until it does"),
    /** NATS takes what is to be kept again. */
    STORE_BACK(1412, "NATS takes what is to be kept again"),

    // ---- 15: how it is run
    /** A listener has a new certificate. */
    CERTIFICATE_RENEWED(1501, "a listener has a new certificate"),
    /** A new certificate cannot be used; the listener goes on with the old one. */
    CERTIFICATE_UNUSABLE(1502, "a new certificate cannot be used; the listener goes on with the old one"),
    /** A backup was begun. */
    BACKUP_BEGUN(1503, "a backup was begun"),
    /** A backup was made. */
    BACKUP_DONE(1504, "a backup was made"),
    /** A backup was not made, or not taken. */
    BACKUP_FAILED(1505, "a backup was not made, or not taken"),
    /** The audit could not be written. */
    AUDIT_NOT_WRITTEN(1506, "the audit could not be written"),
    /** The hub failed at something that it should have been able to do. */
    INTERNAL_ERROR(1507, "the hub failed at something that it should have been able to do");

    private final int number;
    private final String meaning;

    EventCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    /** What has happened, in a sentence for operators. */
    public String meaning() {
        return meaning;
    }

    /** As it stands in a log: {@code HUB-1106 LOGIN_REFUSED}. */
    @Override
    public String toString() {
        return "HUB-" + number + " " + name();
    }
}
