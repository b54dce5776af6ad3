package io.hawser.core.store.record;

import io.hawser.core.store.StoreException;
import io.hawser.core.store.shelf.Defects;
import io.hawser.core.store.shelf.Refusal;
import io.hawser.core.store.shelf.Shelf;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Checks the shelf of the records while nobody changes it: each record against its checksum, what is counted against them. */
public final class RecordAudit {
    private final Shelf shelf;
    private final Defects defects;
    private final Map<Integer, KeptTable> tables = new TreeMap<>();
    private long revision;

    private RecordAudit(Shelf shelf, Defects defects) {
        this.shelf = shelf;
        this.defects = defects;
    }

    /** Tells {@code defects} what is damaged on {@code shelf}. */
    public static void run(Shelf shelf, Defects defects) {
        RecordAudit audit = new RecordAudit(shelf, defects);
        byte[] start = {RecordLayout.DEFINITION};
        shelf.walk(start, start, (at, definition) -> {
            audit.define(at, definition);
            return true;
        });
        byte[] all = {};
        shelf.walk(all, (at, value) -> {
            audit.row(at, value);
            return true;
        });
        audit.tables.values().forEach(audit::lastId);
        audit.number("the highest revision of the records", RecordLayout.REVISION, audit.revision);
    }

    private void define(byte[] at, byte[] definition) {
        if (at.length != RecordLayout.HEAD) {
            defects.drop("the definition of a table under a key of a wrong length", at);
            return;
        }
        int number = ByteBuffer.wrap(at).getInt(1);
        try {
            tables.put(number, KeptTable.read(number, definition));
        } catch (StoreException damaged) {
            defects.drop("table " + number + ": " + damaged.getMessage(), at);
        }
    }

    private void row(byte[] at, byte[] value) {
        byte kind = at.length == 0 ? 0 : at[0];
        if (kind == RecordLayout.DEFINITION || Arrays.equals(at, RecordLayout.REVISION)) {
            return;
        }
        boolean record = kind == RecordLayout.RECORD;
        boolean logged = kind == RecordLayout.LOGGED;
        if (!record && !logged && kind != RecordLayout.LAST_ID) {
            defects.drop("a row of the records that is unknown, of kind " + kind, at);
            return;
        }
        boolean whole =
                record ? at.length > RecordLayout.HEAD : at.length == RecordLayout.HEAD + (logged ? Long.BYTES : 0);
        if (!whole) {
            defects.drop("a row of the records of kind " + (char) kind + " under a key of a wrong length", at);
            return;
        }
        int number = ByteBuffer.wrap(at).getInt(1);
        KeptTable table = tables.get(number);
        if (table == null || table.isLog() == record) {
            String log = record ? "table " : "log ";
            defects.drop("a row of " + log + number + ": the " + log + "is not defined", at);
        } else if (kind != RecordLayout.LAST_ID) {
            read(table, at, value);
        }
    }

    private void read(KeptTable table, byte[] at, byte[] record) {
        try {
            Sheet sheet = table.read(at, record);
            revision = Math.max(revision, sheet.revision());
            table.lastId(Math.max(table.lastId(), sheet.id()));
        } catch (Refusal damaged) {
            defects.drop(String.valueOf(damaged.getMessage()), at);
        }
    }

    private void lastId(KeptTable table) {
        if (table.isLog()) {
            number(
                    "the highest id of log " + table.name(),
                    RecordLayout.key(RecordLayout.LAST_ID, table.number()),
                    table.lastId());
        }
    }

    /** What is under {@code at} must be at least {@code highest}. */
    private void number(String what, byte[] at, long highest) {
        byte[] kept = shelf.get(at).orElse(new byte[Long.BYTES]);
        long said = kept.length == Long.BYTES ? ByteBuffer.wrap(kept).getLong() : -1;
        if (said < highest) {
            String text = kept.length == Long.BYTES ? " is said to be " + said : " is damaged";
            defects.replace(what + text + ", but there is " + highest, at, RecordLayout.number(highest));
        }
    }
}
