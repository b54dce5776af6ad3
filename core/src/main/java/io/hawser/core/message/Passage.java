package io.hawser.core.message;

import java.util.OptionalLong;

/**
 * How a message came here from another hub.
 *
 * @param hub the hub whose bus it came onto first, by the id of that hub
 * @param number its number there, greater than 0; empty: it came out of a protocol in which numbers do not travel, and must
 *     not travel to yet another hub, which could not tell that it has it already
 * @param hops over how many links it came; {@link #LAST} if it goes no further
 */
public record Passage(String hub, OptionalLong number, int hops) {
    /** More links than any message goes over. */
    public static final int LAST = Integer.MAX_VALUE;

    /** The passage of what {@code hub} said in a protocol in which numbers do not travel. */
    public static Passage unnumbered(String hub) {
        return new Passage(hub, OptionalLong.empty(), 1);
    }

    /** This, going no further. */
    Passage ending() {
        return new Passage(hub, number, LAST);
    }

    /** True if it may travel to yet another hub. */
    boolean goesOn() {
        return number.isPresent() && hops < LAST;
    }
}
