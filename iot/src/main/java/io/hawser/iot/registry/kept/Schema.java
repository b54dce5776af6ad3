package io.hawser.iot.registry.kept;

import io.hawser.core.bytes.ByteReader;
import io.hawser.core.bytes.ByteWriter;
import io.hawser.core.bytes.BytesException;
import io.hawser.core.bytes.BytesLimits;
import io.hawser.core.store.record.KeyedType;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A kind of record in schema version 1. Pure.
 *
 * @param name what its table is called
 * @param by which key a record has
 * @param writer writes a record
 * @param reader reads what {@code writer} wrote
 * @param <T> the record
 */
public record Schema<T>(String name, Function<T, String> by, BiConsumer<ByteWriter, T> writer, Reader<T> reader)
        implements KeyedType<T> {
    /**
     * Reads one record.
     *
     * @param <T> the record
     */
    @FunctionalInterface
    public interface Reader<T> {
        /**
         * The record that {@code in} begins with.
         *
         * @throws BytesException if it is none
         */
        T read(ByteReader in) throws BytesException;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public String key(T record) {
        return by.apply(record);
    }

    @Override
    public byte[] write(T record) {
        ByteWriter out = new ByteWriter();
        writer.accept(out, record);
        return out.toByteArray();
    }

    @Override
    public T read(int version, byte[] bytes) throws BytesException {
        ByteReader in = new ByteReader(bytes, BytesLimits.DEFAULT);
        T record = reader.read(in);
        in.end();
        return record;
    }

    /**
     * The constant of {@code type} that is called {@code name}.
     *
     * @throws BytesException if there is none
     */
    public static <E extends Enum<E>> E constant(Class<E> type, String name) throws BytesException {
        for (E each : type.getEnumConstants()) {
            if (each.name().equals(name)) {
                return each;
            }
        }
        throw new BytesException("there is no " + type.getSimpleName() + " " + name);
    }
}
