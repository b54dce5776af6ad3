package io.hawser.eftl.gateway.kept;

import io.hawser.core.bytes.ByteReader;
import io.hawser.core.bytes.ByteWriter;
import io.hawser.core.bytes.BytesException;
import io.hawser.core.bytes.BytesLimits;
import io.hawser.core.store.record.KeyedType;

/**
 * Who goes on counting if it comes back: the table {@code eftl-lineages}.
 *
 * <pre>
 *   version 2: text client, text token, text before, text user, text lineage, number seen
 *   version 1: text client, text token,              text user, text lineage, number seen
 * </pre>
 *
 * @param client the digest of its channel and client id
 * @param token the digest of the token that it was told last
 * @param before the digest of the token that it had until then, and has still if the welcome with the newer one was lost;
 *     empty if it begins with this one
 * @param user who it is for access rules
 * @param lineage under which its publications are numbered
 * @param seen when it was there last, at most an hour off; milliseconds since the epoch
 */
record LineageRecord(String client, String token, String before, String user, String lineage, long seen) {
    static final KeyedType<LineageRecord> TYPE = new KeyedType<>() {
        @Override
        public String name() {
            return "eftl-lineages";
        }

        @Override
        public int version() {
            return 2;
        }

        @Override
        public String key(LineageRecord record) {
            return record.client();
        }

        @Override
        public byte[] write(LineageRecord record) {
            return new ByteWriter()
                    .text(record.client())
                    .text(record.token())
                    .text(record.before())
                    .text(record.user())
                    .text(record.lineage())
                    .number(record.seen())
                    .toByteArray();
        }

        @Override
        public LineageRecord read(int version, byte[] bytes) throws BytesException {
            ByteReader in = new ByteReader(bytes, BytesLimits.DEFAULT);
            String client = in.text();
            String token = in.text();
            String before = version == 1 ? "" : in.text();
            LineageRecord record = new LineageRecord(client, token, before, in.text(), in.text(), in.number());
            in.end();
            return record;
        }
    };

    /** The same, there at {@code time}. */
    LineageRecord seenAt(long time) {
        return new LineageRecord(client, token, before, user, lineage, time);
    }
}
