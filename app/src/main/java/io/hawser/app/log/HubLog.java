package io.hawser.app.log;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.slf4j.LoggerFactory;

/** The log of a program that is a hub, and not a command that ends soon. */
public final class HubLog {
    private HubLog() {}

    /** From now on its lines are as {@code format} says. */
    public static void begin(LogFormat format) {
        if (format.here() == LogFormat.JSON
                && LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof Logger root
                && root.getAppender("stderr") instanceof ConsoleAppender<ILoggingEvent> stderr) {
            JsonLines lines = new JsonLines();
            lines.setContext(stderr.getContext());
            lines.start();
            stderr.setEncoder(lines);
        }
    }
}
