package io.hawser.iot.dispatch;

import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Which contents are being stored, and which could not be ({@code specs/iot.md} 3.6). Callable from any thread. */
final class Contents {
    /** Failures beyond these are forgotten, the oldest first. */
    private static final int MOST_FAILED = 1_000;

    private final Set<String> pending = ConcurrentHashMap.newKeySet();
    private final Map<String, Throwable> failed = new ConcurrentHashMap<>();
    private final Queue<String> failedLast = new ConcurrentLinkedQueue<>();

    void await(String content) {
        pending.add(content);
        failed.remove(content);
    }

    void arrived(String content) {
        failed.remove(content);
        pending.remove(content);
    }

    void failed(String content, Throwable cause) {
        failed.put(content, cause);
        failedLast.add(content);
        if (failed.size() > MOST_FAILED) {
            Optional.ofNullable(failedLast.poll()).ifPresent(failed::remove);
        }
        pending.remove(content);
    }

    boolean holds(Outgoing entry) {
        return !entry.contents().isEmpty() && entry.contents().stream().anyMatch(pending::contains);
    }

    Optional<DispatchException> failure(Outgoing entry) {
        for (String content : entry.contents()) {
            Throwable cause = failed.get(content);
            if (cause != null) {
                return Optional.of(DispatchException.of(
                        DispatchException.Reason.CONTENT_FAILED, "the content " + content + " is not stored", cause));
            }
        }
        return Optional.empty();
    }
}
