package io.hawser.ivy;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** What we want and who hears it, by id. Added to by the loop; read, and taken from, by any thread. */
final class Bindings {
    private final Map<Integer, Binding> bindings = new ConcurrentSkipListMap<>();

    void put(int id, Binding binding) {
        bindings.put(id, binding);
    }

    Optional<Binding> get(int id) {
        return Optional.ofNullable(bindings.get(id));
    }

    /** From now on the binding is not told anything; empty if it is not there. */
    Optional<Binding> remove(int id) {
        return Optional.ofNullable(bindings.remove(id));
    }

    /** The regexps by id, in the order of binding. A copy. */
    Map<Integer, String> regexps() {
        Map<Integer, String> regexps = new TreeMap<>();
        bindings.forEach((id, binding) -> regexps.put(id, binding.regexp()));
        return Collections.unmodifiableMap(regexps);
    }

    /**
     * One of our subscriptions.
     *
     * @param regexp as the user gave it
     * @param once true if the first text ends it
     */
    record Binding(String regexp, IvyTextHandler handler, boolean once) {}
}
