package io.hawser.store.copy;

import io.hawser.core.store.StoreException;
import io.hawser.core.store.object.ObjectContent;
import io.hawser.core.store.object.ObjectDraft;
import io.hawser.core.store.object.ObjectManifest;
import io.hawser.core.store.object.StoredObjects;
import io.hawser.store.object.ObjectRecords;
import io.hawser.store.rack.Family;
import io.hawser.store.rack.Round;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * Everything of one store into another one, which is empty.
 *
 * <p><b>Recovery.</b> First a mark is written that makes every hub refuse the target, last it is removed; a copy that is interrupted
 * is of no use, and says so. Uploads that were not finished stay behind: their owners begin anew.
 */
public final class Copy {
    private static final long PIECE = 1 << 20;

    private final Stock from;
    private final Stock to;
    private final Consumer<String> progress;

    private Copy(Stock from, Stock to, Consumer<String> progress) {
        this.from = from;
        this.to = to;
        this.progress = progress;
    }

    /**
     * What there is of one family.
     *
     * @param count keys
     * @param checksum CRC32C of all keys and values, each behind its length
     */
    public record Sum(long count, long checksum) {}

    /**
     * Copies, and compares.
     *
     * @param progress hears a line now and then
     * @return what the target holds of each family, which is what the source holds
     * @throws StoreException with a text for the user if the target is not empty, one of them fails, or they differ in the end
     */
    public static Map<Family, Sum> run(Stock from, Stock to, Consumer<String> progress) {
        Copy copy = new Copy(from, to, progress);
        copy.checkEmpty();
        copy.mark(true);
        List<ObjectManifest> objects = ObjectRecords.read(from.rack()).objects();
        copy.contents(objects);
        Map<Family, Sum> there = new EnumMap<>(Family.class);
        for (Family family : Family.values()) {
            there.put(family, copy.family(family));
        }
        objects.forEach(copy::check);
        copy.mark(false);
        return there;
    }

    private void checkEmpty() {
        for (Family family : Family.values()) {
            to.rack().walk(family, new byte[0], (key, value) -> {
                throw new StoreException("the target is not empty; choose a new folder, or another name on NATS"
                        + " (what a copy that was interrupted has left there must be deleted first)");
            });
        }
    }

    private void mark(boolean unfinished) {
        Round round = new Round(to.rack());
        if (unfinished) {
            round.put(Family.OBJECTS, ObjectRecords.unfinished(), new byte[0]);
        } else {
            round.delete(Family.OBJECTS, ObjectRecords.unfinished());
        }
        finish(round);
    }

    private void finish(Round round) {
        round.write();
        to.rack().sync();
    }

    private void contents(List<ObjectManifest> objects) {
        long bytes = 0;
        for (ObjectManifest object : objects) {
            try (ObjectContent content = from.open(object);
                    ObjectDraft draft = to.create(object.number())) {
                for (int i = 0; i < chunks(object); i++) {
                    draft.append(content.chunk(i));
                }
                draft.sync();
            }
            bytes += object.info().size();
        }
        progress.accept("files: " + objects.size() + ", " + bytes + " bytes");
    }

    private static int chunks(ObjectManifest object) {
        return Math.toIntExact((object.info().size() + StoredObjects.CHUNK - 1) / StoredObjects.CHUNK);
    }

    private Sum family(Family family) {
        Pieces pieces = new Pieces(family);
        from.rack().scan(family, pieces);
        pieces.end();
        Summing there = new Summing(family);
        to.rack().scan(family, there);
        if (!there.sum().equals(pieces.sum.sum())) {
            throw new StoreException("what was copied differs from what was to be copied, in " + family.label() + ": "
                    + there.sum() + " instead of " + pieces.sum.sum() + "; delete the target and copy again");
        }
        progress.accept(family.label() + ": " + there.sum().count());
        return there.sum();
    }

    /** Reads the content as it is in the target; a chunk that is not as it was written is an error. */
    private void check(ObjectManifest object) {
        try (ObjectContent content = to.open(object)) {
            for (int i = 0; i < chunks(object); i++) {
                ByteBuffer unused = content.chunk(i);
            }
        }
    }

    /** Copies what it is shown, a piece at a time. */
    private final class Pieces implements BiConsumer<byte[], byte[]> {
        private final Family family;
        private final Summing sum;
        private Round round = new Round(to.rack());

        Pieces(Family family) {
            this.family = family;
            this.sum = new Summing(family);
        }

        @Override
        public void accept(byte[] key, byte[] value) {
            if (!sum.counts(key)) {
                return;
            }
            sum.accept(key, value);
            round.put(family, key, value);
            if (round.bytes() >= PIECE) {
                end();
            }
        }

        void end() {
            finish(round);
            round = new Round(to.rack());
        }
    }

    /** Counts what it is shown, but for what is not copied. */
    private static final class Summing implements BiConsumer<byte[], byte[]> {
        private final Family family;
        private final CRC32C checksum = new CRC32C();
        private long count;

        Summing(Family family) {
            this.family = family;
        }

        boolean counts(byte[] key) {
            return family != Family.OBJECTS || ObjectRecords.isLasting(key);
        }

        @Override
        public void accept(byte[] key, byte[] value) {
            if (counts(key)) {
                count++;
                checksum.update(ByteBuffer.allocate(8)
                        .putInt(key.length)
                        .putInt(value.length)
                        .flip());
                checksum.update(key);
                checksum.update(value);
            }
        }

        Sum sum() {
            return new Sum(count, checksum.getValue());
        }
    }
}
