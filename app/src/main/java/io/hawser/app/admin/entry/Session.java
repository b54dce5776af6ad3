package io.hawser.app.admin.entry;

/**
 * Somebody who has logged in with a browser. Immutable.
 *
 * @param visitor who it is
 * @param csrf what it must say in the header {@code X-CSRF-Token} of whatever changes something
 * @param began when it logged in, in milliseconds
 * @param used when it was there last, in milliseconds
 */
record Session(Visitor visitor, String csrf, long began, long used) {
    Session usedAt(long now) {
        return new Session(visitor, csrf, began, now);
    }

    @Override
    public String toString() {
        return "Session[" + visitor.name() + "]";
    }
}
