package io.hawser.clever.gateway;

/** A command that no copter could understand, with the reason for the user. It never leaves. */
final class CommandException extends Exception {
    private static final long serialVersionUID = 1;

    CommandException(String reason) {
        super(reason);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
