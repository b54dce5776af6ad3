package io.hawser.iot.model;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The members of one JSON object in a model, read without stopping at what is wrong: each problem is noted with its place, and
 * something harmless is read in its stead. Null is absent. Owned by one reader.
 */
final class Problems {
    private static final int MOST = 100;

    private final Fields fields;
    private final String place;
    private final List<String> found;

    /** The members of a model. */
    Problems(Fields fields) {
        this(fields, "", new ArrayList<>());
    }

    private Problems(Fields fields, String place, List<String> found) {
        this.fields = fields;
        this.place = place;
        this.found = found;
    }

    /** All that was wrong so far, in the whole model; of very many the first. */
    List<String> found() {
        return found;
    }

    void note(String member, String why) {
        if (found.size() < MOST) {
            found.add(place + member + " " + why);
        } else if (found.size() == MOST) {
            found.add("and there is more");
        }
    }

    String required(String member) {
        String text = text(member);
        if (text.isEmpty() && !has(member)) {
            note(member, "is missing");
        } else if (text.isEmpty() && find(member) instanceof Value.Str) {
            note(member, "is empty");
        }
        return text;
    }

    String text(String member) {
        Value value = find(member);
        if (value instanceof Value.Str text) {
            return text.value();
        }
        if (value != null) {
            note(member, "is no string");
        }
        return "";
    }

    boolean truth(String member) {
        Value value = find(member);
        if (value != null && !(value instanceof Value.Bool)) {
            note(member, "is neither true nor false");
        }
        return value == Value.Bool.TRUE;
    }

    OptionalLong integer(String member) {
        Value value = find(member);
        if (value instanceof Value.Int number) {
            return OptionalLong.of(number.value());
        }
        if (value != null) {
            note(member, "is no integer");
        }
        return OptionalLong.empty();
    }

    <E extends Enum<E>> Optional<E> word(String member, Class<E> words) {
        String text = text(member);
        Optional<E> word = Arrays.stream(words.getEnumConstants())
                .filter(each -> each.name().equals(text))
                .findFirst();
        if (word.isEmpty() && find(member) instanceof Value.Str) {
            note(member, "is none of " + Arrays.toString(words.getEnumConstants()));
        }
        return word;
    }

    /** The objects of the array {@code member}. */
    List<Problems> objects(String member) {
        List<Problems> objects = new ArrayList<>();
        Value value = find(member);
        if (value instanceof Value.Sequence list) {
            for (int i = 0; i < list.values().size(); i++) {
                String name = member + "[" + i + "]";
                if (list.values().get(i) instanceof Value.Nested nested) {
                    objects.add(new Problems(nested.fields(), place + name + ".", found));
                } else {
                    note(name, "is no object");
                }
            }
        } else if (value != null) {
            note(member, "is no array");
        }
        return objects;
    }

    /** The members of the object {@code member}, none if it is absent. */
    Problems object(String member) {
        Value value = find(member);
        if (value != null && !(value instanceof Value.Nested)) {
            note(member, "is no object");
        }
        Fields inner = value instanceof Value.Nested nested ? nested.fields() : Fields.EMPTY;
        return new Problems(inner, place + member + ".", found);
    }

    boolean has(String member) {
        return find(member) != null;
    }

    Optional<Value> value(String member) {
        return Optional.ofNullable(find(member));
    }

    private @Nullable Value find(String member) {
        Value value = fields.find(member);
        return value == Value.Null.NULL ? null : value;
    }
}
