package io.hawser.iot.wire;

import io.hawser.core.value.Fields;
import java.util.OptionalLong;

/**
 * Why a call failed: the body of an answer that is no success ({@code specs/iot.md} 1.10). The originals only log it, but for
 * the time.
 *
 * @param title what went wrong, in a few words
 * @param detail what exactly, and what to do; empty if there is no more to say
 * @param currentTime milliseconds since 1970 by the clock of the hub; an original device whose assertion was refused with 400
 *     sets its clock by it ({@code specs/iot.md} 1.2)
 */
public record Problem(String title, String detail, OptionalLong currentTime) {
    /** A problem that has nothing to do with clocks. */
    public static Problem of(String title, String detail) {
        return new Problem(title, detail, OptionalLong.empty());
    }

    /** What {@code fields} say; whatever is not as expected is left out, as a problem must not be hidden by another. */
    public static Problem of(Fields fields) {
        Members members = new Members(fields, "");
        OptionalLong time;
        try {
            time = members.integer("currentTime");
        } catch (ProtocolException unreadable) {
            time = OptionalLong.empty();
        }
        return new Problem(
                fields.string("title").orElse(""), fields.string("detail").orElse(""), time);
    }

    /** The members; what is empty is left out. */
    public Fields fields() {
        Fields.Builder fields = Fields.builder().put("title", title);
        if (!detail.isEmpty()) {
            fields.put("detail", detail);
        }
        currentTime.ifPresent(time -> fields.put("currentTime", time));
        return fields.build();
    }
}
