package io.hawser.iot.gateway.call;

import io.hawser.core.access.Principal;

/** Who makes the calls of operators ({@code specs/iot.md} 1.9): a program with a token, or somebody who is known to the whole hub. */
public sealed interface Operator permits Holder.Program, Operator.User {
    /** What devices read as the source of what it asks of them. */
    String id();

    /**
     * A user of the hub, with a password in each call.
     *
     * @param principal whom the access rules know it as
     */
    record User(Principal principal) implements Operator {
        @Override
        public String id() {
            return principal.name();
        }
    }
}
