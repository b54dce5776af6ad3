package io.hawser.app.hub;

import com.typesafe.config.Config;
import io.hawser.app.access.AccessSettings;
import io.hawser.app.access.PasswordHash;
import io.hawser.app.access.User;
import io.hawser.core.access.Principal;
import io.hawser.core.access.Rule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the sections {@code users} and {@code rules}, which must fit together: no rule is about somebody who is not there. */
final class UsersAndRules {
    private static final String NAME = "[A-Za-z0-9._-]{1,64}";

    private final Settings hub;
    private final Config template;
    private final Set<String> names;
    private final Set<String> groups = new HashSet<>();

    /** For the sections in {@code hub}; {@code gateways} are the names that parties of protocols without users have. */
    UsersAndRules(Settings hub, Config template, Set<String> gateways) {
        this.hub = hub;
        this.template = template;
        this.names = new HashSet<>(gateways);
    }

    /** The settings; {@code chosen} is false if the rules are those of {@code defaults.conf}. */
    AccessSettings read(boolean chosen) {
        Settings section = hub.section("users");
        List<User> users = new ArrayList<>();
        for (String name : section.names()) {
            if (!name.matches(NAME) || name.equals(Principal.ANONYMOUS.name())) {
                section.secretly(
                        name,
                        "the name must be 1 to 64 letters, digits, '.', '_' or '-', and not '"
                                + Principal.ANONYMOUS.name() + "'");
            }
            names.add(name);
            user(name, section.section(name, template)).ifPresent(users::add);
        }
        List<Rule> rules = rules();
        if (rules.isEmpty() || (!section.names().isEmpty() && !chosen)) {
            hub.secretly(
                    section.names().isEmpty() ? "rules" : "users",
                    "nobody may do anything without rules; say who may do what, such as " + hub.path("rules")
                            + " = [\"allow * * >\"]");
        }
        return new AccessSettings(users, rules);
    }

    private Optional<User> user(String name, Settings user) {
        List<String> in = user.texts(
                "groups", group -> group.matches(NAME) ? "" : "must be 1 to 64 letters, digits, '.', '_' or '-'");
        groups.addAll(in);
        return user.hidden("password", PasswordHash::parse).map(hash -> new User(name, hash, Set.copyOf(in)));
    }

    private List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        hub.texts("rules", line -> {
            try {
                Rule rule = Rule.parse(line);
                rules.add(rule);
                return objection(rule);
            } catch (IllegalArgumentException wrong) {
                return String.valueOf(wrong.getMessage());
            }
        });
        return rules;
    }

    private String objection(Rule rule) {
        Optional<String> group = rule.group().filter(name -> !groups.contains(name));
        Optional<String> user = rule.user().filter(name -> !names.contains(name));
        return group.map(name -> "no user is in a group '" + name + "'")
                .or(() -> user.map(name ->
                        "there is no user '" + name + "' in " + hub.path("users") + " and no gateway of that name"))
                .orElse("");
    }
}
