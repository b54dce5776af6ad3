package io.hawser.iot.gateway;

import io.hawser.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;

/**
 * What a caller of {@code /messages} wants to hear ({@code specs/iot.md} 1.7).
 *
 * @param acceptBytes the longest answer that it takes; 0: no requests
 * @param hold how long it waits for one
 */
record Poll(int acceptBytes, Duration hold) {
    private static final int MOST = 1 << 20;

    /** What {@code request} says; whoever says nothing takes no requests. */
    static Poll of(HttpRequest request, Duration longest) {
        int accept = number(request, "acceptBytes")
                .map(bytes -> Math.min(bytes, MOST))
                .orElse(0);
        boolean sync =
                request.query("iot.sync").map(said -> !said.equals("false")).orElse(false);
        Duration wanted = number(request, "iot.timeout")
                .filter(seconds -> seconds > 0)
                .map(Duration::ofSeconds)
                .filter(said -> said.compareTo(longest) < 0)
                .orElse(longest);
        return new Poll(accept, sync && accept > 0 ? wanted : Duration.ZERO);
    }

    private static Optional<Integer> number(HttpRequest request, String name) {
        return request.query(name).filter(said -> said.matches("[0-9]{1,9}")).map(Integer::valueOf);
    }
}
