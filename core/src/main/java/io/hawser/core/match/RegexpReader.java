package io.hawser.core.match;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a pattern once and says all that {@link Regexp} must know of it: its text for either engine, its groups, the
 * literal it requires, what it may cost. Its owner is the one call that made it.
 *
 * <p>It knows the structure of the language, not all its words: what it does not know goes to java.util.regex as it is,
 * which refuses it or not, and never to RE2/J; nor is a literal concluded from such a pattern. Names of groups are left
 * out for the engines (java refuses some), so a back-reference by name becomes one by number.
 */
final class RegexpReader {
    private static final String CONTROLS = "tnrfae";
    private static final String CONTROL_CHARS = "\t\n\r\f\u0007\u001b";
    /** In java a look-around over ASCII words, as in ivy-c and RE2/J; {@code \b} of Java 17 goes by Unicode letters. */
    private static final String WORD_EDGE = "(?:(?<=\\w)(?!\\w)|(?<!\\w)(?=\\w))";

    private static final String NO_WORD_EDGE = "(?:(?<=\\w)(?=\\w)|(?<!\\w)(?!\\w))";

    private final String source;
    private final RegexpLimits limits;
    private final RegexpText text;
    private final Map<String, Integer> names = new LinkedHashMap<>();
    private LiteralTrail literal = LiteralTrail.NONE;
    private boolean literalKnown = true;
    private boolean quoting;
    private int groups;
    private int depth;
    private int at;

    private RegexpReader(String source, RegexpLimits limits) {
        this.source = source;
        this.limits = limits;
        this.text = new RegexpText(source);
    }

    /** What {@code source} says. */
    static RegexpReading read(String source, RegexpLimits limits) {
        if (source.length() > limits.maxPatternChars()) {
            throw new RegexpException(
                    limits.maxPatternChars(), "regexp is longer than " + limits.maxPatternChars() + " chars");
        }
        RegexpReader reader = new RegexpReader(source, limits);
        SilentPaths paths = reader.alternatives();
        if (reader.at < source.length()) {
            throw new RegexpException(reader.at, "unmatched ')'");
        }
        RequiredLiterals required = reader.literalKnown ? reader.literal.required() : RequiredLiterals.NONE;
        return new RegexpReading(
                reader.text, reader.groups, reader.names, required, paths.fan() <= limits.maxSilentPaths());
    }

    /** Reads up to the parenthesis that closes this group, or the end. */
    private SilentPaths alternatives() {
        LiteralTrail before = literal;
        SilentPaths paths = sequence();
        List<LiteralTrail> ways = new ArrayList<>(List.of(literal));
        while (next('|')) {
            text.add("|");
            literal = before;
            paths = paths.or(sequence());
            ways.add(literal);
        }
        literal = before.either(ways);
        return paths;
    }

    private SilentPaths sequence() {
        SilentPaths paths = SilentPaths.NOTHING;
        skipEmptyQuotes();
        while (at < source.length() && (quoting || (source.charAt(at) != '|' && source.charAt(at) != ')'))) {
            paths = paths.then(repeated());
        }
        return paths;
    }

    /** One atom and its quantifiers. */
    private SilentPaths repeated() {
        LiteralTrail before = literal;
        SilentPaths paths = atom();
        if (quoting && next("\\E")) {
            quoting = false;
        }
        skipEmptyQuotes();
        for (Quantifier found = quantifier(); found != null; found = quantifier()) {
            text.add(source.substring(at, found.end()));
            at = found.end();
            if (found.possessive() || (found.most() > 1 && paths.ways() > 0) || quantifier() != null) {
                text.onlyJava();
            }
            text.repeat(found.most() == Long.MAX_VALUE ? found.least() : found.most());
            literal = found.most() == 1 && found.least() == 0
                    ? before.either(List.of(before, literal))
                    : (found.least() == 0 ? before : literal).cut();
            paths = paths.times(found.least(), found.most());
        }
        return paths;
    }

    private @Nullable Quantifier quantifier() {
        return quoting ? null : Quantifier.at(source, at);
    }

    private SilentPaths atom() {
        text.origin(at);
        if (quoting) {
            return literal(codePoint());
        }
        if (next('(')) {
            return group(at - 1);
        }
        if (next('[')) {
            literal = literal.cut();
            at = text.charClass(at - 1);
            return SilentPaths.CHAR;
        }
        if (next("\\Q")) {
            quoting = true;
            return literal(codePoint());
        }
        if (next('\\')) {
            return escape();
        }
        int codePoint = codePoint();
        return switch (codePoint) {
            case '^' -> {
                text.add("^");
                literal = literal.atStart();
                yield SilentPaths.NOTHING;
            }
            case '$' -> end();
            case '.', '*', '+', '?' -> {
                text.add(Character.toString(codePoint));
                literal = literal.cut();
                yield SilentPaths.CHAR;
            }
            default -> literal(codePoint);
        };
    }

    private SilentPaths literal(int codePoint) {
        text.literal(codePoint);
        literal = literal.plus(codePoint);
        return SilentPaths.CHAR;
    }

    /**
     * {@code $} stands at the end or before a last line feed. RE2/J cannot look ahead, but where nothing can follow and
     * nothing captures it may as well take the line feed.
     */
    private SilentPaths end() {
        literal = literal.cut();
        text.add("$", "\\n?\\z");
        if (depth > 0 || (at < source.length() && source.charAt(at) != '|')) {
            text.onlyJava();
        }
        return SilentPaths.NOTHING;
    }

    private SilentPaths group(int start) {
        if (next("?P=")) {
            return backReference(name(')'), start);
        }
        if (++depth > limits.maxNesting()) {
            throw new RegexpException(start, "groups are nested deeper than " + limits.maxNesting());
        }
        SilentPaths paths;
        if (next("?:")) {
            text.add("(?:");
            paths = alternatives();
        } else if (next("?P<") || (!looksBehind() && next("?<"))) {
            name(start);
            paths = capturing();
        } else if (next('?')) {
            paths = special();
        } else {
            paths = capturing();
        }
        if (next(')')) {
            text.add(")");
        }
        depth--;
        return paths;
    }

    private SilentPaths capturing() {
        groups++;
        text.add("(");
        return alternatives();
    }

    private void name(int start) {
        String name = name('>');
        if (names.putIfAbsent(name, groups) != null) {
            throw new RegexpException(start, "a second group has the name " + name);
        }
    }

    private boolean looksBehind() {
        return source.startsWith("?<=", at) || source.startsWith("?<!", at);
    }

    /** A group that only java.util.regex knows, after its {@code (?}: look-around, atomic, flags. */
    private SilentPaths special() {
        LiteralTrail before = literal;
        text.onlyJava();
        int start = at;
        while (at < source.length() && (Character.isLetter(source.charAt(at)) || source.charAt(at) == '-')) {
            at++;
        }
        boolean flags = at > start;
        if (source.substring(start, at).indexOf('x') >= 0) {
            throw new RegexpException(start, "comments mode is not supported");
        }
        literalKnown &= !flags;
        if (!next("<=") && !next("<!") && at < source.length() && source.charAt(at) != ')') {
            at++;
        }
        text.add("(?" + source.substring(start, at));
        SilentPaths paths = alternatives();
        literal = before.cut();
        return flags ? paths : paths.atomic();
    }

    private SilentPaths escape() {
        if (at == source.length()) {
            text.add("\\");
            return SilentPaths.NOTHING;
        }
        int start = at - 1;
        int codePoint = codePoint();
        int control = CONTROLS.indexOf(codePoint);
        if (control >= 0) {
            return literal(CONTROL_CHARS.charAt(control));
        }
        if (codePoint > 0x7f || !Character.isLetterOrDigit(codePoint)) {
            return literal(codePoint);
        }
        literal = codePoint == 'A' ? literal.atStart() : literal.cut();
        return switch (codePoint) {
            case 'd', 'D', 'w', 'W', 's', 'S' -> {
                text.shorthand((char) codePoint);
                yield SilentPaths.CHAR;
            }
            case 'b' -> nothing(WORD_EDGE, "\\b");
            case 'B' -> {
                text.onlyJava(); // which finds it between two surrogates, too
                yield nothing(NO_WORD_EDGE, "\\B");
            }
            case 'A' -> nothing("\\A", "\\A");
            case 'z' -> nothing("\\z", "\\z");
            case 'k' -> next('<') ? backReference(name('>'), start) : unknown(start);
            default -> unknown(start);
        };
    }

    private SilentPaths nothing(String forJava, String forRe2) {
        text.add(forJava, forRe2);
        return SilentPaths.NOTHING;
    }

    /** An escape from which nothing is concluded. */
    private SilentPaths unknown(int start) {
        literalKnown = false;
        at = text.escapeEnd(start);
        text.onlyJava();
        text.add(source.substring(start, at));
        boolean nothing = "ZGbBK123456789".indexOf(source.charAt(start + 1)) >= 0;
        return nothing ? SilentPaths.NOTHING : SilentPaths.CHAR;
    }

    private SilentPaths backReference(String name, int start) {
        Integer position = names.get(name);
        if (position == null) {
            throw new RegexpException(start, "no group before has the name " + name);
        }
        text.onlyJava();
        text.add("(?:\\" + (position + 1) + ")");
        literal = literal.cut();
        return SilentPaths.NOTHING;
    }

    private String name(char end) {
        int start = at;
        while (at < source.length() && (Character.isLetterOrDigit(source.charAt(at)) || source.charAt(at) == '_')) {
            at++;
        }
        String name = source.substring(start, at);
        if (name.isEmpty() || Character.isDigit(name.charAt(0)) || !next(end)) {
            throw new RegexpException(at, "a group's name is letters, digits and '_', then '" + end + "'");
        }
        return name;
    }

    private int codePoint() {
        int codePoint = source.codePointAt(at);
        at += Character.charCount(codePoint);
        return codePoint;
    }

    private boolean next(char expected) {
        return next(String.valueOf(expected));
    }

    private boolean next(String expected) {
        boolean found = source.startsWith(expected, at);
        at += found ? expected.length() : 0;
        return found;
    }

    private void skipEmptyQuotes() {
        while (!quoting && (next("\\Q\\E") || (at + 2 == source.length() && next("\\Q")))) {
            text.origin(at);
        }
    }
}
