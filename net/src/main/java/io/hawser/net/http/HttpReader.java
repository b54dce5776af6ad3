package io.hawser.net.http;

import io.hawser.net.Connection;

/** Hears an answer as it comes in. Called on the client's loop, in order; {@code end} or {@code failed} is the last call. */
public interface HttpReader extends HttpBody {
    /** The call goes out on {@code connection}, which may be dropped to end it. Comes again if another connection is tried. */
    default void begun(Connection connection) {}

    /**
     * Status and headers; the body follows.
     *
     * @param head without its body
     * @param connection stops and resumes reading, or drops the answer
     */
    void head(HttpResponse head, Connection connection);

    /** There is no answer, or not all of it: {@code why} in words. */
    void failed(String why);

    /** The same, where something came that is no answer in HTTP. */
    default void garbled(String why) {
        failed(why);
    }
}
