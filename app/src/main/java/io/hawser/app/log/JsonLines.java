package io.hawser.app.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import io.hawser.app.text.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A JSON object a line, for programs that gather logs. What there is nothing to say of is left out.
 *
 * <pre>{@code
 * {"ts":"2026-11-22T10:00:00.123Z","level":"WARN","logger":"io.hawser.eftl.gateway.EftlLink","event":"HUB-1106 LOGIN_REFUSED",
 *  "msg":"eftl[10.0.0.7:5012] login refused: ...","protocol":"eftl","client_id":"...","remote":"10.0.0.7:5012","topic":"...",
 *  "error":"java.lang.IllegalStateException: ...\n\tat ..."}
 * }</pre>
 *
 * <p>Nothing foreign can break out of its line or its field.
 */
final class JsonLines extends EncoderBase<ILoggingEvent> {
    private static final byte[] NOTHING = {};

    JsonLines() {}

    @Override
    public byte[] encode(ILoggingEvent event) {
        LogLine line = new LogLine(event);
        StringBuilder json = new StringBuilder(256);
        json.append("{\"ts\":").append(JsonText.quote(event.getInstant().toString()));
        put(json, "level", Optional.of(event.getLevel().toString()));
        put(json, "logger", Optional.of(event.getLoggerName()));
        put(json, "event", line.event().map(Object::toString));
        put(json, "msg", Optional.of(event.getFormattedMessage()));
        put(json, "protocol", line.protocol());
        put(json, "client_id", line.client());
        put(json, "remote", line.remote());
        put(json, "topic", line.topic());
        IThrowableProxy thrown = event.getThrowableProxy();
        put(json, "error", thrown == null ? Optional.empty() : Optional.of(ThrowableProxyUtil.asString(thrown)));
        return json.append("}\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void put(StringBuilder json, String name, Optional<String> value) {
        value.ifPresent(said -> json.append(",\"").append(name).append("\":").append(JsonText.quote(said)));
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }
}
