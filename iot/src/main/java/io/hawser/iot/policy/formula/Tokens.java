package io.hawser.iot.policy.formula;

import io.hawser.iot.policy.formula.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Cuts the text of a formula into words ({@code specs/iot.md} 4.3). Owned by one reader.
 *
 * <pre>
 *   number      12  1.5  .5
 *   string      "..." without escapes
 *   attribute   $(name)  $$(name)   letters, digits, _ - and . in the name
 *   name        a letter or _, then letters, digits, _ and -
 *   symbol      ? : , ( ) = == != &lt; &lt;= &gt; &gt;= + - * / %  || OR  &amp;&amp; AND  ! NOT  LIKE
 * </pre>
 */
final class Tokens {
    /** What is spelled in two ways. */
    private static final Map<String, String> PLAIN = Map.of("||", "OR", "&&", "AND", "==", "=", "!", "NOT");

    private static final List<String> WORDS = List.of("OR", "AND", "NOT", "LIKE");
    private static final List<String> DOUBLE = List.of("||", "&&", "==", "!=", "<=", ">=");
    private static final String SINGLE = "?:,()=<>+-*/%!";

    private final String text;
    private int at;

    private Tokens(String text) {
        this.text = text;
    }

    /** The words of {@code text}, the last one {@link Kind#END}. */
    static List<Token> of(String text) throws FormulaException {
        Tokens tokens = new Tokens(text);
        List<Token> all = new ArrayList<>();
        do {
            all.add(tokens.next());
        } while (all.get(all.size() - 1).kind() != Kind.END);
        return all;
    }

    private Token next() throws FormulaException {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        int start = at;
        if (at == text.length()) {
            return new Token(Kind.END, "", start + 1);
        }
        char c = text.charAt(at);
        if (c == '$') {
            return attribute(start);
        }
        if (c == '"') {
            return string(start);
        }
        if (digit(c) || c == '.') {
            return number(start);
        }
        if (letter(c)) {
            skipName("_-");
            String name = text.substring(start, at);
            return new Token(WORDS.contains(name) ? Kind.SYMBOL : Kind.NAME, name, start + 1);
        }
        return symbol(start);
    }

    private Token attribute(int start) throws FormulaException {
        at++;
        Kind kind = at < text.length() && text.charAt(at) == '$' ? Kind.CURRENT : Kind.IN_PROCESS;
        if (kind == Kind.CURRENT) {
            at++;
        }
        need('(', "( must follow, as in $(name)");
        int name = at;
        skipName("_-.");
        if (at == name) {
            throw wrong("the name of an attribute is expected");
        }
        String found = text.substring(name, at);
        need(')', "the name of the attribute must end in )");
        return new Token(kind, found, start + 1);
    }

    private Token string(int start) throws FormulaException {
        int end = text.indexOf('"', start + 1);
        if (end < 0) {
            at = text.length();
            throw wrong("a \" must end the string that begins at character " + (start + 1));
        }
        at = end + 1;
        return new Token(Kind.STRING, text.substring(start + 1, end), start + 1);
    }

    private Token number(int start) throws FormulaException {
        skipDigits();
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            int fraction = at;
            skipDigits();
            if (at == fraction) {
                throw wrong("a digit must follow the point");
            }
        }
        return new Token(Kind.NUMBER, text.substring(start, at), start + 1);
    }

    private Token symbol(int start) throws FormulaException {
        String two = text.substring(at, Math.min(at + 2, text.length()));
        String spelled = DOUBLE.contains(two) ? two : two.substring(0, 1);
        if (!DOUBLE.contains(two) && SINGLE.indexOf(two.charAt(0)) < 0) {
            throw wrong("a value or an operator is expected");
        }
        at += spelled.length();
        return new Token(Kind.SYMBOL, PLAIN.getOrDefault(spelled, spelled), start + 1);
    }

    private void need(char c, String why) throws FormulaException {
        if (at == text.length() || text.charAt(at) != c) {
            throw wrong(why);
        }
        at++;
    }

    private FormulaException wrong(String expected) {
        if (at == text.length()) {
            return new FormulaException(at + 1, expected, "the end");
        }
        int found = text.codePointAt(at);
        return new FormulaException(
                at + 1,
                expected,
                found > ' ' && found < 0x7f
                        ? Character.toString(found)
                        : "the character U+"
                                + Integer.toHexString(0x100_0000 | found).substring(1));
    }

    private void skipName(String more) {
        while (at < text.length()
                && (letter(text.charAt(at)) || digit(text.charAt(at)) || more.indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
    }

    private void skipDigits() {
        while (at < text.length() && digit(text.charAt(at))) {
            at++;
        }
    }

    private static boolean letter(char c) {
        return c == '_' || (c < 0x80 ? (c | 0x20) >= 'a' && (c | 0x20) <= 'z' : Character.isLetter(c));
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }
}
