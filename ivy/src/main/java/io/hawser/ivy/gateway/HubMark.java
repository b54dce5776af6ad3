package io.hawser.ivy.gateway;

import java.util.Optional;

/**
 * By what hubs know each other on an Ivy bus, which has nowhere else to say it: a binding whose regexp is found in no text, as
 * nothing stands behind its end and before its beginning. Every agent's language of regexps can read it. Pure.
 */
final class HubMark {
    private static final String START = "$^hawser-hub ";

    private HubMark() {}

    /** What the hub with the id {@code hub} subscribes to. */
    static String regexp(String hub) {
        return START + hub;
    }

    /** The id of the hub that subscribes to {@code regexp}; empty if that is no mark. */
    static Optional<String> hub(String regexp) {
        return regexp.startsWith(START) ? Optional.of(regexp.substring(START.length())) : Optional.empty();
    }
}
