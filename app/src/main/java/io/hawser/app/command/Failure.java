package io.hawser.app.command;

/** An expected failure: a text for the user, and how the command ends. Never shown with a stack trace. */
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Exit exit;

    Failure(Exit exit, String text) {
        super(text);
        this.exit = exit;
    }

    Failure(Exit exit, String text, Throwable cause) {
        super(text, cause);
        this.exit = exit;
    }

    Exit exit() {
        return exit;
    }
}
