package io.hawser.app.operate.fleet;

import io.hawser.app.copter.ConfigSpec;
import io.hawser.app.copter.CopterConfig;
import io.hawser.app.operate.AdminCaller;
import io.hawser.app.operate.AdminLink;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.List;
import java.util.Map;

/** Asks copters for their configuration, and tells them another. Belongs to one command. */
final class ConfigCall {
    private final AdminCaller hub;

    ConfigCall(AdminCaller hub) {
        this.hub = hub;
    }

    /**
     * What one copter said.
     *
     * @param row what became of the question
     * @param config its configuration, nothing if it did not say
     * @param spec what may stand in it
     */
    record Answer(String copter, Fields row, CopterConfig config, ConfigSpec spec) {
        /** True if it told its configuration. */
        boolean told() {
            return Value.Bool.of(true).equals(row.find("done"));
        }
    }

    /** The configurations of {@code copters}, in which a star may stand. */
    List<Answer> fetch(String copters) {
        Fields asked = said(copters, "name", Fields.of("send_configspec", Value.of(true)));
        List<Answer> answers =
                ask("request", asked).stream().map(ConfigCall::answer).toList();
        if (answers.isEmpty()) {
            throw new Failure(Exit.NOT_FOUND, "no copter is there");
        }
        return answers;
    }

    private static Answer answer(Fields row) {
        String copter = row.string("copter").orElse("");
        Fields value = nested(row, "value");
        boolean done = Value.Bool.of(true).equals(row.find("done"));
        try {
            CopterConfig config = CopterConfig.of(nested(value, "config"));
            ConfigSpec spec = ConfigSpec.of(nested(value, "configspec"));
            Fields told = done && !value.has("config") ? row(copter, false, "it did not tell its configuration") : row;
            return new Answer(copter, told, config, spec);
        } catch (IllegalArgumentException strange) {
            String why = "its configuration cannot be understood: " + strange.getMessage();
            return new Answer(copter, row(copter, false, why), CopterConfig.of(Map.of()), ConfigSpec.of(Fields.EMPTY));
        }
    }

    /** Tells {@code copter} what to change, and reads back whether it has; a copter that refuses says nothing. */
    Fields push(String copter, CopterConfig wanted, boolean rewrite) {
        Fields kwargs = Fields.builder()
                .put("config", new Value.Nested(wanted.fields()))
                .put("mode", rewrite ? "rewrite" : "modify")
                .build();
        List<Fields> told = ask("command", said(copter, "action", kwargs));
        for (Fields row : told) {
            if (!Value.Bool.of(true).equals(row.find("done"))) {
                return row;
            }
        }
        for (Answer now : fetch(copter)) {
            CopterConfig refused = wanted.changesOf(now.config());
            if (!now.told() || !refused.options().isEmpty()) {
                String why = now.told()
                        ? "it did not take it: "
                                + refused.options().keySet().iterator().next() + " is as before"
                        : "it does not say whether it took it: "
                                + now.row().string("reason").orElse("");
                return row(copter, false, why);
            }
        }
        return row(copter, true, "");
    }

    private List<Fields> ask(String what, Fields said) {
        return AdminLink.items(hub.change("POST", AdminCaller.path(List.of("fleet", what), Map.of()), said));
    }

    private static Fields said(String copters, String field, Fields kwargs) {
        return Fields.builder()
                .put("copters", new Value.Sequence(List.of(Value.of(copters))))
                .put(field, "config")
                .put("kwargs", new Value.Nested(kwargs))
                .build();
    }

    private static Fields nested(Fields fields, String name) {
        return fields.find(name) instanceof Value.Nested nested ? nested.fields() : Fields.EMPTY;
    }

    /** What became of it at {@code copter}. */
    static Fields row(String copter, boolean done, String reason) {
        Fields.Builder row = Fields.builder().put("copter", copter).put("done", Value.Bool.of(done));
        if (!reason.isEmpty()) {
            row.put("reason", reason);
        }
        return row.build();
    }
}
