package io.hawser.iot.dispatch.kept;

import io.hawser.iot.wire.IotCodec;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.IotMessage;
import io.hawser.iot.wire.ProtocolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database of a {@link DeviceFile}: what is written and read, and what is done when it is damaged. Owned by whoever made it,
 * then by the writer's rounds.
 *
 * <pre>{@code
 *   messages, batches   id, since, owner, message (JSON), checksum (CRC-32C of all of these and the table's name)
 *   damaged             the same, of rows whose checksum is wrong, or whose message nobody can read
 *   FILE.damaged        the whole file, if it was no sound database; what could be read in it was taken over
 * }</pre>
 */
final class Database {
    static final String MESSAGES = "messages";
    static final String BATCHES = "batches";

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    /** What we wrote ourselves may be as long as it is. */
    private static final IotCodec CODEC = new IotCodec(new IotLimits(1 << 30, 1, 500, 1 << 20, 1 << 29, 1_000, 8_192));

    private final Path file;
    private final long maxBytes;
    private Sql sql;
    private long bytes;

    /** What is done in a transaction. */
    interface Work {
        /** Does it. */
        void run() throws KeptException;
    }

    private Database(Path file, long maxBytes, Sql sql) {
        this.file = file;
        this.maxBytes = maxBytes;
        this.sql = sql;
    }

    static Database open(Path file, long maxBytes) throws KeptException {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new KeptException(
                    "the folder of " + file + " cannot be made (" + e + "); name one that this program may write to",
                    e);
        }
        try {
            Database database = new Database(file, maxBytes, openOrSetAside(file));
            database.bytes = database.sql.bytes(MESSAGES) + database.sql.bytes(BATCHES);
            return database;
        } catch (SQLException e) {
            throw Sql.explained(file, e);
        }
    }

    /** Runs {@code work}; when this returns it is safe on disk, else nothing of it is there. */
    void transaction(Work work) throws KeptException {
        try {
            attempt(work);
        } catch (SQLException e) {
            if (!Sql.isDamaged(e)) {
                throw Sql.explained(file, e);
            }
            startAnew();
            try {
                attempt(work);
            } catch (SQLException again) {
                throw Sql.explained(file, again);
            }
        }
    }

    void insert(String table, Row row) throws KeptException {
        int length = row.json().length;
        if (bytes + length > maxBytes) {
            throw new KeptException(file + " is full: a message of " + length + " bytes does not fit beside " + bytes
                    + " of " + maxBytes + "; deliver some, or allow more");
        }
        try {
            sql.insert(table, row, row.checksum(table));
        } catch (SQLException e) {
            throw new Broken(e);
        }
        bytes += length;
    }

    void delete(String table, long key) {
        try {
            bytes -= sql.delete(table, key);
        } catch (SQLException e) {
            throw new Broken(e);
        }
    }

    List<KeptMessage> load(String table, String owner) {
        List<KeptMessage> sound = new ArrayList<>();
        int damaged = 0;
        try {
            for (Sql.Found found : sql.rows(table, owner)) {
                Optional<KeptMessage> message = message(table, found);
                message.ifPresent(sound::add);
                if (message.isEmpty()) {
                    damaged++;
                    sql.insert(Sql.DAMAGED, found.row(), found.checksum());
                    bytes -= sql.delete(table, found.row().key());
                }
            }
        } catch (SQLException e) {
            throw new Broken(e);
        }
        if (damaged > 0) {
            LOG.warn(
                    "{}: {} rows of {} are damaged; they are set aside in the table {}",
                    file,
                    damaged,
                    table,
                    Sql.DAMAGED);
        }
        return sound;
    }

    long lastKey() throws KeptException {
        try {
            return sql.lastKey();
        } catch (SQLException e) {
            throw Sql.explained(file, e);
        }
    }

    void close() {
        sql.close();
    }

    @Override
    public String toString() {
        return file.toString();
    }

    private void attempt(Work work) throws KeptException, SQLException {
        long before = bytes;
        boolean committed = false;
        sql.begin();
        try {
            work.run();
            sql.commit();
            committed = true;
        } catch (Broken broken) {
            throw broken.failure;
        } finally {
            if (!committed) {
                bytes = before;
                sql.rollback();
            }
        }
    }

    private void startAnew() throws KeptException {
        sql.close();
        try {
            sql = setAside(file);
            bytes = sql.bytes(MESSAGES) + sql.bytes(BATCHES);
        } catch (SQLException e) {
            throw Sql.explained(file, e);
        }
    }

    private static Sql openOrSetAside(Path file) throws KeptException, SQLException {
        try {
            Sql sql = Sql.open(file);
            if (sql.isSound()) {
                return sql;
            }
            sql.close();
        } catch (SQLException e) {
            if (!Sql.isDamaged(e)) {
                throw e;
            }
        }
        return setAside(file);
    }

    /** Moves the file away, and takes over what can be read in it. */
    private static Sql setAside(Path file) throws KeptException, SQLException {
        Path aside = file.resolveSibling(file.getFileName() + ".damaged");
        try {
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            Path log = file.resolveSibling(file.getFileName() + "-wal");
            Path logAside = file.resolveSibling(aside.getFileName() + "-wal");
            Files.deleteIfExists(logAside);
            if (Files.exists(log)) {
                Files.move(log, logAside);
            }
        } catch (IOException e) {
            throw new KeptException(file + " is damaged and cannot be moved away (" + e + "); remove it by hand", e);
        }
        Sql sql = Sql.open(file);
        int saved = 0;
        sql.begin();
        for (String table : List.of(MESSAGES, BATCHES)) {
            for (Sql.Found found : Sql.salvage(aside, table)) {
                if (found.row().checksum(table) == found.checksum()) {
                    sql.insert(table, found.row(), found.checksum());
                    saved++;
                }
            }
        }
        sql.commit();
        LOG.warn("{} was damaged; it is set aside as {}, and {} messages were saved from it", file, aside, saved);
        return sql;
    }

    private static Optional<KeptMessage> message(String table, Sql.Found found) {
        Row row = found.row();
        if (row.checksum(table) != found.checksum()) {
            return Optional.empty();
        }
        try {
            List<IotMessage> messages = CODEC.read(row.json());
            KeptRow place = new KeptRow(row.key(), row.since(), CompletableFuture.completedFuture(null));
            return Optional.of(new KeptMessage(place, messages.get(0), row.json().length));
        } catch (ProtocolException unreadable) {
            return Optional.empty();
        }
    }

    /** Carries a failure of SQL through {@link Work}. */
    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final SQLException failure;

        Broken(SQLException failure) {
            super(failure);
            this.failure = failure;
        }
    }
}
