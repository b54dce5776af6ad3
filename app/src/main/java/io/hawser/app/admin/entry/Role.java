package io.hawser.app.admin.entry;

import io.hawser.core.access.Access;
import io.hawser.core.access.Action;
import io.hawser.core.access.Coverage;
import io.hawser.core.match.TopicPattern;
import java.util.Arrays;
import java.util.List;

/** What somebody may do at the admin listener, in a word; the least comes first. */
public enum Role {
    /** Looks. */
    VIEWER("viewer", Action.ADMIN_READ),
    /** Tells parties what to do: clients, copters, devices. */
    OPERATOR("operator", Action.ADMIN_OPERATE),
    /** Changes the hub. */
    ADMIN("admin", Action.ADMIN_WRITE);

    private static final TopicPattern EVERYWHERE = TopicPattern.parse("admin/>");

    private final String label;
    private final Action action;

    Role(String label, Action action) {
        this.label = label;
        this.action = action;
    }

    /** What it is called. */
    public String label() {
        return label;
    }

    /** What rules must allow, somewhere below {@code admin/} at least. */
    public Action action() {
        return action;
    }

    /** The roles that {@code access} gives {@code visitor}, wholly or for some routes; none if it may do nothing here. */
    public static List<Role> of(Visitor visitor, Access access) {
        return Arrays.stream(values())
                .filter(role -> visitor.master()
                        || access.coverage(visitor.principal(), role.action, EVERYWHERE) != Coverage.NONE)
                .toList();
    }
}
