package io.hawser.app.demo;

/** The ways from one protocol to another that the demonstration shows, in the order of its story. */
enum Way {
    /** A text of the flight is an event with fields. */
    IVY_TO_EFTL("ivy → eftl", 20),
    /** An operator's text makes the flight obey. */
    EFTL_TO_IVY("eftl → ivy", 1),
    /** An operator's message makes copters act. */
    EFTL_TO_CLEVER("eftl → clever", 1),
    /** What copters report is an event with fields. */
    CLEVER_TO_EFTL("clever → eftl", 6),
    /** What a device measures is an event with fields. */
    IOT_TO_EFTL("iot → eftl", 1),
    /** A device's alert is a text that the flight obeys. */
    IOT_TO_IVY("iot → ivy", 1),
    /** A device's alert makes copters act. */
    IOT_TO_CLEVER("iot → clever", 1),
    /** An operator asks a copter, and is answered. */
    ASKED_COPTER("eftl → clever → eftl", 1),
    /** An operator asks a device, and hears that it was done. */
    ASKED_DEVICE("eftl → iot → eftl", 1);

    private final String words;
    private final int every;

    Way(String words, int every) {
        this.words = words;
        this.every = every;
    }

    /** Of how many messages one is shown: whoever reports all the time would drown the others. */
    int every() {
        return every;
    }

    /** The protocols on the way. */
    @Override
    public String toString() {
        return words;
    }
}
