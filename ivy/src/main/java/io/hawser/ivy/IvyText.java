package io.hawser.ivy;

import java.util.List;

/**
 * A text that matched one of our regexps.
 *
 * @param client who sent it
 * @param args what the groups captured, in order; empty for a group that took no part
 */
public record IvyText(IvyClient client, List<String> args) {
    /** A text with a copy of {@code args}. */
    public IvyText {
        args = List.copyOf(args);
    }
}
