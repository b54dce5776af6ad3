package io.hawser.iot.dispatch.request;

import io.hawser.iot.wire.DevicePath;
import io.hawser.iot.wire.ProtocolException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Who answers which requests ({@code specs/iot.md} 3.3). Callable from any thread.
 *
 * <p>A handler is registered for an endpoint, or {@link #ANY}, and a path, or {@link #ANY}. It is asked for its path and for all
 * that lies below: {@code a/b} for {@code a/b/c}, but not for {@code a/bc} as with the original. A specific endpoint goes before
 * {@link #ANY}, then the longer path before the shorter. What nobody answers is 404.
 */
public final class RequestDispatcher {
    /** Every endpoint, or every path. */
    public static final String ANY = "*";

    private static final Comparator<Registration> MOST_SPECIFIC_FIRST = Comparator.comparing(
                    (Registration each) -> each.endpoint.equals(ANY))
            .thenComparing(each -> each.path.equals(ANY))
            .thenComparing(each -> -each.path.length());

    private final AtomicReference<List<Registration>> registrations = new AtomicReference<>(List.of());
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();

    private record Registration(String endpoint, String path, RequestHandler handler) {
        boolean is(String otherEndpoint, String otherPath) {
            return endpoint.equals(otherEndpoint) && path.equals(otherPath);
        }

        boolean answers(String otherEndpoint, String url) {
            return (endpoint.equals(ANY) || endpoint.equals(otherEndpoint)) && (path.equals(ANY) || isAbove(url));
        }

        private boolean isAbove(String url) {
            return url.equals(path) || url.startsWith(path + "/");
        }
    }

    /** Nobody answers anything. */
    public RequestDispatcher() {}

    /**
     * Lets {@code handler} answer for {@code path} of {@code endpointId}, in the place of whoever did.
     *
     * @param path without query; a slash in front makes no difference
     */
    public void register(String endpointId, String path, RequestHandler handler) {
        String plain = plain(path);
        registrations.updateAndGet(before -> {
            List<Registration> after = new ArrayList<>(before);
            after.removeIf(each -> each.is(endpointId, plain));
            after.add(new Registration(endpointId, plain, handler));
            after.sort(MOST_SPECIFIC_FIRST);
            return List.copyOf(after);
        });
        watchers.forEach(Runnable::run);
    }

    /** Nobody answers for just this endpoint and path any more. */
    public void unregister(String endpointId, String path) {
        String plain = plain(path);
        registrations.updateAndGet(before ->
                before.stream().filter(each -> !each.is(endpointId, plain)).toList());
    }

    /** Who answers a request for {@code url} to {@code endpointId}. */
    public Optional<RequestHandler> handler(String endpointId, String url) {
        String plain = plain(url);
        return Objects.requireNonNull(registrations.get()).stream()
                .filter(each -> each.answers(endpointId, plain))
                .map(Registration::handler)
                .findFirst();
    }

    /** Calls {@code watcher} after each registration, on the thread of whoever registered. */
    void watch(Runnable watcher) {
        watchers.add(watcher);
    }

    private static String plain(String url) {
        try {
            return url.equals(ANY) ? ANY : DevicePath.parse(url).url();
        } catch (ProtocolException odd) {
            return url;
        }
    }
}
