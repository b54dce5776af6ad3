package io.hawser.iot.policy.formula;

import io.hawser.core.value.Value;
import io.hawser.iot.policy.formula.Token.Kind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads a formula by recursive descent ({@code specs/iot.md} 4.3). Owned by one text.
 *
 * <pre>
 *   formula    = operation [ "?" formula ":" formula ]
 *   operation  = operand { operator operand }            binding: OR AND, then = != &lt; &lt;= &gt; &gt;= LIKE, then + -, then * / %;
 *                                                        of one level from left to right
 *   operand    = [ "+" | "-" | NOT ] operand  |  number  |  string  |  attribute  |  name "(" formula ")"  |  "(" formula ")"
 * </pre>
 */
final class FormulaReader {
    private final List<Token> tokens;
    private final int maxDepth;
    private int at;
    private int depth;

    private FormulaReader(List<Token> tokens, int maxDepth) {
        this.tokens = tokens;
        this.maxDepth = maxDepth;
    }

    static Term read(String text, FormulaLimits limits) throws FormulaException {
        if (text.length() > limits.maxChars()) {
            throw new FormulaException(
                    limits.maxChars() + 1, "at most " + limits.maxChars() + " characters are read", "more");
        }
        FormulaReader reader = new FormulaReader(Tokens.of(text), limits.maxDepth());
        Term term = reader.formula();
        if (reader.peek().kind() != Kind.END) {
            throw reader.wrong("an operator or the end is expected");
        }
        return term;
    }

    private Term formula() throws FormulaException {
        enter();
        Term first = operation(0);
        if (peek().is("?")) {
            at++;
            Term then = formula();
            need(":", "a : is expected, and what holds if the condition does not");
            first = new Term.Choice(first, then, formula());
        }
        depth--;
        return first;
    }

    private Term operation(int level) throws FormulaException {
        if (level == Operator.LEVELS) {
            return operand();
        }
        Term left = operation(level + 1);
        for (Optional<Operator> next = operator(level); next.isPresent(); next = operator(level)) {
            at++;
            left = new Term.Binary(next.get(), left, operation(level + 1));
        }
        return left;
    }

    private Optional<Operator> operator(int level) {
        Token token = peek();
        return Stream.of(Operator.values())
                .filter(each -> each.level() == level && token.is(each.symbol()))
                .findFirst();
    }

    private Term operand() throws FormulaException {
        Token token = peek();
        switch (token.kind()) {
            case NUMBER -> {
                at++;
                return new Term.Constant(Value.of(Double.parseDouble(token.text())));
            }
            case STRING -> {
                at++;
                return new Term.Constant(Value.of(token.text()));
            }
            case IN_PROCESS -> {
                at++;
                return new Term.InProcess(token.text());
            }
            case CURRENT -> {
                at++;
                return new Term.Current(token.text());
            }
            case NAME -> {
                return call(token);
            }
            case SYMBOL, END -> {
                return token.is("(") ? enclosed() : signed(token);
            }
        }
        throw wrong("a value is expected");
    }

    private Term signed(Token token) throws FormulaException {
        Term.Function sign =
                switch (token.text()) {
                    case "+" -> Term.Function.PLUS;
                    case "-" -> Term.Function.MINUS;
                    case "NOT" -> Term.Function.NOT;
                    default -> throw wrong("a value is expected");
                };
        at++;
        enter();
        Term signed = new Term.Applied(sign, operand());
        depth--;
        return signed;
    }

    private Term call(Token name) throws FormulaException {
        Term.Function function =
                switch (name.text()) {
                    case "UPPER" -> Term.Function.UPPER;
                    case "LOWER" -> Term.Function.LOWER;
                    default -> throw wrong("a value, or one of the functions UPPER and LOWER, is expected");
                };
        at++;
        if (!peek().is("(")) {
            throw wrong("( must follow " + name.text());
        }
        return new Term.Applied(function, enclosed());
    }

    private Term enclosed() throws FormulaException {
        at++;
        Term inner = formula();
        need(")", "an operator or ) is expected");
        return inner;
    }

    private void need(String symbol, String expected) throws FormulaException {
        if (!peek().is(symbol)) {
            throw wrong(expected);
        }
        at++;
    }

    private void enter() throws FormulaException {
        if (++depth > maxDepth) {
            throw wrong("at most " + maxDepth + " levels within one another are read");
        }
    }

    private Token peek() {
        return tokens.get(at);
    }

    private FormulaException wrong(String expected) {
        return new FormulaException(peek().position(), expected, peek().shown());
    }
}
