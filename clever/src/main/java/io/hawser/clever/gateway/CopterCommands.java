package io.hawser.clever.gateway;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an original copter understands, and in which types ({@code specs/clever.md} 2.4). A copter that is told nonsense says
 * nothing, so nonsense is refused before it leaves; types that other protocols have lost are restored. What is in no list here
 * goes as it is: fleets have actions of their own. Pure.
 */
final class CopterCommands {
    /** What ends a flight. It goes before everything else. */
    static final Set<String> EMERGENCIES = Set.of("emergency_land", "land", "disarm", "stop");

    private static final String FILE = "filetransfer";
    private static final Map<String, List<Argument>> ACTIONS = new HashMap<>();
    private static final Map<String, List<Argument>> REQUESTS = new HashMap<>();

    static {
        for (String plain : List.of(
                "pause",
                "land",
                "emergency_land",
                "disarm",
                "stop",
                "takeoff",
                "flip",
                "led_test",
                "repair_chrony",
                "move_start",
                "reset_start",
                "set_z_to_ground",
                "reset_z_offset",
                "reboot_fcu",
                "reboot_all",
                "update_repo",
                "update_animation",
                "test")) {
            ACTIONS.put(plain, List.of());
        }
        ACTIONS.put("start", List.of(needed("time", Kind.NUMBER_AS_TEXT)));
        ACTIONS.put("resume", List.of(needed("time", Kind.NUMBER)));
        ACTIONS.put("takeoff_z", List.of(needed("z", Kind.NUMBER_AS_TEXT)));
        ACTIONS.put(
                "led_fill",
                List.of(optional("red", Kind.BYTE), optional("green", Kind.BYTE), optional("blue", Kind.BYTE)));
        ACTIONS.put("config", List.of(needed("config", Kind.OBJECT), needed("mode", Kind.MODE)));
        ACTIONS.put("id", List.of(needed("new_id", Kind.ID)));
        ACTIONS.put("service_restart", List.of(needed("name", Kind.UNIT)));
        ACTIONS.put("execute", List.of(needed("command", Kind.TEXT)));
        for (String plain : List.of(
                "id",
                "clover_dir",
                "telemetry",
                "time",
                "selfcheck",
                "anim_id",
                "batt_voltage",
                "cell_voltage",
                "sys_status",
                "cal_status",
                "position",
                "calibrate_gyro",
                "calibrate_level",
                "load_params")) {
            REQUESTS.put(plain, List.of());
        }
        REQUESTS.put("config", List.of(optional("send_configspec", Kind.FLAG)));
    }

    private CopterCommands() {}

    /** The kwargs of the action {@code name} in the types that a copter wants. */
    static Fields action(String name, Fields kwargs) throws CommandException {
        return checked(name, ACTIONS.get(name), kwargs);
    }

    /** The kwargs of the request {@code name} in the types that a copter wants. */
    static Fields request(String name, Fields kwargs) throws CommandException {
        return checked(name, REQUESTS.get(name), kwargs);
    }

    private static Fields checked(String name, @Nullable List<Argument> arguments, Fields kwargs)
            throws CommandException {
        if (name.equals(FILE)) {
            throw new CommandException("files are sent by 'hawser fleet file', not by a message");
        }
        if (arguments == null) {
            return kwargs;
        }
        Fields.Builder typed = Fields.builder();
        for (Argument argument : arguments) {
            Optional<Value> given = kwargs.get(argument.name());
            if (given.isEmpty() && argument.needed()) {
                throw new CommandException(
                        "'" + name + "' needs '" + argument.name() + "': " + argument.kind().meaning);
            }
            if (given.isPresent()) {
                Value value = argument.kind().of(given.get());
                if (value == null) {
                    throw new CommandException(
                            "'" + argument.name() + "' of '" + name + "' must be " + argument.kind().meaning);
                }
                typed.put(argument.name(), value);
            }
        }
        List<String> unknown = new ArrayList<>(kwargs.names());
        arguments.forEach(argument -> unknown.remove(argument.name()));
        if (!unknown.isEmpty()) {
            throw new CommandException("'" + name + "' takes no '" + unknown.get(0) + "'");
        }
        return typed.build();
    }

    private static Argument needed(String name, Kind kind) {
        return new Argument(name, kind, true);
    }

    private static Argument optional(String name, Kind kind) {
        return new Argument(name, kind, false);
    }

    private record Argument(String name, Kind kind, boolean needed) {}

    /** What an argument must be. */
    private enum Kind {
        NUMBER("a number") {
            @Override
            @Nullable
            Value of(Value value) {
                return finite(value).map(Value.Real::new).orElse(null);
            }
        },
        NUMBER_AS_TEXT("a number") {
            @Override
            @Nullable
            Value of(Value value) {
                return value instanceof Value.Str && finite(value).isPresent()
                        ? value
                        : finite(value).map(number -> Value.of(plain(number))).orElse(null);
            }
        },
        BYTE("an integer from 0 to 255") {
            @Override
            @Nullable
            Value of(Value value) {
                return finite(value)
                        .filter(number -> number >= 0 && number <= 255 && number == Math.rint(number))
                        .map(number -> (Value) new Value.Int(number.longValue()))
                        .orElse(null);
            }
        },
        FLAG("true or false") {
            @Override
            @Nullable
            Value of(Value value) {
                return value instanceof Value.Bool
                        ? value
                        : value instanceof Value.Int number && (number.value() == 0 || number.value() == 1)
                                ? Value.Bool.of(number.value() == 1)
                                : null;
            }
        },
        TEXT("a text") {
            @Override
            @Nullable
            Value of(Value value) {
                return value instanceof Value.Str ? value : null;
            }
        },
        OBJECT("an object") {
            @Override
            @Nullable
            Value of(Value value) {
                return value instanceof Value.Nested ? value : null;
            }
        },
        MODE("'modify' or 'rewrite'") {
            @Override
            @Nullable
            Value of(Value value) {
                return value instanceof Value.Str text && text.value().matches("modify|rewrite") ? value : null;
            }
        },
        ID("up to 63 letters, digits and dashes, the first no dash; or /hostname, /default, /ip") {
            @Override
            @Nullable
            Value of(Value value) {
                return value instanceof Value.Str text
                                && text.value().matches("(?!-)[A-Za-z0-9-]{1,63}|/hostname|/default|/ip")
                        ? value
                        : null;
            }
        },
        UNIT("the name of a service: letters, digits, '@', '.', '_' and '-'") {
            @Override
            @Nullable
            Value of(Value value) {
                return value instanceof Value.Str text && text.value().matches("[A-Za-z0-9][A-Za-z0-9@._-]{0,127}")
                        ? value
                        : null;
            }
        };

        private final String meaning;

        Kind(String meaning) {
            this.meaning = meaning;
        }

        /** The value in the type that a copter wants; null if it is none. */
        abstract @Nullable Value of(Value value);

        private static Optional<Double> finite(Value value) {
            double number =
                    switch (value.kind()) {
                        case LONG -> ((Value.Int) value).value();
                        case DOUBLE -> ((Value.Real) value).value();
                        case STRING -> parsed(((Value.Str) value).value());
                        default -> Double.NaN;
                    };
            return Double.isFinite(number) ? Optional.of(number) : Optional.empty();
        }

        private static double parsed(String text) {
            return text.matches("-?[0-9]{1,15}([.][0-9]{1,12})?") ? Double.parseDouble(text) : Double.NaN;
        }

        private static String plain(double number) {
            return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
        }
    }
}
