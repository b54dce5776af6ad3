package io.hawser.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Exact lines of {@code hawser sub}, for people, programs and terminals under attack. */
class EventFormatTest {
    private static final Instant TIME = Instant.parse("2026-11-21T12:31:20.114Z");
    private static final Event POSE = new Event(
            3,
            TIME,
            "robot/7/pose",
            "eftl:gcs-2",
            Fields.builder().put("x", 1.5).put("y", 2L).put("name", "hélice").build());
    private static final Event HOSTILE = new Event(
            1,
            TIME,
            "a/\u001b[2J\u009b31m",
            "ivy:evil\r\nname\u202e",
            Fields.of("text", Value.of("\u0007\u001b]0;title\u0007\n\u2028\ud800 tab\t end\u007f \\ \"quoted\"")));

    @Test
    void showsPeopleTheTimeOfTheirDay() {
        assertThat(EventFormat.TEXT.line(POSE, ZoneOffset.UTC))
                .isEqualTo("12:31:20.114 [#3] robot/7/pose  eftl:gcs-2  32 B  {\"x\":1.5,\"y\":2,\"name\":\"hélice\"}");
        assertThat(EventFormat.TEXT.line(POSE, ZoneId.of("Asia/Kolkata"))).startsWith("18:01:20.114 [#3] ");
    }

    @Test
    void showsProgramsOneObject() {
        assertThat(EventFormat.JSON.line(POSE, ZoneOffset.UTC))
                .isEqualTo(
                        "{\"n\":3,\"time\":\"2026-11-21T12:31:20.114Z\",\"topic\":\"robot/7/pose\",\"from\":\"eftl:gcs-2\","
                                + "\"bytes\":32,\"fields\":{\"x\":1.5,\"y\":2,\"name\":\"hélice\"}}");
    }

    @Test
    void showsTextAloneOrAllFieldsWhenRaw() {
        assertThat(EventFormat.RAW.line(POSE, ZoneOffset.UTC)).isEqualTo("{\"x\":1.5,\"y\":2,\"name\":\"hélice\"}");
        assertThat(EventFormat.RAW.line(
                        new Event(1, TIME, "t", "f", Fields.of("text", Value.of("7 GPS 1 2"))), ZoneOffset.UTC))
                .isEqualTo("7 GPS 1 2");
    }

    @Test
    void foreignTextNeverSteersTheTerminal() {
        assertThat(EventFormat.TEXT.line(HOSTILE, ZoneOffset.UTC))
                .isEqualTo(
                        "12:31:20.114 [#1] a/\\u001b[2J\\u009b31m  ivy:evil\\r\\nname\\u202e  81 B  "
                                + "{\"text\":\"\\u0007\\u001b]0;title\\u0007\\n\\u2028\\ud800 tab\\t end\\u007f \\\\ \\\"quoted\\\"\"}");
        assertThat(EventFormat.JSON.line(HOSTILE, ZoneOffset.UTC))
                .isEqualTo(
                        "{\"n\":1,\"time\":\"2026-11-21T12:31:20.114Z\",\"topic\":\"a/\\u001b[2J\\u009b31m\","
                                + "\"from\":\"ivy:evil\\r\\nname\\u202e\",\"bytes\":81,\"fields\":"
                                + "{\"text\":\"\\u0007\\u001b]0;title\\u0007\\n\\u2028\\ud800 tab\\t end\\u007f \\\\ \\\"quoted\\\"\"}}");
        assertThat(EventFormat.RAW.line(HOSTILE, ZoneOffset.UTC))
                .isEqualTo("\\u0007\\u001b]0;title\\u0007\\n\\u2028\\ud800 tab\\t end\\u007f \\ \"quoted\"");
    }
}
