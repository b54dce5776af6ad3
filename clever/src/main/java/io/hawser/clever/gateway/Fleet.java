package io.hawser.clever.gateway;

import io.hawser.clever.engine.Failure;
import io.hawser.clever.engine.Outcome;
import io.hawser.core.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who is there, who was, and who has yet to say its id; and how a selection of them is told something. Owner: the gateway's loop.
 *
 * <p>Whoever is told something while a copter is coming back waits for that one alone: those that are there are told at once.
 */
final class Fleet {
    private static final String ANY = "*";

    private final LastKnown lastKnown;
    private final Map<String, CleverSession> copters = new TreeMap<>();
    /** With what is to be done, in order, when it is known who they are, or that nobody will know. */
    private final Map<CleverSession, List<Runnable>> newcomers = new LinkedHashMap<>();

    /** Copters of which {@code lastKnown} knows those that are not there. */
    Fleet(LastKnown lastKnown) {
        this.lastKnown = lastKnown;
    }

    /** Every copter that is there or was, by id. */
    List<Copter> all() {
        return Stream.concat(
                        lastKnown.absent().stream(), copters.values().stream().map(CleverSession::copter))
                .sorted(Comparator.comparing(Copter::id))
                .toList();
    }

    /** Somebody has connected. */
    void arrived(CleverSession session) {
        newcomers.put(session, new ArrayList<>());
    }

    /** {@code session} knows who it is; the one that has its id until now, if any. */
    Optional<CleverSession> joined(CleverSession session) {
        CleverSession before = copters.put(session.id(), session);
        Optional.ofNullable(before)
                .map(CleverSession::copter)
                .or(() -> lastKnown.of(session.id()))
                .ifPresent(session::remember);
        lastKnown.here(session.copter());
        return Optional.ofNullable(before);
    }

    /** {@code session} is told what waits for it, or is gone. */
    void decided(CleverSession session) {
        List<Runnable> waiting = newcomers.remove(session);
        if (waiting != null) {
            waiting.forEach(Runnable::run);
        }
    }

    void left(CleverSession session) {
        decided(session);
        if (copters.remove(session.id(), session)) {
            lastKnown.gone(session.copter());
        }
    }

    /**
     * Tells copters something.
     *
     * @param wanted their ids, in which {@code *} stands for any characters; none: all
     * @param ended hears of each
     * @return what became of it at each
     */
    CompletableFuture<List<FleetResult>> each(
            List<String> wanted, Consumer<FleetResult> ended, BiConsumer<CleverSession, Outcome> what) {
        Telling telling = new Telling(ended, what);
        if (wanted.isEmpty()) {
            telling.group(id -> true, true);
        }
        for (String id : wanted) {
            if (id.contains(ANY)) {
                telling.group(glob(id), false);
            } else {
                telling.one(id);
            }
        }
        telling.close();
        return telling.all;
    }

    private static Predicate<String> glob(String pattern) {
        String regexp = Pattern.quote(pattern).replace(ANY, "\\E.*\\Q");
        return Pattern.compile(regexp).asMatchPredicate();
    }

    private @Nullable CleverSession present(String id) {
        CleverSession session = copters.get(id);
        return session == null || !session.online() ? null : session;
    }

    /** Something that is being told. */
    private final class Telling {
        private final Consumer<FleetResult> ended;
        private final BiConsumer<CleverSession, Outcome> what;
        private final CompletableFuture<List<FleetResult>> all = new CompletableFuture<>();
        private final Map<String, FleetResult> results = new LinkedHashMap<>();
        private final Set<String> pending = new HashSet<>();
        private final Set<String> awaited = new HashSet<>();
        /** What has to happen before all is told, among it {@link #close}. */
        private int open = 1;

        Telling(Consumer<FleetResult> ended, BiConsumer<CleverSession, Outcome> what) {
            this.ended = ended;
            this.what = what;
        }

        /**
         * Tells those that are there, and those that are coming when they have said who they are.
         *
         * @param whoever even if it never says
         */
        void group(Predicate<String> wanted, boolean whoever) {
            copters.values().stream()
                    .filter(session -> session.online() && wanted.test(session.id()))
                    .forEach(this::tellOnce);
            newcomers.forEach((session, waiting) -> {
                open++;
                waiting.add(() -> {
                    if (session.online() && wanted.test(session.id())) {
                        tellOnce(session);
                    } else if (!session.online() && whoever) {
                        end(FleetResult.failed(session.address(), "it did not say who it is"));
                    }
                    close();
                });
            });
        }

        /** Tells {@code id}, at the latest when all that are coming have said who they are. */
        void one(String id) {
            CleverSession session = present(id);
            if (session != null) {
                tellOnce(session);
            } else if (!results.containsKey(id) && newcomers.isEmpty()) {
                absent(id);
            } else if (!results.containsKey(id)) {
                pending(id);
                awaited.add(id);
                open++;
                List<CleverSession> coming = new ArrayList<>(newcomers.keySet());
                newcomers.forEach((newcomer, waiting) -> waiting.add(() -> {
                    coming.remove(newcomer);
                    lookAgain(id, coming);
                }));
            }
        }

        private void lookAgain(String id, List<CleverSession> coming) {
            CleverSession back = present(id);
            if (!awaited.contains(id) || (back == null && !coming.isEmpty())) {
                return;
            }
            awaited.remove(id);
            if (back != null) {
                tell(back);
            } else {
                absent(id);
            }
            close();
        }

        private void absent(String id) {
            end(FleetResult.failed(
                    id, lastKnown.of(id).isPresent() ? "it is offline" : "there is no copter of that id"));
        }

        /** One that was told on an earlier connection is told again only if that failed. */
        private void tellOnce(CleverSession session) {
            FleetResult before = results.get(session.id());
            if (before == null || (!before.done() && !pending.contains(session.id()))) {
                tell(session);
            }
        }

        private void tell(CleverSession session) {
            String id = session.id();
            pending(id);
            open++;
            what.accept(session, new Outcome() {
                @Override
                public void done(Value value) {
                    end(FleetResult.done(id, value));
                    close();
                }

                @Override
                public void failed(Failure why) {
                    end(FleetResult.failed(id, why.reason()));
                    close();
                }
            });
        }

        private void pending(String id) {
            results.put(id, FleetResult.failed(id, "it was not told"));
            pending.add(id);
        }

        private void end(FleetResult result) {
            pending.remove(result.copter());
            results.put(result.copter(), result);
            ended.accept(result);
        }

        /** One thing less to wait for. */
        void close() {
            open--;
            if (open == 0) {
                all.complete(List.copyOf(results.values()));
            }
        }
    }
}
