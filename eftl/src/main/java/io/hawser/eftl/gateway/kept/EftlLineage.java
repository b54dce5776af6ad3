package io.hawser.eftl.gateway.kept;

import io.hawser.core.store.durable.MessageId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The lineage of one session, by which what its client sends again is known, whatever became of the hub meanwhile. Until it
 * has begun there is none. Owner: the session's.
 */
public final class EftlLineage {
    private final EftlLineages lineages;
    private @Nullable LineageRecord record;

    /** None yet. */
    public EftlLineage(EftlLineages lineages) {
        this.lineages = lineages;
    }

    /**
     * Completes, on {@code owner}, when it is kept for whoever shows {@code token}.
     *
     * @param client the client's channel and id
     * @param user who it is for access rules
     * @param before the token that it showed, may be empty
     * @param fresh the lineage if it is not known by that token
     */
    public CompletableFuture<Void> begin(
            String client, String user, String before, String token, String fresh, Executor owner) {
        LineageRecord wanted = new LineageRecord(digest(client), digest(token), "", user, fresh, lineages.now());
        return lineages.begin(wanted, digest(before), owner).thenAcceptAsync(kept -> record = kept, owner);
    }

    /** The client is there still: it must be known for a day from now. */
    public void seen() {
        long now = lineages.now();
        if (record != null && now - record.seen() >= EftlLineages.REFRESH.toMillis()) {
            record = record.seenAt(now);
            lineages.keep(record);
        }
    }

    /** What makes the publication {@code seq} the same one when it comes again. */
    public Optional<MessageId> id(OptionalLong seq) {
        LineageRecord known = record;
        return known == null || seq.isEmpty()
                ? Optional.empty()
                : Optional.of(new MessageId(known.lineage(), seq.getAsLong()));
    }

    /** Tokens are kept so that nobody who reads the store can show them. */
    private static String digest(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }
}
