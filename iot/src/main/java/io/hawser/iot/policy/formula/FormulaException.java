package io.hawser.iot.policy.formula;

/**
 * Says where a text stops being a formula, and what is expected there. Carries no stack trace: it tells about the text, not about
 * this program.
 */
public final class FormulaException extends Exception {
    private static final long serialVersionUID = 1;

    private final int position;
    private final String expected;

    FormulaException(int position, String expected, String found) {
        super("at character " + position + ": " + expected + ", not " + found, null, false, false);
        this.position = position;
        this.expected = expected;
    }

    /** Where it is wrong: the first character of the text is 1. */
    public int position() {
        return position;
    }

    /** What should be there, in a few words. */
    public String expected() {
        return expected;
    }

    /** Place, what should be there and what is, in one line. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
