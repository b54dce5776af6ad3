package io.hawser.clever.gateway;

import io.hawser.core.bytes.ByteReader;
import io.hawser.core.bytes.ByteWriter;
import io.hawser.core.bytes.BytesException;
import io.hawser.core.bytes.BytesLimits;
import io.hawser.core.bytes.ValueBytes;
import io.hawser.core.store.record.KeyedType;
import io.hawser.core.value.Fields;
import java.util.Optional;

/**
 * What is kept of a copter: the table {@code clever-copters}.
 *
 * <pre>
 *   version 1: text id, text address, number seen, text clover_dir, number telemetry at, fields telemetry
 * </pre>
 *
 * @param id what it calls itself
 * @param address where it connected from
 * @param seen when it was there last, at most a second off, in milliseconds since the epoch
 * @param cloverDir where its Clover is, as it says
 * @param telemetryAt when it said its telemetry, 0: never
 * @param telemetry what it said last of itself; nothing if that is long
 */
record CopterRecord(String id, String address, long seen, String cloverDir, long telemetryAt, Fields telemetry) {
    /** Real telemetry has some 600 bytes ({@code specs/clever.md} 2.5). */
    private static final int LONGEST_TELEMETRY = 16 << 10;

    static final KeyedType<CopterRecord> TYPE = new KeyedType<>() {
        @Override
        public String name() {
            return "clever-copters";
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public String key(CopterRecord record) {
            return record.id();
        }

        @Override
        public byte[] write(CopterRecord record) {
            return new ByteWriter()
                    .text(record.id())
                    .text(record.address())
                    .number(record.seen())
                    .text(record.cloverDir())
                    .number(record.telemetryAt())
                    .raw(bytes(record.telemetry()))
                    .toByteArray();
        }

        @Override
        public CopterRecord read(int version, byte[] bytes) throws BytesException {
            ByteReader in = new ByteReader(bytes, BytesLimits.DEFAULT);
            CopterRecord record = new CopterRecord(
                    in.text(),
                    in.text(),
                    in.number(),
                    in.text(),
                    in.number(),
                    new ValueBytes(BytesLimits.DEFAULT).fields(in));
            in.end();
            return record;
        }
    };

    private static byte[] bytes(Fields telemetry) {
        ValueBytes values = new ValueBytes(BytesLimits.DEFAULT);
        try {
            ByteWriter out = new ByteWriter();
            values.write(out, telemetry);
            byte[] bytes = out.toByteArray();
            return bytes.length > LONGEST_TELEMETRY ? bytes(Fields.EMPTY) : bytes;
        } catch (BytesException tooDeep) {
            return bytes(Fields.EMPTY);
        }
    }

    /** What is kept of {@code copter} at {@code now}. */
    static CopterRecord of(Copter copter, long now) {
        return new CopterRecord(
                copter.id(), copter.address(), now, copter.cloverDir(), copter.telemetryAt(), copter.telemetry());
    }

    /** The copter, which is not there. */
    Copter absent() {
        return new Copter(id, address, false, seen, cloverDir, telemetry, telemetryAt, Optional.empty(), 0);
    }
}
