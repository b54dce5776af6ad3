package io.hawser.store.durable;

import io.hawser.core.bytes.BytesException;
import io.hawser.core.store.StoreException;
import io.hawser.core.store.ledger.Seen;
import io.hawser.store.local.disk.Check;
import io.hawser.store.local.disk.Disk;
import io.hawser.store.local.disk.Findings;
import io.hawser.store.rack.Family;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Checks definitions, marks, messages and entries, and that each entry has a durable and a message. */
public final class DurableCheck implements Check {
    /** Nothing checked yet. */
    public DurableCheck() {}

    @Override
    public void run(Disk disk, Findings findings) {
        Set<Integer> durables = durables(disk, findings);
        LongQueue messages = messages(disk, findings);
        marks(disk, findings, durables);
        disk.scan(Family.ENTRIES, (key, value) -> {
            if (key.length != 12 || !readable(value)) {
                drop(findings, Family.ENTRIES, key, "an entry that is damaged");
                return;
            }
            int durable = ByteBuffer.wrap(key).getInt();
            long id = ByteBuffer.wrap(key).getLong(4);
            String entry = "the entry of durable " + durable + " for message " + id;
            if (!durables.contains(durable)) {
                drop(findings, Family.ENTRIES, key, entry + ": the durable is not defined");
            } else if (!messages.contains(id)) {
                drop(findings, Family.ENTRIES, key, entry + ": the message is missing or damaged");
            }
        });
        long last = messages.last();
        long given = disk.get(Family.FACTS, Layout.LAST_ID)
                .filter(value -> value.length == 8)
                .map(value -> ByteBuffer.wrap(value).getLong())
                .orElse(0L);
        if (last > given) {
            findings.damaged(
                    "the highest store id is said to be " + given + ", but there is message " + last,
                    mending -> mending.replace(Family.FACTS, Layout.LAST_ID, Layout.number(last)));
        }
    }

    private static boolean readable(byte[] entry) {
        try {
            return entry.length >= 4 && Layout.entry(entry, 0) != null;
        } catch (StoreException | BufferUnderflowException damaged) {
            return false;
        }
    }

    /** The durables that are defined, or being removed. */
    private static Set<Integer> durables(Disk disk, Findings findings) {
        Set<Integer> durables = new HashSet<>();
        disk.scan(Family.FACTS, (key, value) -> {
            byte kind = key.length == 0 ? 0 : key[0];
            if (Arrays.equals(key, Layout.LAST_ID)) {
                return;
            }
            if (kind == Layout.SEEN && value.length == 8 + Seen.BLOCK / 8) {
                return;
            }
            boolean known =
                    kind == Layout.DEFINITION || kind == Layout.GONE || kind == Layout.MARK || kind == Layout.IDLE;
            if (!known || key.length != 5) {
                drop(findings, Family.FACTS, key, "an unknown fact of kind " + kind);
                return;
            }
            int number = ByteBuffer.wrap(key).getInt(1);
            try {
                if (kind == Layout.DEFINITION) {
                    Layout.definition(value);
                }
                if (kind == Layout.DEFINITION || kind == Layout.GONE) {
                    durables.add(number);
                }
            } catch (StoreException damaged) {
                drop(findings, Family.FACTS, key, "durable " + number + ": " + damaged.getMessage());
            }
        });
        return durables;
    }

    private static void marks(Disk disk, Findings findings, Set<Integer> durables) {
        disk.scan(Family.FACTS, (key, value) -> {
            if (key.length != 5 || key[0] != Layout.MARK) {
                return;
            }
            int number = ByteBuffer.wrap(key).getInt(1);
            if (value.length != 8 || !durables.contains(number)) {
                drop(
                        findings,
                        Family.FACTS,
                        key,
                        "the delivery mark of durable " + number
                                + (value.length == 8 ? ": the durable is not defined" : " has a wrong length"));
            }
        });
    }

    /** The ids of the messages that are sound. */
    private static LongQueue messages(Disk disk, Findings findings) {
        LongQueue sound = new LongQueue();
        disk.scan(Family.MESSAGES, (key, value) -> {
            if (key.length != 8) {
                drop(findings, Family.MESSAGES, key, "a message under a key of a wrong length");
                return;
            }
            long id = ByteBuffer.wrap(key).getLong();
            try {
                Layout.kept(id, value);
                sound.add(id);
            } catch (BytesException damaged) {
                drop(findings, Family.MESSAGES, key, String.valueOf(damaged.getMessage()));
            }
        });
        return sound;
    }

    private static void drop(Findings findings, Family family, byte[] key, String text) {
        findings.damaged(text, mending -> mending.drop(family, key));
    }
}
