package io.hawser.iot.model;

import java.util.List;

/** All that is wrong with a device model, or with values that should fit one; each problem in a line, with its place. */
public final class ModelException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    private ModelException(List<String> problems) {
        super(String.join("; ", problems), null, false, false);
        this.problems = problems;
    }

    static ModelException of(String problem) {
        return new ModelException(List.of(problem));
    }

    static ModelException of(List<String> problems) {
        return new ModelException(List.copyOf(problems));
    }

    /** The problems; at least one. */
    public List<String> problems() {
        return problems;
    }

    /** All problems, in one line. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
