package io.hawser.clever.gateway;

import io.hawser.clever.engine.Failure;
import io.hawser.clever.engine.Outcome;
import io.hawser.core.access.Access;
import io.hawser.core.access.Action;
import io.hawser.core.access.Principal;
import io.hawser.core.audit.Audit;
import io.hawser.core.event.EventCode;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.net.Loop;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before what would put a copter into somebody's hands, a command for its shell above all ({@code specs/clever.md} 4.1): it is
 * done only if a rule allows it, for the operator too, and only when it is on stable storage who wanted it. Owner: the gateway's loop.
 */
final class Guard {
    /** Who shows the admin token, for rules about what is guarded. */
    static final Principal OPERATOR = new Principal("admin/token");

    private static final Set<String> GUARDED =
            Set.of("execute", "service_restart", "reboot_fcu", "reboot_all", "update_repo");
    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

    private final Access access;
    private final Audit audit;
    private final Loop loop;

    Guard(Access access, Audit audit, Loop loop) {
        this.access = access;
        this.audit = audit;
        this.loop = loop;
    }

    /** Lets {@code what} be done to the copter {@code id} if it may; it is given who hears of the end. */
    void pass(Asker by, String id, String action, Fields kwargs, Outcome outcome, Consumer<Outcome> what) {
        if (!GUARDED.contains(action)) {
            what.accept(outcome);
            return;
        }
        Audit.Deed deed = new Audit.Deed(by.who().name(), by.where(), "clever." + action, id);
        String topic = CleverMapping.origin(id) + "/" + action;
        if (by.bound() != Asker.Bound.NOTHING && !access.allows(by.who(), Action.PUBLISH, topic)) {
            note(deed, "refused", kwargs.toString());
            outcome.failed(refusal(by, action, Action.PUBLISH, topic));
            return;
        }
        audit.append(deed, "asked", kwargs.toString())
                .whenCompleteAsync(
                        (number, failure) -> {
                            if (failure == null) {
                                what.accept(new Noted(deed, outcome));
                            } else {
                                outcome.failed(new Failure(
                                        Failure.Kind.REFUSED,
                                        "nobody could see later who did it: " + failure.getMessage()));
                            }
                        },
                        loop);
    }

    /** Why {@code by} may not tell the copter {@code id} to do {@code action}; empty if it may, as far as it is not guarded. */
    Optional<Failure> objection(Asker by, String id, String action) {
        return objection(by, action, Action.PUBLISH, CleverMapping.origin(id) + "/" + action);
    }

    /** The same for asking it {@code name}. */
    Optional<Failure> objectionToRequest(Asker by, String id, String name) {
        return objection(by, name, Action.REQUEST, CleverMapping.origin(id) + "/request/" + name);
    }

    private Optional<Failure> objection(Asker by, String what, Action action, String topic) {
        return by.bound() != Asker.Bound.ALL || access.allows(by.who(), action, topic)
                ? Optional.empty()
                : Optional.of(refusal(by, what, action, topic));
    }

    private static Failure refusal(Asker by, String what, Action action, String topic) {
        return new Failure(
                Failure.Kind.REFUSED,
                "the rules do not allow '" + what + "': hawser.rules must let "
                        + by.who().name() + " " + action.label() + " on " + topic);
    }

    private void note(Audit.Deed deed, String outcome, String detail) {
        audit.append(deed, outcome, detail).whenComplete((id, failure) -> {
            if (failure != null) {
                LOG.error(
                        "audit: {} {} by {} is not written: {}",
                        deed.action(),
                        outcome,
                        deed.who(),
                        failure.getMessage(),
                        EventCode.AUDIT_NOT_WRITTEN);
            }
        });
    }

    /** Writes what became of it, too. */
    private final class Noted implements Outcome {
        private final Audit.Deed deed;
        private final Outcome outcome;

        Noted(Audit.Deed deed, Outcome outcome) {
            this.deed = deed;
            this.outcome = outcome;
        }

        @Override
        public void done(Value value) {
            note(deed, "done", "");
            outcome.done(value);
        }

        @Override
        public void failed(Failure why) {
            note(deed, "failed", why.reason());
            outcome.failed(why);
        }
    }
}
