package io.hawser.app.config;

/** How much the hub logs. */
public enum LogLevel {
    /** What somebody must look after. */
    ERROR,
    /** And what looks wrong. */
    WARN,
    /** And who comes and goes. */
    INFO,
    /** And what it does. */
    DEBUG,
    /** And all else. */
    TRACE
}
