package io.hawser.core.value;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One typed value of a message. The family is closed; {@link #kind()} makes dispatch total: a {@code switch}
 * expression over it does not compile until every kind is handled.
 */
public sealed interface Value {

    /** An integer or a decimal number without superfluous leading zeros. */
    Pattern NUMBER = Pattern.compile("[+-]?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

    /** What kinds of value there are. */
    enum Kind {
        STRING,
        LONG,
        DOUBLE,
        BOOL,
        DATETIME,
        OPAQUE,
        MESSAGE,
        LIST,
        NULL
    }

    /** The kind of this value. */
    Kind kind();

    /** Unicode text. */
    record Str(String value) implements Value {
        @Override
        public Kind kind() {
            return Kind.STRING;
        }

        @Override
        public String toString() {
            return '"' + value + '"';
        }
    }

    /** A signed 64-bit integer. */
    record Int(long value) implements Value {
        @Override
        public Kind kind() {
            return Kind.LONG;
        }

        @Override
        public String toString() {
            return Long.toString(value);
        }
    }

    /** An IEEE 754 double, NaN and the infinities included. */
    record Real(double value) implements Value {
        @Override
        public Kind kind() {
            return Kind.DOUBLE;
        }

        @Override
        public String toString() {
            return Double.toString(value);
        }
    }

    /** True or false. Protocols without this kind show it as long 1 or 0. */
    enum Bool implements Value {
        FALSE,
        TRUE;

        /** The value for {@code value}. */
        public static Bool of(boolean value) {
            return value ? TRUE : FALSE;
        }

        /** The Java value. */
        public boolean value() {
            return this == TRUE;
        }

        @Override
        public Kind kind() {
            return Kind.BOOL;
        }
    }

    /** A point in time, in milliseconds since 1970-01-01T00:00Z. */
    record DateTime(long epochMillis) implements Value {
        @Override
        public Kind kind() {
            return Kind.DATETIME;
        }
    }

    /** Bytes that mean something to the programs alone. */
    final class Opaque implements Value {
        private final byte[] bytes;

        /** A value with a copy of {@code bytes}. */
        public Opaque(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        /** A copy of the bytes. */
        public byte[] bytes() {
            return bytes.clone();
        }

        /** How many bytes there are. */
        public int length() {
            return bytes.length;
        }

        @Override
        public Kind kind() {
            return Kind.OPAQUE;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Opaque o && Arrays.equals(bytes, o.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return "opaque:" + Base64.getEncoder().encodeToString(bytes);
        }
    }

    /** A message inside a message. */
    record Nested(Fields fields) implements Value {
        @Override
        public Kind kind() {
            return Kind.MESSAGE;
        }

        @Override
        public String toString() {
            return fields.toString();
        }
    }

    /** Values in order, of one kind or of several. */
    record Sequence(List<Value> values) implements Value {
        /** A list with a copy of {@code values}. */
        public Sequence {
            values = List.copyOf(values);
        }

        /** True if all values are of one kind, or there are none. */
        public boolean uniform() {
            return values.stream().map(Value::kind).distinct().limit(2).count() <= 1;
        }

        @Override
        public Kind kind() {
            return Kind.LIST;
        }

        @Override
        public String toString() {
            return values.toString();
        }
    }

    /** No value. Protocols without this kind leave the field out. */
    enum Null implements Value {
        NULL;

        @Override
        public Kind kind() {
            return Kind.NULL;
        }
    }

    /** A string value. */
    static Value of(String value) {
        return new Str(value);
    }

    /** A long value. */
    static Value of(long value) {
        return new Int(value);
    }

    /** A double value. */
    static Value of(double value) {
        return new Real(value);
    }

    /** A bool value. */
    static Value of(boolean value) {
        return Bool.of(value);
    }

    /**
     * The value that plain text stands for: an integer of 64 bits is a long, a decimal number a double, anything else a
     * string. Numbers with leading zeros stay strings, so that {@code 007} is not lost.
     */
    static Value infer(String text) {
        if (NUMBER.matcher(text).matches()) {
            try {
                return of(Long.parseLong(text));
            } catch (NumberFormatException notLong) {
                return text.matches("[+-]?\\d+") ? of(text) : of(Double.parseDouble(text));
            }
        }
        return of(text);
    }
}
