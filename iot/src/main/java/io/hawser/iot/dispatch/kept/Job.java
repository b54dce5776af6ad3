package io.hawser.iot.dispatch.kept;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One thing that the writer does. */
sealed interface Job {
    /** Does it, within a transaction. */
    void run(Database database) throws KeptException;

    /** The transaction is safe on disk. */
    void done();

    /** It is not, and this job will not be tried again. */
    void failed(KeptException why);

    /** Whether it must be tried until it is done. */
    default boolean insists() {
        return false;
    }

    /** Puts a message in a row. */
    record Keep(String table, Row row, CompletableFuture<Void> kept) implements Job {
        @Override
        public void run(Database database) throws KeptException {
            database.insert(table, row);
        }

        @Override
        public void done() {
            kept.complete(null);
        }

        @Override
        public void failed(KeptException why) {
            kept.completeExceptionally(why);
        }
    }

    /** Deletes a row. */
    record Release(String table, long key) implements Job {
        @Override
        public void run(Database database) throws KeptException {
            database.delete(table, key);
        }

        @Override
        public void done() {}

        @Override
        public void failed(KeptException why) {}

        @Override
        public boolean insists() {
            return true;
        }
    }

    /** Reads the rows of an owner. */
    final class Load implements Job {
        private final String table;
        private final String owner;
        private final CompletableFuture<List<KeptMessage>> found;
        private List<KeptMessage> rows = List.of();

        Load(String table, String owner, CompletableFuture<List<KeptMessage>> found) {
            this.table = table;
            this.owner = owner;
            this.found = found;
        }

        @Override
        public void run(Database database) throws KeptException {
            rows = database.load(table, owner);
        }

        @Override
        public void done() {
            found.complete(rows);
        }

        @Override
        public void failed(KeptException why) {
            found.completeExceptionally(why);
        }
    }

    /** Does nothing, after everything before it; perhaps closes the file then. */
    record Flush(boolean close, CompletableFuture<Void> flushed) implements Job {
        @Override
        public void run(Database database) {}

        @Override
        public void done() {
            flushed.complete(null);
        }

        @Override
        public void failed(KeptException why) {
            flushed.complete(null);
        }
    }
}
