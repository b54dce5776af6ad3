package io.hawser.core.audit;

import io.hawser.core.bytes.ByteReader;
import io.hawser.core.bytes.ByteWriter;
import io.hawser.core.bytes.BytesException;
import io.hawser.core.bytes.BytesLimits;
import io.hawser.core.store.record.LoggedRecord;
import io.hawser.core.store.record.RecordType;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Something that somebody did or wanted to do: the log {@code audit}.
 *
 * <pre>
 *   version 2: number time, text who, text where, text action, text target, text outcome, text detail, text before
 *   version 1: the same without before
 * </pre>
 *
 * @param time when, in milliseconds since the epoch
 * @param who in whose name
 * @param where from where, as far as that is known; may be empty
 * @param action what
 * @param target to whom or to what
 * @param outcome what became of it
 * @param detail how, or why not; may be empty
 * @param before the {@link #digest} of the entry before it; empty where a hub wrote it that did not yet do so
 */
public record AuditEntry(
        long time,
        String who,
        String where,
        String action,
        String target,
        String outcome,
        String detail,
        String before) {
    /** The log's type. */
    public static final RecordType<AuditEntry> TYPE = new RecordType<>() {
        @Override
        public String name() {
            return "audit";
        }

        @Override
        public int version() {
            return 2;
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
                    .text(entry.before())
                    .toByteArray();
        }

        @Override
        public AuditEntry read(int version, byte[] bytes) throws BytesException {
            ByteReader in = new ByteReader(bytes, BytesLimits.DEFAULT);
            AuditEntry entry = new AuditEntry(
                    in.number(),
                    in.text(),
                    in.text(),
                    in.text(),
                    in.text(),
                    in.text(),
                    in.text(),
                    version == 1 ? "" : in.text());
            in.end();
            return entry;
        }
    };

    /** What the first entry has in the place of a digest. */
    static final String FIRST = "0".repeat(64);

    /** This behind {@code newest}, the newest entry there is. */
    AuditEntry after(Optional<LoggedRecord<AuditEntry>> newest) {
        String digest = newest.map(entry -> entry.value().digest(entry.id())).orElse(FIRST);
        return new AuditEntry(time, who, where, action, target, outcome, detail, digest);
    }

    /** The SHA-256 of this entry as the one with {@code id}, in hexadecimal: it depends on every entry before. */
    public String digest(long id) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(new ByteWriter().number(id).toByteArray());
            return HexFormat.of().formatHex(digest.digest(TYPE.write(this)));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every Java has SHA-256", absent);
        }
    }
}
