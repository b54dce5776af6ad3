package io.hawser.core.store.record;

import io.hawser.core.bytes.ByteReader;
import io.hawser.core.bytes.ByteWriter;
import io.hawser.core.bytes.BytesException;
import io.hawser.core.bytes.BytesLimits;

/**
 * A record as tests keep it.
 *
 * @param name the key
 * @param rank came with schema version 2; 0 before
 */
public record User(String name, int rank) {
    /** What the program of today keeps. */
    public static final KeyedType<User> TYPE = new Schema("users", 2);

    /** What an older program kept: no rank. */
    public static final KeyedType<User> OLD = new Schema("users", 1);

    /** Who did something, in a log. */
    public static final RecordType<User> AUDIT = new Schema("audit", 2);

    private record Schema(String name, int version) implements KeyedType<User> {
        @Override
        public String key(User user) {
            return user.name();
        }

        @Override
        public byte[] write(User user) {
            ByteWriter out = new ByteWriter().text(user.name());
            return (version == 1 ? out : out.count(user.rank())).toByteArray();
        }

        @Override
        public User read(int written, byte[] bytes) throws BytesException {
            ByteReader in = new ByteReader(bytes, BytesLimits.DEFAULT);
            User user = new User(in.text(), written == 1 ? 0 : (int) in.count());
            in.end();
            return user;
        }
    }
}
