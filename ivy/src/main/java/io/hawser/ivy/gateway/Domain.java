package io.hawser.ivy.gateway;

import io.hawser.core.access.Principal;
import io.hawser.core.route.Bus;
import io.hawser.core.route.Scope;
import io.hawser.net.Loop;

/**
 * What all that serves one domain shares. Immutable.
 *
 * @param principal in whose name all agents of the domain act, because Ivy knows no users: {@code ivy/<name>}
 * @param loop owns the mesh and whatever belongs to it
 */
record Domain(IvySettings settings, IvyMapping mapping, Principal principal, Bus bus, Loop loop) {
    static Domain of(IvySettings settings, Bus bus, Loop loop) {
        IvyMapping mapping = new IvyMapping(settings);
        return new Domain(settings, mapping, new Principal(mapping.origin()), bus, loop);
    }

    /** The open bus, but for what came from the domain itself. */
    Scope outside() {
        return Scope.except(mapping.origin());
    }

    @Override
    public String toString() {
        return settings.name();
    }
}
