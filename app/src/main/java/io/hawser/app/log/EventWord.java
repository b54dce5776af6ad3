package io.hawser.app.log;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** {@code %event} in {@code logback.xml}: the code of the change that a line tells of, in brackets behind its words. */
public final class EventWord extends ClassicConverter {
    /** Made by logback. */
    public EventWord() {}

    @Override
    public String convert(ILoggingEvent line) {
        return new LogLine(line).event().map(code -> " (" + code + ")").orElse("");
    }
}
