package io.hawser.core.route;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Live subscriptions that share their messages: each message goes to exactly one of those that want it, in turn. Groups of
 * one name are one group. Callable from any thread; two that publish at the same time may choose the same one.
 */
public final class Group {
    private final String name;
    private final AtomicInteger turn = new AtomicInteger();

    /** A group; each subscription may name it anew. */
    public Group(String name) {
        this.name = name;
    }

    /** The one of {@code members}, in the order of the last choice, whose turn it is; who reads slowly is passed over. */
    LiveSubscription<?> choose(List<LiveSubscription<?>> members) {
        int first = turn.getAndIncrement();
        for (int i = 0; i < members.size(); i++) {
            LiveSubscription<?> member = members.get(Math.floorMod(first + i, members.size()));
            if (!member.session().stalled()) {
                return member;
            }
        }
        return members.get(Math.floorMod(first, members.size()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Group group && group.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
