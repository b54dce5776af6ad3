package io.hawser.iot.dispatch.kept;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is said to SQLite. Used by one thread at a time; nothing is safe before {@link #commit}. */
final class Sql implements AutoCloseable {
    static final String DAMAGED = "damaged";

    private static final Logger LOG = LoggerFactory.getLogger(Sql.class);
    private static final int BUSY = 5;
    private static final int READ_ONLY = 8;
    private static final int CORRUPT = 11;
    private static final int FULL = 13;
    private static final int NOT_A_DATABASE = 26;
    /** The code without the details in the higher bytes. */
    private static final int PRIMARY = 0xff;

    private static final int MOST_DAMAGED_ROWS = 1_000;
    private static final List<String> TABLES = List.of(Database.MESSAGES, Database.BATCHES, DAMAGED);

    private final Connection connection;

    /**
     * A row, and the checksum that lies beside it.
     *
     * @param checksum as it was read; not checked
     */
    record Found(Row row, long checksum) {}

    private Sql(Connection connection) {
        this.connection = connection;
    }

    static Sql open(Path file) throws SQLException {
        Sql sql = new Sql(connect(file));
        try {
            sql.prepare();
            return sql;
        } catch (SQLException e) {
            sql.close();
            throw e;
        }
    }

    /** One program at a time: the lock is taken here and held until the end. Each commit is synced. */
    private void prepare() throws SQLException {
        execute("PRAGMA busy_timeout = 1000");
        execute("PRAGMA locking_mode = EXCLUSIVE");
        execute("PRAGMA journal_mode = WAL");
        execute("PRAGMA synchronous = FULL");
        execute("PRAGMA journal_size_limit = 1048576");
        execute("PRAGMA cell_size_check = ON");
        execute("BEGIN EXCLUSIVE");
        for (String table : TABLES) {
            execute("CREATE TABLE IF NOT EXISTS " + table + " (id INTEGER PRIMARY KEY, since INTEGER NOT NULL,"
                    + " owner TEXT NOT NULL, message BLOB NOT NULL, checksum INTEGER NOT NULL)");
        }
        execute("COMMIT");
    }

    boolean isSound() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA quick_check(1)")) {
            return result.next() && "ok".equals(result.getString(1));
        }
    }

    void insert(String table, Row row, long checksum) throws SQLException {
        String text =
                "INSERT OR REPLACE INTO " + table + " (id, since, owner, message, checksum) VALUES (?, ?, ?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(text)) {
            insert.setLong(1, row.key());
            insert.setLong(2, row.since());
            insert.setString(3, row.owner());
            insert.setBytes(4, row.json());
            insert.setLong(5, checksum);
            insert.executeUpdate();
        }
        if (table.equals(DAMAGED)) {
            execute("DELETE FROM damaged WHERE id NOT IN (SELECT id FROM damaged ORDER BY id DESC LIMIT "
                    + MOST_DAMAGED_ROWS + ")");
        }
    }

    /** Deletes a row and says how long its message was; 0 if there is none. */
    long delete(String table, long key) throws SQLException {
        String text = "DELETE FROM " + table + " WHERE id = ? RETURNING length(message)";
        try (PreparedStatement delete = connection.prepareStatement(text)) {
            delete.setLong(1, key);
            try (ResultSet deleted = delete.executeQuery()) {
                return deleted.next() ? deleted.getLong(1) : 0;
            }
        }
    }

    List<Found> rows(String table, String owner) throws SQLException {
        List<Found> rows = new ArrayList<>();
        String text = "SELECT id, since, owner, message, checksum FROM " + table + " WHERE owner = ? ORDER BY id";
        try (PreparedStatement select = connection.prepareStatement(text)) {
            select.setString(1, owner);
            try (ResultSet result = select.executeQuery()) {
                while (result.next()) {
                    rows.add(found(result));
                }
            }
        }
        return rows;
    }

    long bytes(String table) throws SQLException {
        return number("SELECT coalesce(sum(length(message)), 0) FROM " + table);
    }

    long lastKey() throws SQLException {
        long last = 0;
        for (String table : TABLES) {
            last = Math.max(last, number("SELECT coalesce(max(id), 0) FROM " + table));
        }
        return last;
    }

    /** Transactions are ours, not the driver's, which loses count when SQLite ends one by itself because the disk is full. */
    void begin() throws SQLException {
        execute("BEGIN IMMEDIATE");
    }

    void commit() throws SQLException {
        execute("COMMIT");
    }

    void rollback() {
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            LOG.debug("SQLite has taken it back already", e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.warn("a file of messages was not closed well: {}", e.getMessage());
        }
    }

    /** All rows that can be read in a damaged file, from either end. */
    static List<Found> salvage(Path damaged, String table) {
        Map<Long, Found> rows = new TreeMap<>();
        for (String order : List.of("ASC", "DESC")) {
            try (Connection from = connect(damaged);
                    Statement select = from.createStatement();
                    ResultSet result = select.executeQuery(
                            "SELECT id, since, owner, message, checksum FROM " + table + " ORDER BY id " + order)) {
                while (result.next()) {
                    Found found = found(result);
                    rows.put(found.row().key(), found);
                }
            } catch (SQLException e) {
                LOG.debug("{} can be read no further", damaged, e);
            }
        }
        return List.copyOf(rows.values());
    }

    static boolean isDamaged(SQLException e) {
        int code = e.getErrorCode() & PRIMARY;
        return code == CORRUPT || code == NOT_A_DATABASE;
    }

    /** {@code e} in words for whoever runs the program. */
    static KeptException explained(Path file, SQLException e) {
        String text =
                switch (e.getErrorCode() & PRIMARY) {
                    case BUSY -> "is used by another program; give each a file of its own";
                    case READ_ONLY -> "cannot be written; let this program write to it and its folder";
                    case FULL -> "cannot grow: the disk is full; make room";
                    default -> "cannot be used (" + e.getMessage() + "); see whether the disk is sound";
                };
        return new KeptException(file + " " + text, e);
    }

    private static Connection connect(Path file) throws SQLException {
        try {
            return DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath());
        } catch (LinkageError e) {
            throw new SQLException("SQLite's native library cannot be loaded, see org.sqlite.tmpdir", e);
        }
    }

    private static Found found(ResultSet result) throws SQLException {
        byte[] json = Optional.ofNullable(result.getBytes(4)).orElseGet(() -> new byte[0]);
        String owner = Optional.ofNullable(result.getString(3)).orElse("");
        return new Found(new Row(result.getLong(1), result.getLong(2), owner, json), result.getLong(5));
    }

    private long number(String text) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(text)) {
            return result.next() ? result.getLong(1) : 0;
        }
    }

    private void execute(String text) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }
}
