package io.hawser.app.admin.control;

import io.hawser.app.admin.Answers;
import io.hawser.app.admin.Question;
import io.hawser.app.admin.Rejection;
import io.hawser.core.audit.Audit;
import io.hawser.core.audit.AuditChain;
import io.hawser.core.audit.AuditEntry;
import io.hawser.core.store.record.LoggedRecord;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.net.http.Route;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Who did what.
 *
 * <pre>
 *   GET /audit?from=1&amp;limit=100    entries from that id on
 *   GET /audit/verify?noted=7:ab..   whether the log is as it was written; noted: a digest that somebody kept
 * </pre>
 */
public final class AuditApi {
    private final Answers answers;
    private final Audit audit;

    /** About {@code audit}. */
    public AuditApi(Answers answers, Audit audit) {
        this.answers = answers;
        this.audit = audit;
    }

    /** What can be asked. */
    public List<Route> routes() {
        return List.of(answers.get("/audit", this::read), answers.get("/audit/verify", this::verify));
    }

    private CompletableFuture<Fields> read(Question question) {
        return answers.then(audit.read(question.number("from").orElse(1), Answers.limit(question)), AuditApi::page);
    }

    private static Fields page(List<LoggedRecord<AuditEntry>> entries) {
        return Fields.builder()
                .put(
                        "items",
                        Answers.sequence(entries.stream().map(AuditApi::row).toList()))
                .build();
    }

    /** An entry as it is told. */
    public static Fields row(LoggedRecord<AuditEntry> logged) {
        AuditEntry entry = logged.value();
        return Fields.builder()
                .put("id", logged.id())
                .put("time", new Value.DateTime(entry.time()))
                .put("who", entry.who())
                .put("where", entry.where())
                .put("action", entry.action())
                .put("target", entry.target())
                .put("outcome", entry.outcome())
                .put("detail", entry.detail())
                .build();
    }

    private CompletableFuture<Fields> verify(Question question) {
        try {
            return answers.then(audit.verify(noted(question.query("noted").orElse(""))), AuditApi::verdict);
        } catch (IllegalArgumentException wrong) {
            throw Rejection.wrong(String.valueOf(wrong.getMessage()));
        }
    }

    /**
     * What {@code text} says of an entry.
     *
     * @throws IllegalArgumentException with a text for the user if it is none
     */
    public static Map<Long, String> noted(String text) {
        if (text.isEmpty()) {
            return Map.of();
        }
        if (!text.matches("[1-9][0-9]{0,17}:[0-9a-f]{64}")) {
            throw new IllegalArgumentException("'" + text + "' is not what verify prints as its head, as 7:3b0c...");
        }
        int colon = text.indexOf(':');
        return Map.of(Long.parseLong(text.substring(0, colon)), text.substring(colon + 1));
    }

    /** What became of the log, as it is told. */
    public static Fields verdict(AuditChain chain) {
        return Fields.builder()
                .put("sound", Value.of(chain.faults().isEmpty()))
                .put("entries", chain.entries())
                .put("unchained", chain.unchained())
                .put("head", chain.entries() + ":" + chain.digest())
                .put("faults", ConfigApi.names(chain.faults()))
                .build();
    }
}
