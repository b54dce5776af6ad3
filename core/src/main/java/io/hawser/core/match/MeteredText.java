package io.hawser.core.match;

/** A text that lets itself be looked at only so many times. Its owner is the one match that made it. */
final class MeteredText implements CharSequence {
    private final String text;
    private long left;

    MeteredText(String text, long steps) {
        this.text = text;
        this.left = steps;
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        if (--left < 0) {
            throw new Overrun();
        }
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text;
    }

    /** The steps are used up. Thrown from deep inside the engine, so it does not collect the stack. */
    static final class Overrun extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Overrun() {
            super("out of steps", null, false, false);
        }
    }
}
