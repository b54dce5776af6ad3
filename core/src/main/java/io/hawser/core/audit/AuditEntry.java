package io.hawser.core.audit;

import io.hawser.core.bytes.ByteReader;
import io.hawser.core.bytes.ByteWriter;
import io.hawser.core.bytes.BytesException;
import io.hawser.core.bytes.BytesLimits;
import io.hawser.core.store.record.RecordType;

/**
 * Something that somebody did or wanted to do: the log {@code audit}.
 *
 * <pre>
 *   version 1: number time, text who, text where, text action, text target, text outcome, text detail
 * </pre>
 *
 * @param time when, in milliseconds since the epoch
 * @param who in whose name
 * @param where from where, as far as that is known; may be empty
 * @param action what
 * @param target to whom or to what
 * @param outcome what became of it
 * @param detail how, or why not; may be empty
 */
public record AuditEntry(
        long time, String who, String where, String action, String target, String outcome, String detail) {
    /** The log's type. */
    public static final RecordType<AuditEntry> TYPE = new RecordType<>() {
        @Override
        public String name() {
            return "audit";
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public byte[] write(AuditEntry entry) {
            return new ByteWriter()
                    .number(entry.time())
                    .text(entry.who())
                    .text(entry.where())
                    .text(entry.action())
                    .text(entry.target())
                    .text(entry.outcome())
                    .text(entry.detail())
                    .toByteArray();
        }

        @Override
        public AuditEntry read(int version, byte[] bytes) throws BytesException {
            ByteReader in = new ByteReader(bytes, BytesLimits.DEFAULT);
            AuditEntry entry =
                    new AuditEntry(in.number(), in.text(), in.text(), in.text(), in.text(), in.text(), in.text());
            in.end();
            return entry;
        }
    };
}
