package io.hawser.eftl.rest;

import io.hawser.core.access.AccessException;
import io.hawser.core.event.EventCode;
import io.hawser.core.store.StoreException;
import io.hawser.eftl.gateway.kept.DurableRefusedException;
import io.hawser.eftl.wire.EftlError;
import io.hawser.eftl.wire.ProtocolException;
import io.hawser.net.http.HttpResponse;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What went wrong, as an answer: the one place where failures become statuses and codes.
 *
 * <pre>
 *   400  it can never be done as it was said      11, 22, 30
 *   401  the hub does not know who asks           12, 13, 14
 *   403  whoever asks may not do it               12, 13, 14
 *   503  it cannot be done now, and may be later  11, 21, 30
 * </pre>
 */
final class RestErrors {
    private static final Logger LOG = LoggerFactory.getLogger(RestErrors.class);

    private RestErrors() {}

    /** The answer to somebody who asked for {@code asked} and met {@code failure}. */
    static HttpResponse answer(Asked asked, Throwable failure) {
        Throwable cause = cause(failure);
        String reason = String.valueOf(cause.getMessage());
        if (cause instanceof RefusedException refused) {
            return answer(refused.status(), refused.error(), reason);
        } else if (cause instanceof ProtocolException) {
            return answer(400, asked.invalid(), reason);
        } else if (cause instanceof DurableRefusedException refused) {
            return answer(refused.error() == EftlError.SUBSCRIPTION_DISALLOWED ? 403 : 400, refused.error(), reason);
        } else if (cause instanceof AccessException) {
            return answer(403, asked.disallowed(), reason);
        } else if (cause instanceof StoreException || cause instanceof RejectedExecutionException) {
            return answer(503, asked.failed(), reason);
        }
        LOG.error("rest: a request failed", EventCode.INTERNAL_ERROR, cause);
        return answer(500, asked.failed(), "internal error");
    }

    /** The answer to somebody who asked for {@code asked} and whom the hub does not know, for it met {@code failure}. */
    static HttpResponse unknown(Asked asked, Throwable failure) {
        return cause(failure) instanceof AccessException refused
                ? answer(401, asked.disallowed(), String.valueOf(refused.getMessage()))
                        .with("WWW-Authenticate", "Basic realm=\"hawser\"")
                : answer(asked, failure);
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause == null ? failure : cause;
    }

    /** An error in eFTL's shape. */
    static HttpResponse answer(int status, EftlError error, String reason) {
        HttpResponse answer = HttpResponse.error(status, error.code(), reason);
        return status == 503 ? answer.with("Retry-After", "1") : answer;
    }
}
