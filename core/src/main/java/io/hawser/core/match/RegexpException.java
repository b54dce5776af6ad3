package io.hawser.core.match;

/** Says why a regexp cannot be used, in one line that may go to the one who sent it. */
public final class RegexpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int offset;

    /** The regexp is wrong at {@code offset}; control characters in {@code reason} become spaces. */
    RegexpException(int offset, String reason) {
        super(reason.replaceAll("\\p{Cc}", " ") + " at offset " + offset);
        this.offset = offset;
    }

    /** Where in the pattern, in chars from 0; at most its length. */
    public int offset() {
        return offset;
    }
}
