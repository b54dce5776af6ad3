package io.hawser.app.terminal;

/** An expected failure: a text for the user, and how the command ends. Never shown with a stack trace. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Exit exit;

    /** Ends the command with {@code exit}; {@code text} is for the user. */
    public Failure(Exit exit, String text) {
        super(text);
        this.exit = exit;
    }

    /** As the other, for a reason that only developers want to see. */
    public Failure(Exit exit, String text, Throwable cause) {
        super(text, cause);
        this.exit = exit;
    }

    /** How the command ends. */
    public Exit exit() {
        return exit;
    }
}
