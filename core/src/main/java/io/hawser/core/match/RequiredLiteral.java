package io.hawser.core.match;

/**
 * Collects, along a pattern, the longest literal that every match must contain. Immutable: where a part turns out to be
 * optional or one of several, the reader goes back to the value from before it.
 *
 * @param run the literal chars that stand together up to here
 * @param best the longest run that has ended
 * @param leading true while {@code run} started at the start of the text
 * @param prefix the run that started there, once it has ended
 */
record RequiredLiteral(String run, String best, boolean leading, String prefix) {
    /** Nothing is required yet. */
    static final RequiredLiteral NONE = new RequiredLiteral("", "", false, "");

    /** The next chars must be at the start of the text. */
    static RequiredLiteral atStart() {
        return new RequiredLiteral("", "", true, "");
    }

    /** Followed by a char that must stand there. */
    RequiredLiteral plus(int codePoint) {
        return new RequiredLiteral(run + Character.toString(codePoint), best, leading, prefix);
    }

    /** Followed by something that is not known. */
    RequiredLiteral cut() {
        return new RequiredLiteral("", run.length() > best.length() ? run : best, false, leading ? run : prefix);
    }

    /** False if {@code text} cannot match. */
    boolean allows(String text) {
        return text.startsWith(prefix) && (best.length() == prefix.length() || text.contains(best));
    }
}
