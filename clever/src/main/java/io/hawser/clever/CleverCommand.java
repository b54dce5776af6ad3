package io.hawser.clever;

import io.hawser.clever.engine.Question;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is said to a peer, as an action or as a request. Immutable; each method gives a changed copy.
 *
 * <pre>{@code
 * peer.send(CleverCommand.of("takeoff_z").with("z", Value.of("1.5")).urgent().expiresAfter(Duration.ofSeconds(2)));
 * }</pre>
 */
public final class CleverCommand {
    private final Question question;
    private final Optional<Duration> patience;

    private CleverCommand(Question question, Optional<Duration> patience) {
        this.question = question;
        this.patience = patience;
    }

    /** {@code name} without arguments. */
    public static CleverCommand of(String name) {
        return new CleverCommand(
                new Question(name, List.of(), Fields.EMPTY, false, Optional.empty()), Optional.empty());
    }

    /** With one more argument by name. Commands of copters have no others ({@code specs/clever.md} 2.4). */
    public CleverCommand with(String name, Value value) {
        return with(question.kwargs().toBuilder().put(name, value).build());
    }

    /** With these arguments by name, and no others. */
    public CleverCommand with(Fields kwargs) {
        return changed(new Question(question.name(), question.args(), kwargs, question.urgent(), question.expiry()));
    }

    /** With one more argument by place. */
    public CleverCommand arg(Value value) {
        List<Value> args = new ArrayList<>(question.args());
        args.add(value);
        return changed(new Question(question.name(), args, question.kwargs(), question.urgent(), question.expiry()));
    }

    /** It goes before all that is not urgent, and, if the peer is one of ours, between the chunks of a file. */
    public CleverCommand urgent() {
        return changed(new Question(question.name(), question.args(), question.kwargs(), true, question.expiry()));
    }

    /**
     * If it could not be handed to the network within {@code limit}, it is not sent any more. If it was, but the peer does not show
     * within {@code limit} that it has it, the connection is cut, so that it does not come later: that needs
     * {@link CleverOptions#ping}, and is for actions alone. Without a limit it waits.
     */
    public CleverCommand expiresAfter(Duration limit) {
        return changed(new Question(
                question.name(), question.args(), question.kwargs(), question.urgent(), Optional.of(limit)));
    }

    /** How long the answer to a request may take, reconnects included; {@link CleverOptions#requestTimeout} if not given. */
    public CleverCommand timeout(Duration limit) {
        return new CleverCommand(question, Optional.of(limit));
    }

    /** What it is called. */
    public String name() {
        return question.name();
    }

    Question question() {
        return question;
    }

    Duration patience(CleverOptions options) {
        return patience.orElse(options.requestTimeout());
    }

    private CleverCommand changed(Question other) {
        return new CleverCommand(other, patience);
    }
}
