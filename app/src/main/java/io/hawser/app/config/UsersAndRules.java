package io.hawser.app.config;

import com.typesafe.config.Config;
import io.hawser.app.access.AccessSettings;
import io.hawser.app.access.CertificateName;
import io.hawser.app.access.JwtSettings;
import io.hawser.app.access.PasswordHash;
import io.hawser.app.access.Token;
import io.hawser.app.access.User;
import io.hawser.core.access.Principal;
import io.hawser.core.access.Rule;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the sections {@code users}, {@code tokens} and {@code rules}, which must fit together: no rule is about somebody who is not there. */
final class UsersAndRules {
    /** What the names of IoT devices and of their operators' programs begin with; which there will be nobody knows yet. */
    private static final String DEVICES = "iot/";

    private static final String NAME = "[A-Za-z0-9._-]{1,64}";

    private final Settings hub;
    private final Config defaults;
    private final Set<String> names;
    private final Set<String> groups = new HashSet<>();

    /** For the sections in {@code hub}; {@code gateways} are the names that parties of protocols without users have. */
    UsersAndRules(Settings hub, Config defaults, Set<String> gateways) {
        this.hub = hub;
        this.defaults = defaults;
        this.names = new HashSet<>(gateways);
    }

    /** The settings; {@code chosen} is false if the rules are those of {@code defaults.conf}. */
    AccessSettings read(boolean chosen) {
        Optional<CertificateName> certificates =
                new ClientSection(hub.section("eftl").section("tls")).name();
        Optional<JwtSettings> jwt = new JwtSection(hub.section("jwt")).read();
        boolean outsiders = certificates.isPresent()
                || !hub.section("jwt").textIfAny("keys").isEmpty();
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
            user(name, section.section(name, defaults.getConfig("user"))).ifPresent(users::add);
        }
        List<Token> tokens = tokens(hub.section("tokens"));
        List<Rule> rules = rules(outsiders);
        boolean known = !section.names().isEmpty();
        boolean open = !known && hub.section("tokens").names().isEmpty() && !outsiders;
        if (rules.isEmpty() || (!open && !chosen)) {
            hub.secretly(
                    open || outsiders ? "rules" : known ? "users" : "tokens",
                    "nobody may do anything without rules; say who may do what, such as " + hub.path("rules")
                            + " = [\"allow * * >\"]");
        }
        return new AccessSettings(users, tokens, rules, certificates, jwt);
    }

    /** The groups that users are in, once they are read. */
    Set<String> groups() {
        return groups;
    }

    private Optional<User> user(String name, Settings user) {
        Set<String> in = groups(user);
        return user.hidden("password", PasswordHash::parse).map(hash -> new User(name, hash, in));
    }

    private Set<String> groups(Settings somebody) {
        List<String> in = somebody.texts(
                "groups", group -> group.matches(NAME) ? "" : "must be 1 to 64 letters, digits, '.', '_' or '-'");
        groups.addAll(in);
        return Set.copyOf(in);
    }

    private List<Token> tokens(Settings section) {
        List<Token> tokens = new ArrayList<>();
        for (String name : section.names()) {
            token(name, section.section(name, defaults.getConfig("token"))).ifPresent(tokens::add);
        }
        return tokens;
    }

    private Optional<Token> token(String name, Settings token) {
        Optional<String> principal = token.hidden("principal", text -> principal(text.isEmpty() ? name : text));
        principal.ifPresent(names::add);
        Set<String> in = groups(token);
        Optional<String> digest = token.hidden("sha256", UsersAndRules::digest);
        Optional<Optional<Instant>> expires = token.hidden("expires", UsersAndRules::instant);
        return principal.isEmpty() || digest.isEmpty()
                ? Optional.empty()
                : Optional.of(new Token(principal.get(), in, digest.get(), expires.flatMap(end -> end)));
    }

    private static String principal(String name) {
        if (!name.matches(NAME) || name.equals(Principal.ANONYMOUS.name())) {
            throw new IllegalArgumentException("the name must be 1 to 64 letters, digits, '.', '_' or '-', and not '"
                    + Principal.ANONYMOUS.name() + "'");
        }
        return name;
    }

    private static String digest(String text) {
        if (!text.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    "must be 64 hexadecimal digits: run hawser token NAME and put what it prints here");
        }
        return text;
    }

    private static Optional<Instant> instant(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException wrong) {
            throw new IllegalArgumentException("must be a time such as 2027-01-31T00:00:00Z, or empty", wrong);
        }
    }

    /** With {@code outsiders}, users and groups are also those that certificates and JWTs name. */
    private List<Rule> rules(boolean outsiders) {
        List<Rule> rules = new ArrayList<>();
        hub.texts("rules", line -> {
            try {
                Rule rule = Rule.parse(line);
                rules.add(rule);
                return outsiders ? "" : objection(rule);
            } catch (IllegalArgumentException wrong) {
                return String.valueOf(wrong.getMessage());
            }
        });
        return rules;
    }

    private String objection(Rule rule) {
        Optional<String> group = rule.group().filter(name -> !groups.contains(name));
        Optional<String> user = rule.user().filter(name -> !names.contains(name) && !name.startsWith(DEVICES));
        return group.map(name -> "no user is in a group '" + name + "'")
                .or(() -> user.map(name ->
                        "there is no user '" + name + "' in " + hub.path("users") + " and no gateway of that name"))
                .orElse("");
    }
}
