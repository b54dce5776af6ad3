package io.hawser.iot.policy.formula;

/**
 * One word of a formula.
 *
 * @param text what it says: of a string without its quotes, of an attribute its name, of a symbol its plainest spelling
 * @param position of its first character, which is 1 in the text
 */
record Token(Kind kind, String text, int position) {
    enum Kind {
        NUMBER,
        STRING,
        /** {@code $(name)}. */
        IN_PROCESS,
        /** {@code $$(name)}. */
        CURRENT,
        /** Of a function. */
        NAME,
        /** An operator, a parenthesis or a comma. */
        SYMBOL,
        END
    }

    boolean is(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    /** As an error may show it. */
    String shown() {
        return switch (kind) {
            case END -> "the end";
            case STRING -> "a string";
            case IN_PROCESS, CURRENT -> "an attribute";
            case NUMBER -> "a number";
            case NAME, SYMBOL -> text.length() > 40 ? text.substring(0, 40) + "..." : text;
        };
    }
}
