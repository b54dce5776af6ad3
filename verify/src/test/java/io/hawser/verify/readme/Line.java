package io.hawser.verify.readme;

import java.util.List;

/**
 * A line that README.md tells newcomers to type, and what they see then.
 *
 * @param begins what it begins with, and no other line of README.md
 * @param input what is typed while it runs
 * @param says a regular expression that is found in what it prints; a line that stays runs on when it is found
 * @param stays whether it runs until Ctrl-C
 * @param finallyHas what else it has printed when everything has been typed; if it stays
 * @param exit with what it ends
 */
record Line(String begins, String input, String says, boolean stays, List<String> finallyHas, int exit) {
    Line {
        finallyHas = List.copyOf(finallyHas);
    }

    /** One that ends by itself, and well. */
    static Line ends(String begins, String says) {
        return new Line(begins, "", says, false, List.of(), 0);
    }

    /** One that runs in a terminal of its own until Ctrl-C, which ends it with 130, as Ctrl-C does. */
    static Line stays(String begins, String says, String... finallyHas) {
        return new Line(begins, "", says, true, List.of(finallyHas), 130);
    }

    Line typing(String text) {
        return new Line(begins, text, says, stays, finallyHas, exit);
    }

    Line exit(int code) {
        return new Line(begins, input, says, stays, finallyHas, code);
    }
}
