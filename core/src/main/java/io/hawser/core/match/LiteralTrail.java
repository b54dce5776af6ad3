package io.hawser.core.match;

import io.hawser.core.match.RequiredLiterals.Clause;
import io.hawser.core.match.RequiredLiterals.Literal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Collects, along a pattern, the literals that every match must contain. Immutable: of a part that is optional or one of
 * several the reader knows the trail before it and behind each of its ways, and joins them.
 *
 * @param clauses what is required and has ended
 * @param runs all the ways to go on from there up to here, if they are known: chars that stand together
 * @param leading true while {@code runs} started at the start of the text
 */
record LiteralTrail(List<Clause> clauses, List<String> runs, boolean leading) {
    /** Nothing is required yet. */
    static final LiteralTrail NONE = new LiteralTrail(List.of(), List.of(""), false);

    /** So many ways a trail tells apart; where there are more, they are not known. */
    private static final int MAX_WAYS = 32;
    /** So long the chars of several ways may become before they end. */
    private static final int MAX_CHARS = 64;
    /** What is required beyond that is left to the engine. */
    private static final int MAX_CLAUSES = 16;
    /** So many chars it is worth to know where they stand. */
    private static final int START = 4;

    /** The next chars must be at the start of the text. */
    LiteralTrail atStart() {
        return new LiteralTrail(cut().clauses, List.of(""), true);
    }

    /** Followed by a char that must stand there. */
    LiteralTrail plus(int codePoint) {
        if (runs.size() > 1 && runs.get(0).length() >= MAX_CHARS) {
            return cut().plus(codePoint);
        }
        String next = Character.toString(codePoint);
        return new LiteralTrail(clauses, runs.stream().map(run -> run + next).toList(), leading);
    }

    /** Followed by something that is not known. */
    LiteralTrail cut() {
        if (runs.contains("") || clauses.size() == MAX_CLAUSES) {
            return new LiteralTrail(clauses, List.of(""), false);
        }
        List<Clause> more = new ArrayList<>(clauses);
        more.add(new Clause(runs.stream().map(run -> new Literal(run, leading)).toList()));
        return new LiteralTrail(more, List.of(""), false);
    }

    /** This trail, gone on in one of {@code ways}, each of which began with it. */
    LiteralTrail either(List<LiteralTrail> ways) {
        if (ways.size() == 1) {
            return ways.get(0);
        }
        Set<String> joined = new LinkedHashSet<>();
        boolean known = true;
        for (LiteralTrail way : ways) {
            known &= way.leading == leading && way.clauses.equals(clauses);
            joined.addAll(way.runs);
        }
        if (known && joined.size() <= MAX_WAYS) {
            return new LiteralTrail(clauses, List.copyOf(joined), leading);
        }
        return oneOfEach(ways).map(this::with).orElseGet(this::cut);
    }

    /** What is required at the end. */
    RequiredLiterals required() {
        return new RequiredLiterals(cut().clauses);
    }

    private LiteralTrail with(Clause clause) {
        List<Clause> more = new ArrayList<>(clauses);
        more.add(clause);
        return new LiteralTrail(more, List.of(""), false);
    }

    /** A clause that holds whichever way is gone: the best that each adds. */
    private Optional<Clause> oneOfEach(List<LiteralTrail> ways) {
        Set<Literal> all = new LinkedHashSet<>();
        for (LiteralTrail way : ways) {
            List<Clause> ended = way.cut().clauses;
            Optional<Clause> best = ended.subList(clauses.size(), ended.size()).stream()
                    .max(Comparator.comparingInt(LiteralTrail::shortest));
            if (best.isEmpty()) {
                return Optional.empty();
            }
            all.addAll(best.get().literals());
        }
        return all.size() > MAX_WAYS ? Optional.empty() : Optional.of(new Clause(List.copyOf(all)));
    }

    private static int shortest(Clause clause) {
        return clause.literals().stream()
                .mapToInt(literal -> literal.text().length() + (literal.atStart() ? START : 0))
                .min()
                .orElse(0);
    }
}
