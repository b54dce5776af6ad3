package io.hawser.ivy;

import io.hawser.ivy.engine.IvyMesh;
import io.hawser.ivy.wire.IvyIntervals;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What we want and who hears it, by id. Changed on the loop; any thread may look. */
final class Bindings {
    private final IvyMesh mesh;
    /** Empty unless we hear our own texts. */
    private final Optional<SelfClient> self;

    private final Map<Integer, Binding> bindings = new ConcurrentHashMap<>();

    Bindings(IvyMesh mesh, Optional<SelfClient> self) {
        this.mesh = mesh;
        this.self = self;
    }

    Optional<Binding> get(int id) {
        return Optional.ofNullable(bindings.get(id));
    }

    /** The regexps by id, in the order of binding. A copy. */
    Map<Integer, String> regexps() {
        Map<Integer, String> regexps = new TreeMap<>();
        bindings.forEach((id, binding) -> regexps.put(id, binding.regexp()));
        return Collections.unmodifiableMap(regexps);
    }

    /**
     * Tells everybody.
     *
     * @return its id
     * @throws IllegalArgumentException if the regexp cannot go out
     */
    int add(Binding binding) {
        String regexp = IvyIntervals.expand(binding.regexp());
        return put(mesh.bind(regexp), binding, regexp);
    }

    /**
     * Puts another regexp in the place of {@code id}.
     *
     * @return its new id
     * @throws IllegalArgumentException if there is no such binding, or the regexp cannot go out; nothing has changed then
     */
    int replace(int id, String regexp) {
        Binding before = get(id).orElseThrow(() -> unknown(id));
        String expanded = IvyIntervals.expand(regexp);
        int next = mesh.rebind(id, expanded);
        forget(id);
        return put(next, new Binding(regexp, before.handler(), before.once()), expanded);
    }

    /**
     * Takes one back.
     *
     * @throws IllegalArgumentException if there is no such binding
     */
    Binding remove(int id) {
        Binding binding = get(id).orElseThrow(() -> unknown(id));
        release(id);
        return binding;
    }

    /** Takes one back if it is still there. */
    void release(int id) {
        mesh.unbind(id);
        forget(id);
    }

    private int put(int id, Binding binding, String expanded) {
        bindings.put(id, binding);
        self.ifPresent(client -> client.bound(id, expanded));
        return id;
    }

    private void forget(int id) {
        bindings.remove(id);
        self.ifPresent(client -> client.unbound(id));
    }

    private static IllegalArgumentException unknown(int id) {
        return new IllegalArgumentException(
                "there is no Ivy subscription " + id + "; it may have been taken back before");
    }

    /**
     * One of our subscriptions.
     *
     * @param regexp as the user gave it
     * @param once true if the first text ends it
     */
    record Binding(String regexp, IvyTextHandler handler, boolean once) {}
}
