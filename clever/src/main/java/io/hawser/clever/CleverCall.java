package io.hawser.clever;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.List;
import java.util.function.Consumer;

/** What a peer wants: an action to be done, or a request to be answered. */
public final class CleverCall {
    private final CleverPeer peer;
    private final String name;
    private final List<Value> args;
    private final Fields kwargs;
    private final Consumer<Value> progress;

    CleverCall(CleverPeer peer, String name, List<Value> args, Fields kwargs, Consumer<Value> progress) {
        this.peer = peer;
        this.name = name;
        this.args = args;
        this.kwargs = kwargs;
        this.progress = progress;
    }

    /** Whose wish it is. */
    public CleverPeer peer() {
        return peer;
    }

    /** What it is called. */
    public String name() {
        return name;
    }

    /** The arguments by place; those that the original resends without any are empty. */
    public List<Value> args() {
        return args;
    }

    /** The arguments by name, in the order in which the peer wrote them. */
    public Fields kwargs() {
        return kwargs;
    }

    /** Tells a peer of ours how far a request is. Others hear nothing. Callable from any thread. */
    public void progress(Value value) {
        progress.accept(value);
    }
}
