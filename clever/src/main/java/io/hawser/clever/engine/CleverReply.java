package io.hawser.clever.engine;

import io.hawser.clever.wire.CleverFrame;
import io.hawser.clever.wire.ExtraKind;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.Optional;

/** Where the answer to one request goes, or the word that an action is done. Every method is called on the party's loop. */
public final class CleverReply {
    private final CleverParty party;
    private final CleverLink link;
    private final String name;
    private final Optional<Value> request;
    private final Optional<String> action;
    private boolean said;

    private CleverReply(
            CleverParty party, CleverLink link, String name, Optional<Value> request, Optional<String> action) {
        this.party = party;
        this.link = link;
        this.name = name;
        this.request = request;
        this.action = action;
    }

    static CleverReply to(CleverParty party, CleverLink link, CleverFrame.Request request) {
        return new CleverReply(party, link, request.name(), Optional.of(request.id()), Optional.empty());
    }

    static CleverReply to(CleverParty party, CleverLink link, CleverFrame.Action action) {
        return new CleverReply(party, link, action.name(), Optional.empty(), action.acknowledge());
    }

    /** True if the peer hears what becomes of it; of most actions it does not want to. Callable from any thread. */
    public boolean awaited() {
        return request.isPresent() || action.isPresent();
    }

    /** It is done; {@code value} is the answer to a request. */
    public void done(Value value) {
        say(value, Optional.empty());
    }

    /** It is not done. An original is told nothing, as by its own kind ({@code specs/clever.md} 1.7). */
    public void failed(String reason) {
        say(Value.Null.NULL, Optional.of(reason));
    }

    /** A request is being worked on. An original is told nothing. */
    public void progress(Value value) {
        if (!said && link.ours() && request.isPresent() && request.get() instanceof Value.Str id) {
            party.outbound()
                    .answer(link, new CleverFrame.Extra(ExtraKind.PROGRESS, id.value(), Fields.of("value", value)));
        }
    }

    private void say(Value value, Optional<String> error) {
        if (said) {
            return;
        }
        said = true;
        if (action.isPresent()) {
            Fields why =
                    error.map(reason -> Fields.of("error", Value.of(reason))).orElse(Fields.EMPTY);
            party.outbound().answer(link, new CleverFrame.Extra(ExtraKind.ACKNOWLEDGED, action.get(), why));
        } else if (request.isPresent() && (error.isEmpty() || link.ours())) {
            party.outbound().answer(link, new CleverFrame.Response(name, request.get(), value, error));
        }
    }
}
