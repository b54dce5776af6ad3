package io.hawser.net.http;

import io.hawser.net.Loop;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The exchange of a server's connection. Every field belongs to the loop. */
final class Exchange implements HttpExchange, HttpStream {
    private final NioHttp connection;
    private final RequestHead head;
    private final HttpRequest request;
    private @Nullable HttpBody reader;
    private boolean readAsWhole;
    private long mostBytes;
    private long bodyBytes;
    private boolean bodyDone;
    private boolean broken;
    private boolean last;
    private boolean begun;
    private boolean chunked;
    private long promised = -1;
    private boolean ended;
    private boolean gone;
    private Runnable whenGone = () -> {};
    private Runnable whenWritable = () -> {};

    Exchange(NioHttp connection, RequestHead head, HttpRequest request) {
        this.connection = connection;
        this.head = head;
        this.request = request;
        this.last = !head.keepsAlive();
    }

    @Override
    public HttpRequest request() {
        return request;
    }

    @Override
    public Loop loop() {
        return connection.loop();
    }

    @Override
    public boolean waits() {
        return !begun && !gone;
    }

    // The request's body

    boolean expectsBody() {
        return head.length() != 0;
    }

    /** True while the body has to wait for its reader. */
    boolean holdsBody() {
        return reader == null && !begun && expectsBody();
    }

    /** True if what still comes of the body is of no use. */
    boolean forgetsBody() {
        return ended || (begun && reader == null);
    }

    @Override
    public void body(HttpBody body) {
        body(connection.limits().maxBodyBytes(), body);
    }

    @Override
    public void body(long maxBytes, HttpBody body) {
        if (reader != null) {
            throw new IllegalStateException("this body has a reader already");
        }
        reader = body;
        mostBytes = maxBytes;
        if (gone || ended) {
            body.broken();
            return;
        }
        if (head.length() > maxBytes) {
            breakOff(tooLongFor(maxBytes));
            return;
        }
        if (bodyDone) {
            body.end();
            return;
        }
        if (expectsBody()) {
            connection.awaitBody(connection.limits().bodyTimeout());
        }
        if (head.wantsContinue() && !begun) {
            Answer.goOn(connection.out());
        }
        connection.readerCame();
    }

    @Override
    public void wholeBody(int maxBytes, Consumer<byte[]> then) {
        wholeBody(maxBytes, tooLongFor(maxBytes), then);
    }

    @Override
    public void wholeBody(int maxBytes, HttpResponse tooLong, Consumer<byte[]> then) {
        readAsWhole = true;
        if (head.length() > maxBytes) {
            breakOff(tooLong);
            return;
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        body(new HttpBody() {
            @Override
            public void piece(byte[] bytes) {
                if (whole.size() + bytes.length > maxBytes) {
                    breakOff(tooLong);
                } else {
                    whole.writeBytes(bytes);
                }
            }

            @Override
            public void end() {
                then.accept(whole.toByteArray());
            }
        });
    }

    @Override
    public void reading(boolean on) {
        if (!gone && !ended) {
            connection.handlerPauses(!on);
            if (bodyDone || reader == null) {
                return;
            }
            if (on) {
                connection.awaitBody(connection.limits().bodyTimeout());
            } else {
                connection.awaitNothing();
            }
        }
    }

    void piece(byte[] bytes) {
        bodyBytes += bytes.length;
        if (bodyBytes > mostBytes) {
            breakOff(tooLongFor(mostBytes));
        } else if (reader != null) {
            if (!readAsWhole) {
                connection.awaitBody(connection.limits().bodyTimeout());
            }
            reader.piece(bytes);
        }
    }

    void bodyEnded() {
        bodyDone = true;
        connection.awaitNothing();
        if (ended) {
            connection.finished(!last);
        } else if (reader != null) {
            reader.end();
        }
    }

    private static HttpResponse tooLongFor(long limit) {
        return HttpResponse.error(413, "the body of the request is longer than " + limit + " bytes");
    }

    // The answer

    @Override
    public void answer(HttpResponse response) {
        begin(response);
        if (!gone) {
            Answer.whole(connection.out(), withConnection(response), !head.isHead());
            finish();
        }
    }

    @Override
    public void answer(HttpResponse response, Consumer<Boolean> taken) {
        begin(response);
        if (gone) {
            taken.accept(false);
        } else {
            Answer.whole(connection.out(), withConnection(response), !head.isHead());
            connection.out().finish().addListener(sent -> taken.accept(sent.isSuccess()));
            finish();
        }
    }

    @Override
    public HttpStream stream(HttpResponse response) {
        begin(response);
        Optional<String> length = response.header("Content-Length");
        promised = length.map(Long::parseLong).orElse(-1L);
        chunked = length.isEmpty() && head.isOneOne() && Answer.mayHaveBody(response.status());
        last |= length.isEmpty() && !chunked;
        if (!gone) {
            Answer.head(connection.out(), withConnection(response), chunked);
        }
        return this;
    }

    @Override
    public void stream(HttpResponse response, HttpSource source) {
        stream(response);
        Pour pour = new Pour(source);
        whenGone(pour::close);
        whenWritable(pour::next);
        if (head.isHead()) {
            pour.end();
        } else {
            pour.next();
        }
    }

    private void begin(HttpResponse response) {
        if (begun) {
            throw new IllegalStateException("this request has an answer already; it cannot get " + response);
        }
        begun = true;
    }

    private HttpResponse withConnection(HttpResponse response) {
        if (last) {
            return response.with("Connection", "close");
        }
        return head.isOneOne() ? response : response.with("Connection", "keep-alive");
    }

    @Override
    public void send(byte[] bytes) {
        if (gone || ended || bytes.length == 0) {
            return;
        }
        if (promised >= 0) {
            promised -= bytes.length;
            if (promised < 0) {
                throw new IllegalStateException("the answer is longer than its Content-Length says");
            }
        }
        if (!head.isHead()) {
            Answer.piece(connection.out(), bytes, chunked);
            connection.wrote();
        }
    }

    @Override
    public boolean writable() {
        return connection.writable();
    }

    @Override
    public void whenWritable(Runnable again) {
        whenWritable = again;
    }

    @Override
    public void end() {
        if (gone || ended) {
            return;
        }
        if (promised > 0 && !head.isHead()) {
            connection.drop();
            return;
        }
        if (chunked && !head.isHead()) {
            Answer.lastChunk(connection.out());
        }
        finish();
    }

    private void finish() {
        ended = true;
        connection.wrote();
        if (bodyDone) {
            connection.finished(!last);
        } else if (expectsBody() && (last || (head.wantsContinue() && reader == null))) {
            connection.leave();
        } else {
            connection.awaitBody(connection.limits().bodyTimeout());
            connection.readerCame();
        }
    }

    /** Answers with an error if nobody has answered yet, and ends the connection. */
    void breakOff(HttpResponse error) {
        last = true;
        if (ended) {
            connection.leave();
            return;
        }
        if (begun) {
            connection.drop();
        } else {
            answer(error);
        }
        tellBroken();
    }

    private void tellBroken() {
        HttpBody told = reader;
        if (told != null && !bodyDone && !broken) {
            broken = true;
            told.broken();
        }
    }

    /** After this exchange the connection ends. */
    void beLast() {
        last = true;
    }

    void tellWritable() {
        if (begun && !ended) {
            whenWritable.run();
        }
    }

    @Override
    public void whenGone(Runnable told) {
        whenGone = told;
        if (gone) {
            tellGone();
        }
    }

    void tellGone() {
        gone = true;
        if (!ended) {
            whenGone.run();
            tellBroken();
        }
    }

    /** A source on its way out. */
    private final class Pour {
        private final HttpSource source;
        private boolean asked;
        private boolean over;

        Pour(HttpSource source) {
            this.source = source;
        }

        void next() {
            if (!over && !asked && writable()) {
                asked = true;
                source.next().whenCompleteAsync(this::take, loop());
            }
        }

        private void take(@Nullable ByteBuffer piece, @Nullable Throwable failure) {
            asked = false;
            if (over) {
                return;
            }
            if (piece == null || failure != null) {
                close();
                connection.brokeOff(Exchange.this, Objects.requireNonNull(failure));
            } else if (!piece.hasRemaining()) {
                end();
            } else {
                byte[] bytes = new byte[piece.remaining()];
                piece.get(bytes);
                send(bytes);
                next();
            }
        }

        void end() {
            close();
            Exchange.this.end();
        }

        void close() {
            if (!over) {
                over = true;
                source.close();
            }
        }
    }
}
