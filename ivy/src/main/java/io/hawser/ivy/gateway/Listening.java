package io.hawser.ivy.gateway;

import io.hawser.ivy.engine.IvyMesh;
import io.hawser.ivy.wire.IvyLimits;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The one binding that the hub holds towards a domain, and that only while somebody on the bus can take texts: in Ivy the
 * sender matches, and what nobody takes should cost the agents nothing. Owner: the mesh's loop.
 */
final class Listening {
    private static final String EVERY_TEXT = "(.*)";
    private static final int NONE = -1;

    private final IvyMesh mesh;
    private String regexp;
    private int id = NONE;
    /** What agents match that have not heard of the last change. */
    private int former = NONE;

    Listening(IvyMesh mesh, List<String> patterns) {
        this.mesh = mesh;
        this.regexp = regexp(patterns);
    }

    /**
     * The regexp whose first group captures each text in which one of {@code patterns} is found, whole, whether an agent
     * searches (ivy-c), begins at the start (ivy-python) or matches the whole text (ivy-java).
     *
     * @throws IllegalArgumentException with a text for the user if a pattern is wrong, or all together are too long
     */
    static String regexp(List<String> patterns) {
        for (String pattern : patterns) {
            String objection = IvySettings.objectionToListen(pattern);
            if (!objection.isEmpty()) {
                throw new IllegalArgumentException("the regexp '" + pattern + "' to listen for " + objection);
            }
        }
        if (patterns.isEmpty()) {
            return EVERY_TEXT;
        }
        // An anchored beginning lets agents turn most texts away by their first characters.
        boolean anchored = patterns.stream().allMatch(each -> each.startsWith("^") && each.indexOf('|') < 0);
        String all = patterns.stream()
                .map(each -> "(?:" + (anchored ? each.substring(1) : each) + ")")
                .collect(Collectors.joining("|", "(?:", ")"));
        String regexp = anchored ? "^(" + all + ".*)" : "(.*" + all + ".*)";
        int most = IvyLimits.DEFAULT.maxRegexpChars();
        if (regexp.length() > most) {
            throw new IllegalArgumentException(
                    "the regexps to listen for make one of " + regexp.length() + " characters; the limit is " + most);
        }
        return regexp;
    }

    /** Whether somebody can take texts now. */
    void wanted(boolean wanted) {
        if (wanted && id == NONE) {
            id = mesh.bind(regexp);
        } else if (!wanted && id != NONE) {
            mesh.unbind(id);
            id = NONE;
        }
    }

    /** Asks for other texts from now on; where there is a binding, the new one takes its place in one step. */
    void change(String other) {
        if (!other.equals(regexp)) {
            regexp = other;
            if (id != NONE) {
                former = id;
                id = mesh.rebind(id, regexp);
            }
        }
    }

    /** True if {@code ours} is, or was just now, the binding. */
    boolean asked(int ours) {
        return id != NONE && ours != NONE && (ours == id || ours == former);
    }

    /** What the agents are asked for now. */
    Optional<String> binding() {
        return id == NONE ? Optional.empty() : Optional.of(regexp);
    }
}
