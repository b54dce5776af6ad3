package io.hawser.app.probe;

import java.util.List;

/**
 * What a probe shall be.
 *
 * @param buses the domains that it joins, at least one; an empty one is what the environment says
 * @param name its name on each of them
 * @param regexps what it asks for
 * @param classes the first words of all that it says; empty for everything
 * @param awaited how many agents must be there before it reads what it shall say
 * @param showsBindings whether what others subscribe is printed from the start
 */
public record ProbeWishes(
        List<String> buses,
        String name,
        List<String> regexps,
        List<String> classes,
        int awaited,
        boolean showsBindings) {
    /** Wishes with copies of the lists. */
    public ProbeWishes {
        buses = List.copyOf(buses);
        regexps = List.copyOf(regexps);
        classes = List.copyOf(classes);
    }
}
