package io.hawser.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.hawser.app.text.JsonText;
import io.hawser.core.event.EventCode;
import io.hawser.core.message.Topic;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLinesTest {
    private final LoggerContext context = new LoggerContext();

    private LoggingEvent event(String words, @Nullable Throwable thrown, Object... arguments) {
        LoggingEvent event = new LoggingEvent(
                "here", context.getLogger("io.hawser.eftl.EftlLink"), Level.WARN, words, thrown, arguments);
        event.setInstant(Instant.parse("2026-11-22T10:00:00.123Z"));
        return event;
    }

    private static Fields read(LoggingEvent event) {
        String line = new String(new JsonLines().encode(event), StandardCharsets.UTF_8);
        assertThat(line).endsWith("}\n");
        assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
        return JsonText.read(line);
    }

    @Test
    void aLineSaysWhenWhatWhoAndFromWhere() throws Exception {
        InetSocketAddress remote = new InetSocketAddress(InetAddress.getByAddress(new byte[] {10, 0, 0, 7}), 5012);
        assertThat(read(event("eftl[{}] logged in from {}", null, "gcs-7", remote, EventCode.PARTY_JOINED)))
                .isEqualTo(Fields.builder()
                        .put("ts", "2026-11-22T10:00:00.123Z")
                        .put("level", "WARN")
                        .put("logger", "io.hawser.eftl.EftlLink")
                        .put("event", "HUB-1101 PARTY_JOINED")
                        .put("msg", "eftl[gcs-7] logged in from /10.0.0.7:5012")
                        .put("protocol", "eftl")
                        .put("client_id", "gcs-7")
                        .put("remote", "10.0.0.7:5012")
                        .build());
    }

    @ParameterizedTest
    @CsvSource({
        "eftl[{}] x,      gcs-7,           b, eftl,   gcs-7, ",
        "eftl[{}] x,      10.0.0.7:5012,   b, eftl,        , 10.0.0.7:5012",
        "eftl[{}] x,      '[::1]:5012',    b, eftl,        , '[::1]:5012'",
        "iot[{}] x,       10.0.0.7,        b, iot,         , 10.0.0.7",
        "ivy[{}] {} x,    lab,       FLIGHT, ivy,    FLIGHT, ",
        "ivy[{}] x,       lab,             b, ivy,         , ",
        "clever[{}] x,    '] eftl[gcs',    b, clever, '] eftl[gcs', ",
        "store is x {},   a,               b, ,            , "
    })
    void whoItIsAboutComesBeforeTheWords(
            String words, String first, String second, String protocol, String client, String remote) {
        Fields line = read(event(words, null, first, second));
        assertThat(line.string("protocol").orElse(null)).isEqualTo(protocol);
        assertThat(line.string("client_id").orElse(null)).isEqualTo(client);
        assertThat(line.string("remote").orElse(null)).isEqualTo(remote);
    }

    @Test
    void whatIsForeignStaysInItsField() {
        Fields line = read(
                event("clever[{}] {}", null, "a\"b", "x\",\"level\":\"\n\u2028\u202e\u0007", new Topic("robot/7")));
        assertThat(line.string("client_id")).contains("a\"b");
        assertThat(line.string("msg").orElseThrow()).startsWith("clever[a\"b] x\",\"level\":\"\n");
        assertThat(line.string("level")).contains("WARN");
        assertThat(line.string("topic")).contains("robot/7");
    }

    @Test
    void whatWasThrownIsToldWhole() {
        Fields line = read(event("it failed", new IllegalStateException("no"), new Object[0]));
        assertThat(line.string("error").orElseThrow())
                .startsWith("java.lang.IllegalStateException: no\n")
                .contains("at io.hawser.app.log.JsonLinesTest.");
        assertThat(line.find("event")).isNull();
        assertThat(line.find("msg")).isEqualTo(Value.of("it failed"));
    }

    @Test
    void peopleReadTheCodeBehindTheWords() {
        assertThat(new EventWord().convert(event("x", null, "y", EventCode.DISK_FULL)))
                .isEqualTo(" (HUB-1402 DISK_FULL)");
        assertThat(new EventWord().convert(event("x", null, "y"))).isEmpty();
    }
}
